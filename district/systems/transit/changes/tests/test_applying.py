"""What temporary changes make of a day, on the invented town with one line out and back."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from district.systems.transit.changes.applying import (
    PlannedTrip,
    Told,
    midnight_of_day,
    planned_on,
    seconds_of_day,
    stops_with,
)
from district.systems.transit.plane import lengths_along
from district.systems.transit.schedule import Schedule, read
from district.systems.transit.tests import town

DAY = date(2026, 3, 4)
SCHEDULE = read(town.feed())
MIDNIGHT = midnight_of_day(SCHEDULE, DAY)
OUT, BACK = frozenset({"line-o"}), frozenset({"line-b"})
SIDE = {"name": "临时站", "lat": town.LAT + 0.004, "lon": town.LON + 0.02}


def told(kind: str, number: int = 1, begin: float = 0.0, end: float = 86400.0 * 2, **fields: object) -> Told:
    empty: frozenset[str] = frozenset()
    # A list of stops is one of the details.
    stops = fields.pop("stops") if isinstance(fields.get("stops"), frozenset) else empty
    return Told(number, kind, fields.pop("lines", empty), fields.pop("direction", ""), stops,
                fields.pop("trips", empty), MIDNIGHT + begin, MIDNIGHT + end, fields)  # type: ignore[arg-type] # fmt: skip


def day_with(*changes: Told, schedule: Schedule = SCHEDULE) -> dict[str, PlannedTrip]:
    return {planned.trip.trip_id: planned for planned in planned_on(schedule, DAY, changes)}


PLAIN = day_with()


def test_a_skipped_stop_is_skipped_while_the_change_holds_and_on_its_line_only():
    changed = day_with(told("skip", lines=OUT, stops=frozenset({"s3"}), begin=8 * 3600, end=9 * 3600))
    for name, planned in changed.items():
        at = PLAIN[name].trip.arrivals[3]
        assert planned.skipped == ({3} if name.startswith("o") and 8 * 3600 <= at < 9 * 3600 else set())
        assert (planned.changes == (1,)) == bool(planned.skipped)


def test_a_trip_left_with_a_single_stop_is_cancelled():
    stops = frozenset(f"s{number}" for number in range(1, town.STOPS))
    assert all(planned.state == "cancelled" for planned in day_with(told("skip", stops=stops)).values())


def test_an_early_last_bus_cancels_what_would_leave_after_it():
    changed = day_with(told("early_last", lines=OUT, last="17:00"))
    assert {name for name, planned in changed.items() if planned.state == "cancelled"} == {
        name for name, planned in PLAIN.items() if name.startswith("o") and planned.trip.departures[0] > 17 * 3600
    }


def test_an_early_last_bus_after_midnight_cancels_none_of_the_day():
    assert all(planned.is_driven for planned in day_with(told("early_last", last="00:30")).values())


def test_a_suspension_ends_a_trip_on_its_way_at_the_last_stop_before_and_lets_no_other_begin():
    changed = day_with(told("suspend", lines=OUT, begin=10 * 3600 + 400))
    on_its_way = changed["o16"]
    assert on_its_way.is_driven
    assert on_its_way.served == [0, 1, 2, 3, 4]
    assert changed["o17"].state == "cancelled"
    assert changed["o15"].served == list(range(town.STOPS))
    assert changed["b17"].state == "scheduled"


def test_a_cancelled_trip_already_on_its_way_is_driven_to_its_end():
    changed = day_with(told("cancel", lines=OUT, begin=10 * 3600 + 60, end=11 * 3600))
    assert changed["o16"].state == "scheduled"
    assert [changed[f"o{number}"].state for number in range(17, 21)] == ["cancelled"] * 3 + ["scheduled"]


def test_extra_trips_run_like_another_at_their_times_under_a_name_of_their_own():
    changed = day_with(told("extra", like="o0", starts=["08:07", "08:22:30", "nonsense"]))
    added = [planned for planned in changed.values() if planned.state == "added"]
    assert [planned.start_time for planned in added] == ["08:07:00", "08:22:30"]
    like = SCHEDULE.trips["o0"]
    for planned in added:
        assert planned.trip.trip_id not in SCHEDULE.trips
        assert np.allclose(np.diff(planned.trip.arrivals), np.diff(like.arrivals))
    assert len(changed) == len(PLAIN) + 2


def test_a_detour_replaces_the_stops_between_and_delays_those_after():
    changed = day_with(told("detour", lines=OUT, from_stop="s3", to_stop="s6", path=[[SIDE["lon"], SIDE["lat"]]], stops=[SIDE]))
    planned = changed["o10"]
    assert planned.state == "modified"
    assert planned.trip.pattern.stop_ids == ("s0", "s1", "s2", "s3", "tmp-1-0", *(f"s{n}" for n in range(6, town.STOPS)))
    assert planned.origin == (0, 1, 2, 3, -1, *range(6, town.STOPS))
    assert planned.left_out == [4, 5]
    before = PLAIN["o10"].trip
    assert np.array_equal(planned.trip.arrivals[:4], before.arrivals[:4])
    later = planned.trip.arrivals[5:] - before.arrivals[6:]
    assert np.allclose(later, later[0])
    assert later[0] > 0
    assert "tmp-1-0" in stops_with(SCHEDULE, [told("detour", lines=OUT, stops=[SIDE])])
    assert changed["b10"].state == "scheduled"


def test_a_detour_holds_for_trips_that_come_to_it_while_it_holds():
    changed = day_with(told("detour", from_stop="s3", to_stop="s6", stops=[], begin=8 * 3600, end=9 * 3600))
    for name, planned in changed.items():
        comes = PLAIN[name].trip.departures[3] if name.startswith("o") else math.inf
        assert (planned.state == "modified") == (8 * 3600 <= comes < 9 * 3600)


def test_on_a_line_that_passes_a_stop_twice_the_shortest_piece_is_left_out():
    from district.systems.transit.changes.detours import piece_between

    assert piece_between(("a", "b", "c", "a", "d", "c"), "a", "c") == (0, 2)
    assert piece_between(("c", "a", "b", "a", "c"), "a", "c") == (3, 4)
    assert piece_between(("a", "b"), "b", "a") is None


def test_a_moved_stop_stands_elsewhere_and_stays_between_its_neighbours():
    lat, lon = SCHEDULE.stops["s4"].lat, SCHEDULE.stops["s4"].lon + 0.002
    change = told("moved", stops=frozenset({"s4"}), lat=lat, lon=lon)
    assert stops_with(SCHEDULE, [change])["s4"].lon == lon
    before, after = PLAIN["o5"].trip.pattern.stops_at, day_with(change)["o5"].trip.pattern.stops_at
    assert after[3] < before[4] < after[4] < after[5]
    assert np.array_equal(np.delete(before, 4), np.delete(after, 4))
    assert day_with(change)["o5"].state == "modified"


def test_a_delay_is_told_beside_the_plan():
    changed = day_with(told("delay", lines=OUT, minutes=12), told("delay", 2, minutes=5))
    assert changed["o5"].later_s == 720
    assert changed["b5"].later_s == 300
    assert np.array_equal(changed["o5"].trip.arrivals, PLAIN["o5"].trip.arrivals)


def test_a_detour_holds_for_an_extra_trip_told_after_it():
    detour = told("detour", 1, from_stop="s3", to_stop="s6", stops=[])
    changed = day_with(detour, told("extra", 2, like="o0", starts=["08:07"]))
    added = next(planned for planned in changed.values() if planned.state == "added")
    assert "s4" not in added.trip.pattern.stop_ids
    assert added.changes == (1, 2)


@pytest.mark.parametrize("details", [
    {}, {"from_stop": "s3"}, {"from_stop": "s3", "to_stop": "s6", "stops": [{"name": 3}]}, {"minutes": "x"},
    {"lat": "north", "lon": 1}, {"lat": 500, "lon": 1}, {"like": "nobody", "starts": ["08:00"]}, {"like": "o0", "starts": 5},
    {"last": "25 o'clock"}, {"from_stop": "s3", "to_stop": "s6", "path": [["a"]]},
])  # fmt: skip
@pytest.mark.parametrize("kind", ["detour", "moved", "extra", "early_last", "delay", "unheard_of"])
def test_details_that_make_no_sense_change_no_trip(kind: str, details: dict):
    stops = frozenset({"s4"}) if kind == "moved" else frozenset()
    changed = day_with(replace(told(kind, stops=stops), details=details))
    assert len(changed) == len(PLAIN)
    for name, planned in changed.items():
        assert np.array_equal(planned.trip.arrivals, PLAIN[name].trip.arrivals)
        assert (planned.state, planned.skipped, planned.later_s) == ("scheduled", frozenset(), 0.0)


STOP_IDS = st.sampled_from([f"s{number}" for number in range(town.STOPS)])
HOURS = st.integers(4 * 3600, 21 * 3600).map(float)


@st.composite
def changes(draw: st.DrawFn) -> list[Told]:
    made = []
    for number in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(["extra", "detour", "moved", "skip", "suspend", "cancel", "early_last", "delay", "notice"]))
        begin = draw(HOURS)
        details: dict[str, object] = {
            "extra": {"like": draw(st.sampled_from(["o0", "b3"])),
                      "starts": draw(st.lists(st.sampled_from(["07:01", "12:34", "18:59"])))},
            "detour": {"from_stop": draw(STOP_IDS), "to_stop": draw(STOP_IDS),
                       "stops": draw(st.lists(st.one_of(STOP_IDS, st.just(SIDE)), max_size=3)),
                       "path": draw(st.lists(st.tuples(st.floats(117.85, 117.95), st.floats(36.78, 36.82)), max_size=3))},
            "moved": {"lat": draw(st.floats(36.79, 36.81)), "lon": draw(st.floats(117.85, 117.95))},
            "early_last": {"last": draw(st.sampled_from(["09:00", "17:30"]))}, "delay": {"minutes": draw(st.integers(1, 90))},
        }.get(kind, {})  # fmt: skip
        stops = frozenset(draw(st.lists(STOP_IDS, max_size=3))) if kind in ("skip", "moved", "suspend", "notice") else frozenset()
        lines = draw(st.sampled_from([frozenset(), OUT, BACK]))
        plain = told(kind, number + 1, begin, begin + draw(st.floats(60, 12 * 3600)), stops=stops, lines=lines)
        made.append(replace(plain, details=details))
    return made


def same(one: PlannedTrip, other: PlannedTrip) -> bool:
    return (
        (one.key, one.state, one.skipped, one.changes, one.origin, one.later_s)
        == (other.key, other.state, other.skipped, other.changes, other.origin, other.later_s)
        and one.trip.pattern.stop_ids == other.trip.pattern.stop_ids
        and np.array_equal(one.trip.arrivals, other.trip.arrivals) and np.array_equal(one.trip.departures, other.trip.departures)
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(changes(), st.randoms(use_true_random=False))
def test_a_day_with_any_changes_is_one_that_can_be_driven_and_the_same_in_any_order(made: list[Told], chance):
    found = planned_on(SCHEDULE, DAY, made)
    keys = [planned.key for planned in found]
    assert len(keys) == len(set(keys))
    assert {planned.trip.trip_id for planned in found if planned.state != "added"} >= PLAIN.keys()
    ids = {change.change_id for change in made}
    for planned in found:
        trip, pattern = planned.trip, planned.trip.pattern
        columns = (trip.arrivals, trip.departures, trip.is_timepoint, pattern.stops_at, pattern.stop_ids)
        assert len({len(column) for column in columns}) == 1
        assert (np.diff(trip.arrivals) >= 0).all()
        assert (trip.departures >= trip.arrivals).all()
        assert (trip.arrivals[1:] >= trip.departures[:-1]).all()
        assert (np.diff(pattern.stops_at) >= -1e-6).all()
        assert np.allclose(pattern.at, lengths_along(pattern.line))
        assert pattern.stops_at[-1] <= pattern.length_m + 1e-3
        assert planned.skipped <= set(range(len(pattern.stop_ids)))
        assert set(planned.changes) <= ids
        assert not planned.is_driven or len(planned.served) >= 2
        if planned.origin:
            assert len(planned.origin) == len(pattern.stop_ids)
            assert all(there < 0 or planned.original.pattern.stop_ids[there] == pattern.stop_ids[place]
                       for place, there in enumerate(planned.origin))  # fmt: skip
        if not planned.changes:
            assert same(planned, PLAIN[trip.trip_id])
    shuffled = list(made)
    chance.shuffle(shuffled)
    assert all(same(one, other) for one, other in zip(found, planned_on(SCHEDULE, DAY, shuffled), strict=True))


@settings(max_examples=40, deadline=None)
@given(changes())
def test_outside_its_time_a_change_does_nothing(made: list[Told]):
    elsewhere = [Told(each.change_id, each.kind, each.lines, each.direction, each.stops, each.trips, each.begin + 3 * 86400,
                      each.end + 3 * 86400, each.details) for each in made]  # fmt: skip
    assert all(same(planned, PLAIN[planned.trip.trip_id]) for planned in planned_on(SCHEDULE, DAY, elsewhere))


def test_times_of_day_are_read_past_midnight_too():
    assert seconds_of_day("25:10") == 90600
    assert seconds_of_day("8:05:30") == 29130
    assert seconds_of_day("8.05") is None
