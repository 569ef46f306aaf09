"""From stop to stop: how long it took, on the days that were learnt and by the vehicles just ahead.

A hop is a pair of stops that some pattern has one after the other; lines that share it learn from each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .passages import Run
from .schedule import Pattern

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SLOT_S = 3600.0
SLOTS = 30
"""Hours of the service day, which may pass midnight."""
DAY_TYPES = 2
"""Working days, and days of rest."""
SHORTEST_S, LONGEST_S = 1.0, 1200.0
"""What a hop may take to be learnt from: TransitClock's limits for travel and dwell together."""
WIDEST_GAP_S = 900.0
"""Passages interpolated over longer gaps teach nothing about a single hop."""
PRIOR = 3.0
"""So many observations weighs what is known of wider things: the timetable for a hop, the hop for its hour."""


class Names:
    """Hops by number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._of_pattern: dict[int, tuple[Pattern, Ints]] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def pairs(self) -> dict[tuple[str, str], int]:
        """Number by the two stops."""
        return dict(self._numbers)

    def of(self, run: Run) -> Ints:
        """The hops of the run's pattern, one fewer than its stops."""
        pattern = run.trip.pattern
        known = self._of_pattern.get(id(pattern))
        if known is None:
            pairs = zip(pattern.stop_ids[:-1], pattern.stop_ids[1:], strict=True)
            numbers = np.array([self._numbers.setdefault(pair, len(self._numbers)) for pair in pairs], dtype=np.int64)
            # With the pattern, so that its id stays its own: editions number their patterns alike.
            known = self._of_pattern[id(pattern)] = (pattern, numbers)
        return known[1]


@dataclass(frozen=True)
class Traversals:
    """Hops as driven, in columns: `hops` numbers, `took_s`, `planned_s`, `left_at`, `known_at` Unix seconds, `slots` hours of
    the service day, `runs` numbers of runs, `trips` their trip ids, `days` midnights."""

    hops: Ints
    took_s: Floats
    planned_s: Floats
    left_at: Floats
    known_at: Floats
    slots: Ints
    runs: Ints
    trips: NDArray[np.object_]
    days: Floats

    @property
    def excess_s(self) -> Floats:
        return self.took_s - self.planned_s


def traversals(runs: Sequence[Run], names: Names) -> Traversals:
    """What can be learnt from the runs."""
    columns: list[list[Floats]] = [[] for _ in range(7)]
    trips = []
    for number, run in enumerate(runs):
        took, planned = np.diff(run.passed_at), np.diff(run.trip.arrivals)
        usable = np.flatnonzero((took >= SHORTEST_S) & (took <= LONGEST_S) & (run.gap_s[1:] <= WIDEST_GAP_S)
                                & (run.gap_s[:-1] <= WIDEST_GAP_S))  # fmt: skip
        left = run.passed_at[:-1][usable]
        rows = (
            names.of(run)[usable], took[usable], planned[usable], left, run.known_at[1:][usable],
            (left - run.midnight) // SLOT_S, np.full(len(usable), number),
        )  # fmt: skip
        for column, values in zip(columns, rows, strict=True):
            column.append(np.asarray(values, dtype=np.float64))
        trips.append(np.full(len(usable), run.trip.trip_id, dtype=object))
    joined = [np.concatenate(column) if column else np.empty(0) for column in columns]
    numbers = joined[6].astype(np.int64)
    days = np.array([run.midnight for run in runs])[numbers] if len(runs) else np.empty(0)
    return Traversals(
        hops=joined[0].astype(np.int64), took_s=joined[1], planned_s=joined[2], left_at=joined[3], known_at=joined[4],
        slots=joined[5].astype(np.int64), runs=numbers, trips=np.concatenate(trips) if trips else np.empty(0, dtype=object),
        days=days,
    )  # fmt: skip


@dataclass
class HopTimes:
    """Seconds beyond plan by hop number, day type and hour: sums and counts, each of shape (hops, DAY_TYPES, SLOTS)."""

    total: Floats
    count: Floats

    @classmethod
    def of(cls, hops: Ints, day_types: Ints, slots: Ints, excess: Floats, size: int) -> HopTimes:
        shape = (max(size, 1), DAY_TYPES, SLOTS)
        keys = (hops * DAY_TYPES + day_types) * SLOTS + np.clip(slots, 0, SLOTS - 1)
        length = int(np.prod(shape))
        counts = np.bincount(keys, minlength=length).astype(np.float64)
        return cls(np.bincount(keys, excess, length).astype(np.float64).reshape(shape), counts.reshape(shape))

    def excess(self, hops: Ints, slots: Ints, day_type: int, less: tuple[Floats, Floats, Floats, Floats] | None = None) -> Floats:
        """Of the hour of this kind of day, drawn towards the hour of any day, that towards the hop, that towards none.

        `less`: (sum, count, the same of that hour) to leave out of each, all of this kind of day.
        """
        known = hops < len(self.total)
        rows, slot = np.where(known, hops, 0), np.clip(slots, 0, SLOTS - 1)
        total, count = self.total[rows], self.count[rows]
        number = np.arange(len(rows))
        hop_total, hop_count = total.sum(axis=(1, 2)), count.sum(axis=(1, 2))
        hour_total, hour_count = total.sum(axis=1)[number, slot], count.sum(axis=1)[number, slot]
        cell_total, cell_count = total[number, day_type, slot], count[number, day_type, slot]
        if less is not None:
            hop_total, hop_count = hop_total - less[0], hop_count - less[1]
            hour_total, hour_count = hour_total - less[2], hour_count - less[3]
            cell_total, cell_count = cell_total - less[2], cell_count - less[3]
        wide = hop_total / (hop_count + PRIOR)
        hour = (hour_total + PRIOR * wide) / (hour_count + PRIOR)
        # Where all days are of one kind the two are the same, and nothing is drawn twice.
        is_other = hour_count - cell_count > 0.5
        cell = (cell_total + PRIOR * hour) / (cell_count + PRIOR)
        return np.where(known, np.where(is_other, cell, hour), 0.0)


def day_types_of(midnights: Floats, rests: frozenset[float] | None = None) -> Ints:
    """0 a working day, 1 a day of rest: of `rests` (midnights) where given, else Saturdays and Sundays."""
    if rests is not None:
        return np.isin(midnights, list(rests)).astype(np.int64)
    # 1970-01-01 was a Thursday; noon lies in the same day of UTC nearly everywhere.
    weekday = ((midnights + 43200.0) // 86400.0 + 3) % 7
    return (weekday >= 5).astype(np.int64)


class History:
    """Means of the learnt days: what a hop takes beyond its plan, by hour and kind of day (`HopTimes`).

    Additive, so that a run can be left out of what it is judged by (`without`). `factors`: by midnight, how much longer
    than that all ways take on the day (its weather); 1 where not told.
    """

    def __init__(self, learnt: Traversals, hops: int, rests: frozenset[float] | None = None) -> None:
        self.hops = max(hops, 1)
        self.learnt = learnt
        self.factors: dict[float, float] = {}
        self._rests = rests
        self.times = HopTimes.of(learnt.hops, day_types_of(learnt.days, rests), learnt.slots, learnt.excess_s, hops)
        self._by_run = {int(run): rows for run, rows in _groups(learnt.runs)}

    def numbered_from(self, first: int) -> History:
        """The same history for the runs from number `first` on alone, numbered from 0."""
        made = copy(self)
        made._by_run = {number - first: rows for number, rows in self._by_run.items() if number >= first}
        return made

    def day_type(self, midnight: float) -> int:
        """Of a service day."""
        return int(day_types_of(np.array([midnight]), self._rests)[0])

    def slowness(self) -> dict[float, float]:
        """By midnight: the time that what was learnt took in all, over what the history says it takes."""
        known, found = self.learnt, {}
        for day in np.unique(known.days):
            rows = np.flatnonzero(known.days == day)
            expected = known.planned_s[rows] + self.times.excess(known.hops[rows], known.slots[rows], self.day_type(float(day)))
            found[float(day)] = float(known.took_s[rows].sum() / max(float(expected.sum()), 1.0))
        return found

    def excess(self, hops: Ints, slots: Ints, without: int | None = None, day_type: int = 0) -> Floats:
        """Seconds beyond plan that each hop takes at that hour, as far as is known. `without`: a learnt run left out."""
        if without is None or without not in self._by_run:
            return self.times.excess(hops, slots, day_type)
        rows = self._by_run[without]
        own = dict(zip(self.learnt.hops[rows].tolist(), rows.tolist(), strict=True))
        mine = np.array([own.get(int(hop), -1) for hop in hops])
        has = mine >= 0
        value = np.where(has, self.learnt.excess_s[mine], 0.0)
        same = has & (np.clip(self.learnt.slots[mine], 0, SLOTS - 1) == np.clip(slots, 0, SLOTS - 1))
        less = (value, has.astype(np.float64), np.where(same, value, 0.0), same.astype(np.float64))
        return self.times.excess(hops, slots, day_type, less)


class Ahead:
    """What vehicles on the road have needed lately: the last known traversal of a hop before an instant."""

    def __init__(self, driven: Traversals) -> None:
        order = np.lexsort((driven.known_at, driven.hops))
        self._hops, self._known_at = driven.hops[order], driven.known_at[order]
        self._excess, self._took = driven.excess_s[order], driven.took_s[order]
        self._runs, self._left_at = driven.runs[order], driven.left_at[order]
        self._zero = float(self._known_at.min()) if len(order) else 0.0
        self._keys = self._hops * 1e7 + (self._known_at - self._zero)

    def last(self, hops: Ints, at: Floats, run: int | None = None) -> tuple[Floats, Floats, Floats]:
        """(seconds beyond plan, seconds it took, age in seconds) of the last traversal of each hop known at `at`; NaN for none.

        A vehicle does not come before itself: what it has driven lies behind it.
        """
        if not len(self._keys):
            nothing = np.full(len(hops), np.nan)
            return nothing, nothing, nothing
        place = np.searchsorted(self._keys, hops * 1e7 + (at - self._zero), side="right") - 1
        found = (place >= 0) & (self._hops[np.maximum(place, 0)] == hops)
        place = np.maximum(place, 0)
        age = at - self._known_at[place]
        found &= age >= 0
        return (np.where(found, self._excess[place], np.nan), np.where(found, self._took[place], np.nan),
                np.where(found, age, np.nan))  # fmt: skip


def weathered(excess: Floats, planned_s: Floats, factor: float) -> Floats:
    """Seconds beyond plan on a day when all takes `factor` times as long as history says."""
    return excess if factor == 1.0 else (planned_s + excess) * factor - planned_s


def _groups(keys: Ints) -> list[tuple[int, Ints]]:
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    borders = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(keys) else np.empty(0, dtype=np.int64)
    return [(int(ordered[first]), part) for first, part in zip(borders, np.split(order, borders[1:]), strict=False)]
