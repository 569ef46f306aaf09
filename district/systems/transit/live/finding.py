"""Which trip a vehicle drives, from its last positions: the patterns it has followed, and the trip due there. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..changes.applying import PlannedTrip
from ..matching import FARTHEST, NOISE_DRAWN_M, NOISE_STRAIGHT_M
from ..plane import projected
from ..schedule import Pattern, Schedule
from .following import Following

Floats = NDArray[np.float64]
CELL_M = 300.0
LEAST_WAY_M = 250.0
"""A vehicle has to have gone so far along a pattern to be found on it."""
LEAST_SHARE_ON = 0.85
EARLIEST_S, LATEST_S = -900.0, 2700.0
"""A trip is driven at most so early and so late."""
AT_START_M = 250.0
TRACE_S = 480.0
MOST_PLACES = 12


@dataclass(frozen=True)
class Found:
    """A trip that fits: `cost` lower is better; `along` of the trace's places on its pattern."""

    planned: PlannedTrip
    cost: float
    along: Floats
    delay_s: float


class Way:
    """The planned trips of a service day (or two) by pattern, and the patterns by place."""

    def __init__(self, schedule: Schedule, trips: Iterable[PlannedTrip]) -> None:
        self.schedule = schedule
        self.of_pattern: dict[int, list[PlannedTrip]] = {}
        self.patterns: dict[int, Pattern] = {}
        for planned in trips:
            if planned.state != "cancelled":
                key = id(planned.trip.pattern)
                self.patterns[key] = planned.trip.pattern
                self.of_pattern.setdefault(key, []).append(planned)
        self._cells: dict[tuple[int, int], set[int]] = {}
        for key, pattern in self.patterns.items():
            for cell in _cells(pattern):
                self._cells.setdefault(cell, set()).add(key)
        keys = list(self.patterns)
        self._starts = np.array([self.patterns[key].line[0] for key in keys]).reshape(-1, 2)
        self._keys = keys

    def near(self, places: Floats) -> list[int]:
        """Patterns that pass near most of these places."""
        counts: dict[int, int] = {}
        for cell in np.floor(places / CELL_M).astype(int).tolist():
            for key in self._cells.get((cell[0], cell[1]), ()):
                counts[key] = counts.get(key, 0) + 1
        return [key for key, count in counts.items() if count >= LEAST_SHARE_ON * len(places)]

    def starting(self, place: Floats) -> list[int]:
        """Patterns that begin here."""
        if not len(self._starts):
            return []
        apart = np.hypot(*(self._starts - place).T)
        return [self._keys[number] for number in np.flatnonzero(apart < AT_START_M)]

    def found(self, places: Floats, at: Floats, allowed: Callable[[PlannedTrip], float | None]) -> Found | None:
        """The best trip for a trace (n, 2) in order of time. `allowed` gives what a trip costs more, None: not to be had."""
        best: Found | None = None
        for key in self.near(places):
            pattern = self.patterns[key]
            traced = followed(pattern, places, at)
            if traced is None:
                continue
            along, fit = traced
            for planned in self.of_pattern[key]:
                delay = float(at[-1]) - planned.midnight - float(
                    np.interp(along[-1], pattern.stops_at, planned.trip.arrivals)
                )  # fmt: skip
                if not EARLIEST_S <= delay <= LATEST_S:
                    continue
                more = allowed(planned)
                if more is None:
                    continue
                cost = fit + more + (delay / 900.0 if delay >= 0 else -delay / 300.0)
                if best is None or cost < best.cost:
                    best = Found(planned, cost, along, delay)
        return best

    def due(self, place: Floats, at: float, allowed: Callable[[PlannedTrip], float | None]) -> PlannedTrip | None:
        """The next trip that begins here and nobody drives."""
        due = [planned for key in self.starting(place) for planned in self.of_pattern[key]
               if -300.0 <= planned.begins_at - at <= 2700.0]  # fmt: skip
        priced = [(more * 600.0 + planned.begins_at, planned) for planned in due if (more := allowed(planned)) is not None]
        return min(priced, key=lambda pair: (pair[0], pair[1].trip.trip_id))[1] if priced else None


def delay_along(planned: PlannedTrip, places: Floats, at: Floats) -> float | None:
    """How late a bus with this trace would drive a trip; None when it does not drive it."""
    traced = followed(planned.trip.pattern, places, at) if len(at) >= 3 else None
    if traced is None:
        return None
    trip = planned.trip
    delay = float(at[-1]) - planned.midnight - float(np.interp(traced[0][-1], trip.pattern.stops_at, trip.arrivals))
    return delay if EARLIEST_S <= delay <= LATEST_S else None


def off_plan_m(planned: PlannedTrip, place: Floats, at: float) -> float:
    """Metres between a place and where the timetable has the trip at an instant, before and after it at its ends."""
    trip, pattern = planned.trip, planned.trip.pattern
    along = float(np.interp(at - planned.midnight, trip.departures, pattern.stops_at))
    return float(np.hypot(*(np.array([np.interp(along, pattern.at, pattern.line[:, axis]) for axis in (0, 1)]) - place)))


def away_s(planned: PlannedTrip, at: float) -> float:
    """Seconds between an instant and the time a trip is planned for, 0 within it."""
    return max(planned.begins_at - at, at - planned.ends_at, 0.0)


def followed(pattern: Pattern, places: Floats, at: Floats) -> tuple[Floats, float] | None:
    """Metres along the pattern of a trace and how badly it fits; None when it does not drive it."""
    noise = NOISE_DRAWN_M if pattern.is_drawn else NOISE_STRAIGHT_M
    apart, _along = projected(places, pattern.line, pattern.at)
    nearest = apart.min(axis=1)
    if (nearest <= FARTHEST * noise).mean() < LEAST_SHARE_ON or nearest[-1] > FARTHEST * noise:
        return None
    following = Following(pattern)
    along = np.array([following.along_m if following.see(place, float(when)) else np.nan
                      for place, when in zip(places, at, strict=True)], dtype=np.float64)  # fmt: skip
    known = along[np.isfinite(along)]
    if len(known) < 3 or known[-1] - known[0] < LEAST_WAY_M or following.backwards_m > 150.0:
        return None
    return along, float(np.mean(np.minimum(nearest / noise, FARTHEST) ** 2)) / 4.0


def trace(at: Floats, places: Floats, until: float) -> NDArray[np.int64]:
    """Rows of the last minutes, thinned."""
    rows = np.flatnonzero(at >= until - TRACE_S)
    if len(rows) < 5:
        rows = np.arange(max(len(at) - 5, 0), len(at))
    if len(rows) > MOST_PLACES:
        rows = rows[np.unique(np.linspace(0, len(rows) - 1, MOST_PLACES).round().astype(int))]
    return rows


def _cells(pattern: Pattern) -> set[tuple[int, int]]:
    """Cells of the line and those around them."""
    steps = np.arange(0.0, pattern.length_m + 100.0, 100.0)
    points = np.column_stack([np.interp(steps, pattern.at, pattern.line[:, axis]) for axis in (0, 1)])
    base = {(int(x), int(y)) for x, y in np.floor(points / CELL_M)}
    return {(x + dx, y + dy) for x, y in base for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
