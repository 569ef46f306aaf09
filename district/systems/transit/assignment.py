"""Which trips a vehicle drove when its positions do not say so: whole days at once, each trip by one vehicle.

A trip is a candidate for a vehicle that was near two of its beginning, middle and end at about the planned times. Of the
candidates the set is taken that explains most positions and does not overlap (weighted interval scheduling), and of two
vehicles on one trip the better one keeps it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .matching import BACK_M, NOISE_DRAWN_M, NOISE_STRAIGHT_M, Matched, is_plausible, matched
from .schedule import Schedule, Trip

Floats = NDArray[np.float64]

NEAR_M = 700.0
LATE_S = np.arange(-240.0, 1501.0, 60.0)
"""How late or early a vehicle is looked for at a stop."""
BEFORE_S, AFTER_S = 300.0, 1800.0
"""Rows that may belong to a trip lie so long before its planned beginning and after its planned end."""
LEAST_SHARE = 0.4
"""Of its way a vehicle has to be seen on."""
FEWEST = 3
ROUNDS = 8


@dataclass(frozen=True)
class Candidate:
    """A trip of a day that a vehicle may have driven: its rows, how they match, and how much that explains."""

    trip: Trip
    midnight: float
    rows: NDArray[np.int64]
    match: Matched
    gain: float
    begins_at: float
    ends_at: float

    @property
    def key(self) -> tuple[str, float]:
        return self.trip.trip_id, self.midnight


class Plan:
    """All trips of some days with three places each, to find candidates by."""

    def __init__(self, schedule: Schedule, midnights: Floats, begin: float, end: float) -> None:
        self.trips: list[tuple[Trip, float]] = []
        places, times = [], []
        for midnight in midnights.tolist():
            day = datetime.fromtimestamp(midnight + 43200, ZoneInfo(schedule.timezone)).date()
            running: dict[str, bool] = {}
            for trip in schedule.trips.values():
                if not running.setdefault(trip.service_id, schedule.calendar.runs(trip.service_id, day)):
                    continue
                first, last = midnight + trip.departures[0], midnight + trip.arrivals[-1]
                if last < begin or first > end:
                    continue
                pattern = trip.pattern
                probes = np.array([0, len(pattern.stop_ids) // 2, len(pattern.stop_ids) - 1])
                at = pattern.stops_at[probes]
                places.append(np.column_stack([np.interp(at, pattern.at, pattern.line[:, axis]) for axis in (0, 1)]))
                times.append(midnight + trip.arrivals[probes])
                self.trips.append((trip, midnight))
        self.places = np.array(places).reshape(-1, 3, 2)
        self.times = np.array(times).reshape(-1, 3)
        self.routes = np.array([trip.route_id for trip, _midnight in self.trips], dtype=object)

    def near(self, places: Floats, at: Floats, routes: frozenset[str]) -> NDArray[np.int64]:
        """Trips that a vehicle was near of at two of three places."""
        chosen = np.flatnonzero((self.times[:, 2] > at[0]) & (self.times[:, 0] < at[-1]))
        if routes:
            chosen = chosen[np.isin(self.routes[chosen], list(routes))]
        seen = np.zeros((len(chosen), 3), dtype=bool)
        for late in LATE_S:
            when = self.times[chosen] + late
            there = np.stack([np.interp(when, at, places[:, axis], left=1e9, right=1e9) for axis in (0, 1)], axis=2)
            seen |= np.hypot(*np.moveaxis(there - self.places[chosen], 2, 0)) < NEAR_M
        return chosen[seen.sum(axis=1) >= 2]


def assigned(schedule: Schedule, positions: pd.DataFrame, midnights: Floats) -> list[tuple[str, Candidate]]:
    """(vehicle, candidate taken); `rows` number the positions, which must be sorted by vehicle and time."""
    at = positions["at"].to_numpy()
    places = schedule.plane.metres(positions["lat"].to_numpy(), positions["lon"].to_numpy())
    plan = Plan(schedule, midnights, float(at.min()), float(at.max()))
    routes = positions["route_id"].to_numpy()
    found: dict[str, list[Candidate]] = {}
    for vehicle, rows in positions.groupby("vehicle", sort=False).indices.items():
        rows = np.sort(rows)
        if len(rows) < FEWEST:
            continue
        told = frozenset(routes[rows].tolist()) - {""}
        found[str(vehicle)] = [each for number in plan.near(places[rows], at[rows], told)
                               if (each := _candidate(plan.trips[number], rows, places, at, routes)) is not None]  # fmt: skip
    return _settled(found)


def _settled(found: dict[str, list[Candidate]]) -> list[tuple[str, Candidate]]:
    """Each trip goes to the vehicle it explains most of; who loses one is asked again what it drove then, a few times."""
    taken: dict[tuple[str, float], tuple[str, Candidate]] = {}
    asked = set(found)
    for _round in range(ROUNDS):
        for vehicle in sorted(asked):
            for key in [key for key, (holder, _each) in taken.items() if holder == vehicle]:
                del taken[key]
        losers: set[str] = set()
        for vehicle in sorted(asked):
            free = [each for each in found[vehicle] if each.key not in taken or taken[each.key][1].gain < each.gain]
            for each in best_apart(free):
                holder = taken.get(each.key)
                if holder is not None and holder[1].gain >= each.gain:
                    losers.add(vehicle)
                    continue
                if holder is not None:
                    losers.add(holder[0])
                taken[each.key] = (vehicle, each)
        if not losers:
            break
        asked = losers
    return list(taken.values())


def _candidate(of_day: tuple[Trip, float], rows: NDArray[np.int64], places: Floats, at: Floats,
               routes: NDArray[np.object_]) -> Candidate | None:  # fmt: skip
    trip, midnight = of_day
    first, last = midnight + trip.departures[0] - BEFORE_S, midnight + trip.arrivals[-1] + AFTER_S
    part = rows[(at[rows] >= first) & (at[rows] <= last)]
    part = part[(routes[part] == "") | (routes[part] == trip.route_id)]
    if len(part) < FEWEST:
        return None
    match = matched(places[part], at[part], trip, midnight)
    if not is_plausible(trip.pattern, match):
        return None
    along = match.along
    # Standing at the terminals belongs to no trip: only the way between first and last movement counts.
    moving = match.is_on & (along > 30.0) & (along < trip.pattern.length_m - 30.0)
    if moving.sum() < 2:
        return None
    # Before it gets on and after it has come to the end a vehicle may be on the line too, on its way back: it does not move.
    rows_moving = np.flatnonzero(moving)
    begin = rows_moving[along[rows_moving] <= along[rows_moving[0]] + BACK_M][-1]
    end = rows_moving[along[rows_moving] >= along[rows_moving[-1]] - BACK_M][0]
    if end <= begin:
        return None
    moving[:begin] = moving[end + 1 :] = False
    begins_at, ends_at = float(at[part[begin]]), float(at[part[end]])
    # The last position at the first terminal and the first at the last one say when the trip began and ended.
    begin -= begin > 0 and match.is_on[begin - 1]
    end += end + 1 < len(part) and match.is_on[end + 1]
    inner = slice(begin, end + 1)
    if along[end] - along[begin] < LEAST_SHARE * trip.pattern.length_m:
        return None
    delay = at[part][moving] - midnight - np.interp(along[moving], trip.pattern.stops_at, trip.arrivals)
    off_plan = float(np.median(np.abs(delay))) / 600.0
    seen = slice(begin, end + 1)
    noise = NOISE_DRAWN_M if trip.pattern.is_drawn else NOISE_STRAIGHT_M
    apart = float(np.mean(np.minimum(match.apart[seen] / noise, 2.0) ** 2))
    share = (along[end] - along[begin]) / trip.pattern.length_m
    gain = share * moving.sum() * (1.0 - apart / 5.0 - off_plan / 3.0)
    kept = Matched(along[inner], match.apart[inner], match.cost)
    return Candidate(trip, midnight, part[inner], kept, float(gain), begins_at, ends_at)


def best_apart(found: list[Candidate]) -> list[Candidate]:
    """Of candidates of one vehicle those that do not overlap and gain most together; exact."""
    ordered = sorted((each for each in found if each.gain > 0), key=lambda each: each.ends_at)
    ends = [each.ends_at for each in ordered]
    total, came = [0.0], []
    for number, each in enumerate(ordered):
        before = bisect_right(ends, each.begins_at + 1.0, hi=number)
        with_it = total[before] + each.gain
        came.append(before if with_it > total[-1] else -1)
        total.append(max(total[-1], with_it))
    chosen, number = [], len(ordered)
    while number > 0:
        before = came[number - 1]
        if before >= 0:
            chosen.append(ordered[number - 1])
            number = before
        else:
            number -= 1
    return chosen[::-1]
