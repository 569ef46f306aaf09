"""The trips of days, changed as told and late as forecast, as rides of a network. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..changes.applying import PlannedTrip
from ..schedule import Schedule
from .raptor import Footpaths, Network, Ride, build, footpaths_between

Key = tuple[date, str, str]
WALK_FACTOR = 1.3
"""A walk is so much longer than the crow flies."""
WALK_SPEED_M_S = 1.2
CHANGE_FARTHEST_M = 500.0
"""Two stops so far apart, as the crow flies, can be changed between."""


@dataclass(frozen=True)
class Live:
    """What is known of a run. `arrivals`, `departures`: Unix seconds at the places from `first_stop` on, empty: no forecast.

    `is_gone`: it will not be driven, or not any more: cancelled, ended, or clearly not coming. `mark`, `state`: as of
    Forecast and Run. `is_accessible`: that of the bus, None when no bus is known.
    """

    run_id: int
    first_stop: int = 0
    arrivals: tuple[int, ...] = ()
    departures: tuple[int, ...] = ()
    made_at: float = 0.0
    mark: str = ""
    state: str = "expected"
    is_gone: bool = False
    is_accessible: bool | None = None


@dataclass(frozen=True)
class Served:
    """What a ride of the network is: the trip, the places of its pattern that are served, what is known of it now."""

    planned: PlannedTrip
    places: tuple[int, ...]
    live: Live | None


@dataclass(frozen=True)
class DayNetwork:
    """A network with what its numbers mean. Seconds count from `zero` (Unix). `metres`: place of each stop on the plane."""

    schedule: Schedule
    zero: float
    network: Network
    stop_ids: tuple[str, ...]
    numbers: dict[str, int]
    metres: NDArray[np.float64]
    kept: dict[str, Any] = field(default_factory=dict, compare=False)
    """Searchers made of it; they hold memory of their own."""


@dataclass(frozen=True)
class Ground:
    """The stops of a timetable and the walks between them: the same for every day of an edition."""

    stop_ids: tuple[str, ...]
    numbers: dict[str, int]
    metres: NDArray[np.float64]
    walks: Footpaths


def ground_of(schedule: Schedule) -> Ground:
    stops = list(schedule.stops.values())
    metres = schedule.plane.metres(np.array([stop.lat for stop in stops]), np.array([stop.lon for stop in stops]))
    walks = footpaths_between(metres, CHANGE_FARTHEST_M, WALK_FACTOR, WALK_SPEED_M_S)
    return Ground(
        tuple(stop.stop_id for stop in stops), {stop.stop_id: number for number, stop in enumerate(stops)}, metres, walks
    )


def day_network(schedule: Schedule, ground: Ground, trips: Iterable[PlannedTrip], live: dict[Key, Live], zero: float,
                is_wanted: Callable[[PlannedTrip, Live | None], bool] | None = None,
                stop_is_wanted: Callable[[str], bool] | None = None) -> DayNetwork:  # fmt: skip
    """The network of these trips. `is_wanted`, `stop_is_wanted`: leave out the others (those a wheelchair cannot use)."""
    rides = []
    for planned in trips:
        known = live.get(planned.key)
        if planned.state == "cancelled" or (known and known.is_gone) or (is_wanted and not is_wanted(planned, known)):
            continue
        ride = ride_of(planned, known, ground.numbers, zero, stop_is_wanted)
        if ride is not None:
            rides.append(ride)
    network = build(rides, len(ground.stop_ids), ground.walks)
    return DayNetwork(schedule, zero, network, ground.stop_ids, ground.numbers, ground.metres)


def ride_of(planned: PlannedTrip, live: Live | None, numbers: dict[str, int], zero: float,
            stop_is_wanted: Callable[[str], bool] | None = None) -> Ride | None:  # fmt: skip
    """None when fewer than two places are left."""
    stop_ids = planned.trip.pattern.stop_ids
    places = tuple(
        place for place, stop in enumerate(stop_ids)
        if place not in planned.skipped and stop in numbers and (stop_is_wanted is None or stop_is_wanted(stop))
    )  # fmt: skip
    if len(places) < 2:
        return None
    arrivals, departures = times_of(planned, live)
    chosen = np.array(places)
    return Ride(
        tuple(numbers[stop_ids[place]] for place in places), np.rint(arrivals[chosen] - zero).astype(np.int32),
        np.rint(departures[chosen] - zero).astype(np.int32), Served(planned, places, live),
    )  # fmt: skip


def times_of(planned: PlannedTrip, live: Live | None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Unix seconds at each place of the pattern: forecast where there is one, passed where the bus has been, else planned."""
    trip = planned.trip
    arrivals = planned.midnight + planned.later_s + trip.arrivals
    departures = planned.midnight + planned.later_s + trip.departures
    if live is None or not live.arrivals:
        return arrivals, departures
    first, last = live.first_stop, min(live.first_stop + len(live.arrivals), len(arrivals))
    told_arrivals = np.array(live.arrivals[: last - first], dtype=float)
    told_departures = np.array(live.departures[: last - first], dtype=float)
    # Where the bus has been it cannot be caught, even if it was there before its time.
    been = min(float(told_arrivals[0]) if len(told_arrivals) else live.made_at, live.made_at)
    late = float(told_departures[-1]) - float(departures[last - 1]) if last > first else 0.0
    made = [
        np.concatenate((np.minimum(planned_at[:first], been), told, planned_at[last:] + late))
        for planned_at, told in ((arrivals, told_arrivals), (departures, told_departures))
    ]
    arrivals = np.maximum.accumulate(made[0])
    return arrivals, np.maximum(np.maximum.accumulate(made[1]), arrivals)
