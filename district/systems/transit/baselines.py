"""The forecasts ours is held against, on the same instants: timetable, delay carried on, historical means, Kalman.

The Kalman method is TransitClock's (KalmanPredictionGeneratorImpl, its defaults): see `kalman`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .hops import Ahead, Names, Traversals
from .moments import Moments
from .passages import Run

Floats = NDArray[np.float64]
DAYS = 3
FIRST_ERROR = 100.0


def timetable(rows: Moments) -> Floats:
    return np.maximum(rows.planned_at, rows.at)


def last_delay(rows: Moments) -> Floats:
    return np.maximum(rows.carried_at, rows.at)


class PathTimes:
    """Learnt travel times of a hop: of the same trip by day, else means by hour, else over all hours."""

    def __init__(self, learnt: Traversals) -> None:
        self.of_trip: dict[tuple[str, int], list[float]] = defaultdict(list)
        sums: dict[tuple[int, int], list[float]] = defaultdict(lambda: [0.0, 0.0])
        for trip, hop, slot, took in zip(learnt.trips, learnt.hops.tolist(), learnt.slots.tolist(), learnt.took_s.tolist(),
                                         strict=True):  # fmt: skip
            self.of_trip[trip, hop].append(took)
            for key in ((hop, slot), (hop, -1)):
                sums[key][0] += took
                sums[key][1] += 1
        self._means = {key: total / count for key, (total, count) in sums.items()}

    def mean(self, hop: int, slot: int) -> float | None:
        found = self._means.get((hop, slot))
        return found if found is not None else self._means.get((hop, -1))


def kalman(history: Sequence[float], last: float, error: float) -> tuple[float, float]:
    """One path by history h and the last vehicle's time: (forecast in seconds, new error).

    avg = mean(h), var = mean squared deviation, gain = (e + var) / (e + 2 var), forecast = (1 - gain) last + gain avg,
    new e = var gain. With e and var both 0 the mean stands.
    """
    average = sum(history) / len(history)
    variance = sum((each - average) ** 2 for each in history) / len(history)
    if error + 2 * variance == 0:
        return average, 0.0
    gain = (error + variance) / (error + 2 * variance)
    return (1 - gain) * last + gain * average, variance * gain


def by_paths(rows: Moments, runs: Sequence[Run], names: Names, times: PathTimes, ahead: Ahead, *, is_kalman: bool) -> Floats:
    """Remaining part of the present hop and the later hops, each by history alone or by the Kalman method."""
    found = np.empty(len(rows))
    errors: dict[int, float] = {}
    order = np.lexsort((rows.at, rows.run))
    borders = np.flatnonzero(np.append(True, (np.diff(rows.run[order]) != 0) | (np.diff(rows.at[order]) != 0)))
    for part in np.split(order, borders[1:]) if len(order) else []:
        run = runs[int(rows.run[part[0]])]
        hops, planned = names.of(run), np.diff(run.trip.arrivals)
        last_stop = int(rows.stop[part].max())
        at, seen_at = float(rows.at[part[0]]), float(rows.seen_at[part[0]])
        along = run.trip.pattern.stops_at
        here = float(along[rows.stop[part[0]]] - rows.metres_left[part[0]])
        first = int(np.clip(np.searchsorted(along, here, side="right") - 1, 0, len(hops) - 1))
        chosen = hops[first:last_stop]
        _excess, took, _age = ahead.last(chosen, np.full(len(chosen), at))
        slots = ((run.planned_at[first:last_stop] - run.midnight) // 3600).astype(int).tolist()
        each = np.array([
            _path(times, run.trip.trip_id, hop, slot, last, plan, errors, is_kalman)
            for hop, slot, last, plan in zip(chosen.tolist(), slots, took.tolist(), planned[first:last_stop].tolist(),
                                             strict=True)
        ])  # fmt: skip
        length = max(float(along[first + 1] - along[first]), 1.0)
        if len(each):
            each[0] *= 1 - min(max((here - float(along[first])) / length, 0.0), 1.0)
        found[part] = seen_at + np.append(0.0, np.cumsum(each))[rows.stop[part] - first]
    return np.maximum(found, rows.at)


def _path(times: PathTimes, trip: str, hop: int, slot: int, last: float, plan: float, errors: dict[int, float],
          is_kalman: bool) -> float:  # fmt: skip
    history = times.of_trip.get((trip, hop), [])[-DAYS:]
    mean = times.mean(hop, slot)
    if is_kalman and last == last and (history or mean is not None):
        forecast, errors[hop] = kalman(history or [mean or 0.0], last, errors.get(hop, FIRST_ERROR))
        return forecast
    if is_kalman and history:
        return sum(history) / len(history)
    if mean is not None:
        return mean
    return last if is_kalman and last == last else plan
