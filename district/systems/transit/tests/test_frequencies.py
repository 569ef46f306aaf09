"""Lines that promise a headway are trips like others, at the times their rows give."""

from __future__ import annotations

import csv
import io
import zipfile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..frequencies import Headway
from ..passages import runs_of
from ..schedule import FeedError, read
from . import town


def feed_with(rows: list[list[object]]) -> bytes:
    """The town's feed, two of its trips repeated."""
    made = io.BytesIO(town.feed())
    with zipfile.ZipFile(made, "a") as archive:
        text = io.StringIO()
        csv.writer(text).writerows([["trip_id", "start_time", "end_time", "headway_secs", "exact_times"], *rows])
        archive.writestr("frequencies.txt", text.getvalue())
    return made.getvalue()


def test_a_repeated_trip_stands_for_its_repetitions_and_not_for_itself():
    schedule = read(feed_with([["o0", "06:00:00", "07:00:00", 600, 0], ["b0", "05:00:00", "05:20:00", 600, 1]]))
    assert "o0" not in schedule.trips
    assert "o1" in schedule.trips
    out = schedule.repeated["o0"]
    assert [each.trip_id for each in out] == [f"o0@06:{minute:02d}:00" for minute in range(0, 60, 10)]
    assert all(each.is_headway and each.told_id == "o0" and each.headway_s == 600 for each in out)
    back = schedule.repeated["b0"]
    assert [float(each.departures[0]) for each in back] == [18_000.0, 18_600.0]
    assert not back[0].is_headway
    whole = read(town.feed()).trips["o0"]
    assert (out[2].arrivals - out[2].arrivals[0] == whole.arrivals - whole.arrivals[0]).all()
    assert schedule.trips["o1"].told_id == "o1"
    assert not schedule.trips["o1"].is_headway


def test_headways_of_seconds_are_refused_instead_of_filling_the_memory():
    with pytest.raises(FeedError) as refused:
        read(feed_with([["o0", "00:00:00", "99:00:00", 1, 0]]))
    assert refused.value.code == "feed_too_many_repetitions"


@given(st.floats(0, 80_000), st.floats(1, 80_000), st.floats(1, 4000))
def test_every_departure_lies_in_the_row_and_none_is_missing(first: float, lasts: float, every: float):
    row = Headway(first, first + lasts, every, False)
    if row.count > 2000:
        return
    starts = list(row.starts())
    assert starts[0] == first
    assert all(first <= each < row.until + 1e-6 for each in starts)
    assert starts[-1] + every >= row.until - 1e-6


def test_positions_that_name_a_repeated_trip_are_found_among_its_repetitions():
    driven = town.day(pd.Timestamp("2026-03-02").date(), 1)
    positions = driven.positions[driven.positions["trip_id"].isin([f"o{number}" for number in range(8, 16)])]
    named = positions.assign(trip_id="o0", route_id="").reset_index(drop=True)
    schedule = read(feed_with([["o0", "06:00:00", "19:00:00", 900, 0]]))
    without = {trip_id: trip for trip_id, trip in schedule.trips.items() if trip.of}
    schedule.trips.clear()
    schedule.trips.update(without)
    runs = runs_of(schedule, named)
    assert len(runs) >= 6
    assert all(run.trip.of == "o0" for run in runs)
