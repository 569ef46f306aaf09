"""A timetable goes out as a feed and comes back as it was, whoever made it."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ...editions.judging import judged
from ...schedule import read
from ...tests import town
from ..network import Line, Network, Pattern, Profile, Repeats, Service, Stop, Trip, told
from ..reading import network_of
from ..writing import write

REFERENCE = Path(os.environ.get("DISTRICT_REFERENCE", "/nowhere")) / "data" / "transit"
needs_feeds = pytest.mark.skipif(not REFERENCE.exists(), reason="DISTRICT_REFERENCE names no reference data")

texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), max_size=8)
keys = st.text("abcXYZ019-_.", min_size=1, max_size=6)
flags = st.sampled_from([None, True, False])
degrees = st.integers(-899_999_999, 899_999_999).map(lambda each: each / 1e7)
days = st.integers(0, 800).map(lambda each: date(2026, 1, 1) + timedelta(days=each))


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Lines with patterns that may pass a stop twice, times with gaps, headways, exceptions."""
    network = Network(agencies=[{"agency_id": "a", "agency_name": "公交", "agency_timezone": "Asia/Shanghai"}])
    for key in draw(st.lists(keys, min_size=2, max_size=6, unique=True)):
        extra = draw(st.dictionaries(st.sampled_from(["zone_id", "stop_desc"]), texts.filter(bool), max_size=2))
        place = draw(degrees), draw(degrees)
        network.stops[key] = Stop(key, draw(texts), *place, draw(texts), is_accessible=draw(flags), extra=extra)
    for key in draw(st.lists(keys, min_size=1, max_size=3, unique=True)):
        network.lines[key] = Line(key, draw(texts), draw(texts), agency="a", order=draw(st.none() | st.integers(0, 99)))
    for key in draw(st.lists(keys, min_size=1, max_size=3, unique=True)):
        first, last = sorted((draw(days), draw(days)))
        added, removed = draw(st.frozensets(days, max_size=3)), draw(st.frozensets(days, max_size=3))
        week = draw(st.sampled_from(["1111100", "0000011", "1010101"]))
        network.services[key] = Service(key, week, first, last, added, removed - added)
    for number in range(draw(st.integers(1, 4))):
        _pattern(draw, network, number)
    return network


def _pattern(draw: st.DrawFn, network: Network, number: int) -> None:
    stops = tuple(draw(st.lists(st.sampled_from(sorted(network.stops)), min_size=2, max_size=6)))
    path = tuple(draw(st.lists(st.tuples(degrees, degrees), min_size=2, max_size=4))) if draw(st.booleans()) else ()
    key = f"p{number}"
    network.patterns[key] = Pattern(key, draw(st.sampled_from(sorted(network.lines))), draw(st.sampled_from(["", "0", "1"])),
                                    stops, path, f"shape{number}" if path else "")  # fmt: skip
    for part in range(draw(st.integers(1, 2))):
        steps = draw(st.lists(st.integers(0, 900), min_size=2 * len(stops) - 1, max_size=2 * len(stops) - 1))
        clock = [sum(steps[:place]) for place in range(1, len(steps) + 1)]
        clock = [each - clock[0] for each in clock]
        arrivals, departures = [0, *clock[1::2]], clock[::2]
        # Some stops between are no timepoints.
        open_at = {place for place in range(1, len(stops) - 1) if draw(st.booleans())}
        profile = number * 10 + part
        network.profiles[profile] = Profile(
            profile, key, tuple(None if place in open_at else each for place, each in enumerate(arrivals)),
            tuple(None if place in open_at else each for place, each in enumerate(departures)),
            {"timepoint": tuple("0" if place in open_at else "1" for place in range(len(stops)))},
        )  # fmt: skip
        for ordinal in range(draw(st.integers(1, 2))):
            start = draw(st.integers(0, 100_000))
            repeats = (Repeats(start, start + 3600, 600, draw(st.booleans())),) if draw(st.booleans()) else ()
            trip = f"t{profile}-{ordinal}"
            network.trips[trip] = Trip(trip, key, profile, draw(st.sampled_from(sorted(network.services))), start, draw(texts),
                                       draw(texts), draw(flags), repeats)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(networks())
def test_what_the_editor_writes_it_reads_as_it_was(network: Network):
    feed = write(network)
    reading = network_of(feed)
    assert told(reading.network) == told(network)
    assert not reading.left_out
    assert write(network) == feed


def test_a_feed_that_went_through_the_editor_is_the_same_timetable():
    before, after = read(town.feed()), read(write(network_of(town.feed()).network))
    assert before.trips.keys() == after.trips.keys()
    for key, trip in before.trips.items():
        assert after.trips[key].pattern.stop_ids == trip.pattern.stop_ids
        assert (after.trips[key].departures == trip.departures).all()
    assert after.calendar == before.calendar


@needs_feeds
@pytest.mark.parametrize("name", ["collins_gtfs", "bart_gtfs"])
def test_real_feeds_come_back_equal(name: str):
    reading = network_of((REFERENCE / "gtfs_static_real" / f"{name}.zip").read_bytes())
    assert len(reading.network.trips) > 50
    assert told(network_of(write(reading.network)).network) == told(reading.network)


@needs_feeds
def test_a_real_feed_with_errors_leaves_the_editor_without_them():
    feed = (REFERENCE / "gtfs_static_real" / "collins_gtfs.zip").read_bytes()
    on = date(2015, 12, 1)
    assert not judged(write(network_of(feed).network), on).has_errors


@needs_feeds
def test_what_cannot_stand_is_left_out_and_counted():
    cases = {"undefined_stop": "stop_times.stop_id", "negative_stop_sequence": "stop_times.stop_sequence",
             "invalid_route_agency": "routes.agency_id", "missing_calendar": "trips", "bad_date_format": "calendar.dates",
             "testagency": "trips.times"}  # fmt: skip
    for name, reason in cases.items():
        reading = network_of((REFERENCE / "gtfs_cases" / f"{name}.zip").read_bytes())
        assert reading.left_out[reason] > 0, name
        assert told(network_of(write(reading.network)).network) == told(reading.network)
