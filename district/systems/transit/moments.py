"""What could be known at an instant about each stop ahead: the rows that forecasts are made from, and judged by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from .hops import Ahead, History, Names, weathered
from .passages import Run

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EVERY_S = 60.0
FARTHEST_S = 900.0
"""Forecasts are judged within fifteen minutes of the arrival."""
FRESH_S = 1800.0
"""The weight of a vehicle ahead falls to a third in this time."""
TREND_S = 480.0
LONGEST_MISSED_S = 600.0
WIDEST_GAP_S = 420.0
"""An arrival between positions farther apart is too uncertain to judge by; a project setting."""


@dataclass(frozen=True)
class Moments:
    """One row a run, instant and stop ahead; Unix seconds and seconds.

    run, stop: numbers. at: the instant. seen_at: of the last position. planned_at: the stop's plan. actual_at: the
    passage. delay_s: behind plan at the last position. planned_left_s: by plan from there to the stop. history_s: how
    much longer than plan the way takes as learnt. ahead_s: the same by the vehicles ahead, weighed by how fresh they are.
    ahead_weight: that weight, 0…1 on average. trend_s: change of the delay lately. before_s: hist since the start of the
    trip until the last position. hour, stops_left, metres_left, share_done. waits: the vehicle has not left its first stop.
    """

    run: Ints
    stop: Ints
    at: Floats
    seen_at: Floats
    planned_at: Floats
    actual_at: Floats
    delay_s: Floats
    planned_left_s: Floats
    history_s: Floats
    ahead_s: Floats
    ahead_weight: Floats
    trend_s: Floats
    hour: Floats
    stops_left: Floats
    metres_left: Floats
    share_done: Floats
    waits: Floats

    def __len__(self) -> int:
        return len(self.run)

    def taken(self, rows: NDArray[np.generic]) -> Moments:
        return Moments(*(getattr(self, field.name)[rows] for field in fields(self)))

    @property
    def carried_at(self) -> Floats:
        """The plan with the delay carried on."""
        return self.planned_at + self.delay_s

    @property
    def age_s(self) -> Floats:
        return self.at - self.seen_at


def moments(runs: Sequence[Run], names: Names, history: History, ahead: Ahead, *, is_learnt: bool,
            every_s: float = EVERY_S) -> Moments:  # fmt: skip
    """The rows of all runs. `is_learnt`: the runs are those of the history, each judged without itself."""
    parts = [part for number, run in enumerate(runs)
             if (part := _of_run(number, run, names, history, ahead, is_learnt, every_s)) is not None]  # fmt: skip
    columns = [np.concatenate([part[n] for part in parts]) if parts else np.empty(0) for n in range(len(fields(Moments)))]
    return Moments(columns[0].astype(np.int64), columns[1].astype(np.int64), *columns[2:])


def _of_run(number: int, run: Run, names: Names, history: History, ahead: Ahead, is_learnt: bool,
            every_s: float) -> list[Floats] | None:  # fmt: skip
    usable = np.isfinite(run.passed_at) & (run.gap_s <= WIDEST_GAP_S)
    if not usable.any():
        return None
    at = np.arange(run.at[0] + 1.0, run.at[-1], every_s)
    known_until = at - _missed(number, len(at)) if is_learnt else at
    seen = np.maximum(np.searchsorted(run.at, known_until, side="right") - 1, 0)
    left = run.passed_at[None, :] - at[:, None]
    rows, stops = np.nonzero(usable[None, :] & (left > 0) & (left < FARTHEST_S))
    if not len(rows):
        return None
    along = run.along[seen]
    stops_at = run.trip.pattern.stops_at
    plan_here = run.planned_time_at(along)
    delay = run.at[seen] - plan_here
    slots = ((run.planned_at[:-1] - run.midnight) // 3600).astype(np.int64)
    excess = history.excess(names.of(run), slots, number if is_learnt else None, history.day_type(run.midnight))
    factor = history.factors.get(run.midnight, 1.0)
    learnt = np.append(0.0, np.cumsum(weathered(excess, np.diff(run.trip.arrivals), factor)))
    ahead_to, weight_to = _ahead(run, names.of(run), at, ahead)
    share = np.interp(along, stops_at, np.arange(len(stops_at)))
    hop = np.minimum(share.astype(np.int64), len(stops_at) - 2)
    part = share - hop

    def until(totals: Floats) -> Floats:
        """From the last position to the stop, of totals (instants, stops) along the trip."""
        here = totals[np.arange(len(at)), hop] * (1 - part) + totals[np.arange(len(at)), hop + 1] * part
        return totals[rows, stops] - here[rows]

    history_here = np.interp(along, stops_at, learnt)
    weight = until(weight_to) / np.maximum(stops - share[rows], 0.2)
    earlier = np.searchsorted(run.at, run.at[seen] - TREND_S, side="right") - 1
    trend = np.where(earlier >= 0, delay - delay_of(run)[np.maximum(earlier, 0)], 0.0)
    return [
        np.full(len(rows), number, dtype=np.float64), stops.astype(np.float64), at[rows], run.at[seen][rows],
        run.planned_at[stops], run.passed_at[stops], delay[rows], run.planned_at[stops] - plan_here[rows],
        learnt[stops] - history_here[rows], until(ahead_to), weight, trend[rows],
        ((at - run.midnight) / 3600)[rows], stops - share[rows], stops_at[stops] - along[rows],
        (along / max(stops_at[-1], 1.0))[rows], (along < 100.0).astype(np.float64)[rows],
    ]  # fmt: skip


def _missed(number: int, count: int) -> Floats:
    """Seconds for which positions are held back while learning, at every third instant: another day, another supplier or a
    dead spot may tell them more rarely than the days learnt, and the interval has to know what age does."""
    chance = np.random.default_rng(number)
    return np.where(np.arange(count) % 3 == 0, chance.uniform(0.0, LONGEST_MISSED_S, count), 0.0)


def delay_of(run: Run) -> Floats:
    """Seconds behind plan at each position."""
    return run.at - run.planned_time_at(run.along)


def _ahead(run: Run, hops: Ints, at: Floats, ahead: Ahead) -> tuple[Floats, Floats]:
    """Totals along the trip (instants, stops): seconds beyond plan of the vehicles ahead, weighed; and the weights."""
    grid_hops, grid_at = np.tile(hops, len(at)), np.repeat(at, len(hops))
    excess, _took, age = ahead.last(grid_hops, grid_at)
    weight = np.where(np.isfinite(age), np.exp(-age / FRESH_S), 0.0)
    excess = np.where(weight > 0, np.clip(excess, -180.0, 300.0) * weight, 0.0)
    shape = (len(at), len(hops))
    zero = np.zeros((len(at), 1))
    return (np.hstack((zero, np.cumsum(excess.reshape(shape), axis=1))),
            np.hstack((zero, np.cumsum(weight.reshape(shape), axis=1))))  # fmt: skip
