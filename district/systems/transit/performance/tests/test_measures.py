"""Figures of a day against days made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from district.systems.transit.changes.applying import PlannedTrip, planned_on
from district.systems.transit.demo.network import feed
from district.systems.transit.performance.measures import Figures, figures_of
from district.systems.transit.schedule import read

DAY = date(2026, 11, 27)
END = 1e12


@pytest.fixture(scope="module")
def trips() -> list[PlannedTrip]:
    schedule = read(feed(date(2026, 11, 1), date(2026, 11, 30)))
    return [each for each in planned_on(schedule, DAY) if each.trip.route_id == "L2" and each.trip.direction == "0"][:40]


def driven(trips: list[PlannedTrip], late_s: float = 0.0) -> dict[tuple, np.ndarray]:
    return {each.key: each.midnight + np.append(each.trip.departures[:-1], each.trip.arrivals[-1]) + late_s for each in trips}


def test_a_day_as_planned_is_on_time_regular_and_whole(trips: list[PlannedTrip]) -> None:
    total = figures_of(trips, driven(trips), END).total()
    assert (total.planned, total.operated, total.completed, total.missed) == (40, 40, 40, 0)
    assert total.on_time_share == 100.0
    assert total.mean_delay_min == pytest.approx(0.0)
    assert total.excess_wait_min == pytest.approx(0.0, abs=1e-6)
    assert total.metres == pytest.approx(total.planned_metres)
    assert total.bunched == 0


@pytest.mark.parametrize(("late_s", "share"), [(300.0, 100.0), (301.0, 0.0), (-60.0, 100.0), (-61.0, 0.0)])
def test_on_time_is_from_a_minute_early_to_five_late(trips: list[PlannedTrip], late_s: float, share: float) -> None:
    assert figures_of(trips, driven(trips, late_s), END).total().on_time_share == share


def test_a_trip_nobody_saw_is_missed_and_a_cancelled_one_is_not(trips: list[PlannedTrip]) -> None:
    passed = driven(trips)
    del passed[trips[5].key]
    day = [replace(each, state="cancelled") if number == 9 else each for number, each in enumerate(trips)]
    total = figures_of(day, passed, END).total()
    assert (total.planned, total.operated, total.missed, total.cancelled) == (40, 38, 1, 1)
    assert total.operated_share == pytest.approx(95.0)


def test_two_buses_together_are_bunched_and_make_people_wait(trips: list[PlannedTrip]) -> None:
    passed = driven(trips)
    headway = trips[11].begins_at - trips[10].begins_at
    passed[trips[10].key] = passed[trips[10].key] + headway * 0.9
    total = figures_of(trips, passed, END).total()
    stops = len(trips[10].trip.pattern.stop_ids)
    assert total.bunched == stops
    # At each stop one headway grew to 1.9 and one fell to 0.1 of what was planned.
    gaps = np.full(39, headway)
    worse = np.append(gaps[:-2], [headway * 1.9, headway * 0.1])
    assert total.excess_wait_min == pytest.approx(((worse**2).sum() / worse.sum() - (gaps**2).sum() / gaps.sum()) / 120, rel=1e-6)


def test_figures_of_two_days_add_up_in_any_order(trips: list[PlannedTrip]) -> None:
    one, other = figures_of(trips[:20], driven(trips), END), figures_of(trips[20:], driven(trips, 400.0), END)
    forth, back = Figures(), Figures()
    for figures, order in ((forth, (one, other)), (back, (other, one))):
        for each in order:
            figures.add(each)
    assert forth.total() == back.total()
    assert forth.total().passages == one.total().passages + other.total().passages


def test_trips_whose_time_has_not_come_are_not_judged(trips: list[PlannedTrip]) -> None:
    assert figures_of(trips, {}, trips[10].ends_at).total().missed == 11


def test_stops_said_to_be_passed_at_one_instant_are_not_believed(trips: list[PlannedTrip]) -> None:
    passed = driven(trips[:1])
    (at,) = passed.values()
    at[:8] = at[8]
    total = figures_of(trips[:1], passed, END).total()
    assert total.passages == len(at) - 9
    assert total.speed_kmh == pytest.approx(figures_of(trips[:1], driven(trips[:1]), END).total().speed_kmh, rel=0.1)
