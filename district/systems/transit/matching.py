"""Positions of a vehicle on a pattern: metres along it, however noisy, sparse or winding.

A hidden Markov model as in Newson and Krumm (2009), on one line instead of a net: candidates are the line's pieces, what is
observed is the distance to them, and a vehicle does not go back. Exact by dynamic programming.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .plane import projected
from .schedule import Pattern, Trip

Floats = NDArray[np.float64]

NOISE_DRAWN_M, NOISE_STRAIGHT_M = 25.0, 90.0
"""How far from its line a vehicle is seen: where a shape is drawn, and where only the stops are known."""
FARTHEST = 6.0
"""Times that noise: farther away a position is off the line."""
BACK_M = 60.0
"""A position may lie this far behind the one before: noise, not driving back."""
FASTEST_M_S = 36.0
OFF_PLAN_S = 900.0
"""How late or early is ordinary: tells the two passes of a loop apart, no more."""
OFF_LINE = 0.5 * FARTHEST**2


@dataclass(frozen=True)
class Matched:
    """Of n positions: `along` metres on the pattern (NaN off it), `apart` metres from it; `cost` a position on average."""

    along: Floats
    apart: Floats
    cost: float

    @property
    def is_on(self) -> NDArray[np.bool_]:
        return np.isfinite(self.along)


def matched(places: Floats, at: Floats, trip: Trip, midnight: float) -> Matched:
    """Places (n, 2) in metres and Unix seconds, in order of time, along the trip of the service day begun at `midnight`."""
    pattern = trip.pattern
    noise = NOISE_DRAWN_M if pattern.is_drawn else NOISE_STRAIGHT_M
    apart, along = projected(places, pattern.line, pattern.at)
    planned = np.interp(at - midnight, trip.departures, pattern.stops_at)
    pace = max(pattern.length_m / max(float(trip.arrivals[-1] - trip.departures[0]), 60.0), 2.0)
    off_plan = (along - planned[:, None]) / (pace * OFF_PLAN_S)
    cost = 0.5 * np.minimum(apart / noise, FARTHEST) ** 2 + 0.5 * np.minimum(np.abs(off_plan), 3.0) ** 2
    chosen = _cheapest(cost, along, at)
    rows = np.arange(len(places))
    found, distance = along[rows, chosen], apart[rows, chosen]
    found = np.where(distance > FARTHEST * noise, np.nan, found)
    told = np.fmax.accumulate(np.where(np.isfinite(found), found, -np.inf))
    return Matched(np.where(np.isfinite(found), told, np.nan), distance, float(cost[rows, chosen].mean()))


def _cheapest(cost: Floats, along: Floats, at: Floats) -> NDArray[np.int64]:
    """The piece of each position so that all together is cheapest and the way goes forward."""
    count, pieces = cost.shape
    best = cost[0].copy()
    came = np.zeros((count, pieces), dtype=np.int64)
    for row in range(1, count):
        step = along[row][None, :] - along[row - 1][:, None]
        span = max(at[row] - at[row - 1], 1.0)
        way = np.where(step < -BACK_M, OFF_LINE + (-step - BACK_M) / 200.0, 0.0)
        way += np.where(step > FASTEST_M_S * span + 200.0, OFF_LINE, 0.0)
        total = best[:, None] + way
        came[row] = np.argmin(total, axis=0)
        best = cost[row] + total[came[row], np.arange(pieces)]
    chosen = np.empty(count, dtype=np.int64)
    chosen[-1] = int(np.argmin(best))
    for row in range(count - 1, 0, -1):
        chosen[row - 1] = came[row][chosen[row]]
    return chosen


def midnight_of(trip: Trip, at: float, midnights: Floats) -> float:
    """The service day on which the trip is planned nearest to an instant, among candidates (Unix seconds)."""
    middle = (trip.departures[0] + trip.arrivals[-1]) / 2
    return float(midnights[int(np.argmin(np.abs(midnights + middle - at)))])


def is_plausible(pattern: Pattern, found: Matched) -> bool:
    """Whether the vehicle drives this pattern at all: half of the positions on it."""
    return bool(found.is_on.mean() >= 0.5)
