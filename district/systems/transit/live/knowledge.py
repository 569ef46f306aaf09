"""How long ways take: the learnt model and history, and what buses on the road have just needed. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ..forecast import EDGES_S, Forecaster
from ..hops import DAY_TYPES, LONGEST_S, SHORTEST_S, SLOTS, HopTimes, Ints, weathered
from ..moments import FRESH_S
from ..schedule import Pattern, Trip
from .drives import Drive

Floats = NDArray[np.float64]


@dataclass
class LearntHops:
    """What was learnt of hops, by the stops they lie between. `factors`: by kind of weather, those that are used."""

    pairs: dict[tuple[str, str], int] = field(default_factory=dict)
    times: HopTimes = field(default_factory=lambda: HopTimes(np.zeros((0, DAY_TYPES, SLOTS)), np.zeros((0, DAY_TYPES, SLOTS))))
    factors: dict[str, float] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.pairs

    def excess(self, hops: Ints, slots: Ints, day_type: int) -> Floats:
        """Seconds beyond plan; none of a hop never learnt."""
        return np.zeros(len(hops)) if self.is_empty else self.times.excess(hops, slots, day_type)


@dataclass
class Knowledge:
    """`shift_s`, `widen_s`: the model's calibration, renewed by what the day shows. `weather`: kind of each day as told."""

    model: Forecaster | None = None
    learnt: LearntHops = field(default_factory=LearntHops)
    version: int = 0
    weather: dict[date, str] = field(default_factory=dict)
    shift_s: Floats = field(default_factory=lambda: np.zeros(len(EDGES_S) - 1))
    widen_s: Floats = field(default_factory=lambda: np.zeros(len(EDGES_S) - 1))
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    _of_pattern: dict[int, tuple[Pattern, Ints]] = field(default_factory=dict)
    _last_excess: Floats = field(default_factory=lambda: np.full(1024, np.nan))
    _last_at: Floats = field(default_factory=lambda: np.full(1024, -1e18))

    def learn(self, model: Forecaster | None, learnt: LearntHops, version: int) -> None:
        """Takes over what was learnt in the night; what buses have just needed is kept where its hop is still known."""
        before = dict(self._numbers)
        excess, at = self._last_excess, self._last_at
        self.model, self.learnt, self.version = model, learnt, version
        if model is not None:
            self.shift_s, self.widen_s = model.shift_s, model.widen_s
        self._numbers, self._of_pattern = dict(learnt.pairs), {}
        self._last_excess, self._last_at = np.full(1024, np.nan), np.full(1024, -1e18)
        for pair, number in before.items():
            place = self._number(pair)
            self._last_excess[place], self._last_at[place] = excess[number], at[number]

    def _number(self, pair: tuple[str, str]) -> int:
        number = self._numbers.setdefault(pair, len(self._numbers))
        while number >= len(self._last_at):
            self._last_excess = np.append(self._last_excess, np.full(len(self._last_excess), np.nan))
            self._last_at = np.append(self._last_at, np.full(len(self._last_at), -1e18))
        return number

    def hops(self, pattern: Pattern) -> Ints:
        """The hops of a pattern, one fewer than its stops."""
        known = self._of_pattern.get(id(pattern))
        if known is None:
            pairs = zip(pattern.stop_ids[:-1], pattern.stop_ids[1:], strict=True)
            known = (pattern, np.array([self._number(pair) for pair in pairs], dtype=np.int64))
            self._of_pattern[id(pattern)] = known
        return known[1]

    def factor(self, day: date) -> float:
        """How much longer than history says ways take in the weather told of a day; 1 where none is told or it was not learnt."""
        return self.learnt.factors.get(self.weather.get(day, ""), 1.0)

    def excess(self, trip: Trip, slots: Ints, day_type: int, day: date) -> Floats:
        """Seconds beyond plan of each hop of a trip on a day, by history and weather."""
        found = self.learnt.excess(self.hops(trip.pattern), slots, day_type)
        return weathered(found, np.diff(trip.arrivals), self.factor(day))

    def note(self, drive: Drive, first: int, until: int) -> None:
        """The hops from stop `first` to stop `until` have just been driven."""
        hops = self.hops(drive.planned.trip.pattern)[first:until]
        took, planned = np.diff(drive.passed[first : until + 1]), np.diff(drive.planned.trip.arrivals[first : until + 1])
        usable = (took >= SHORTEST_S) & (took <= LONGEST_S)
        at = drive.at[-1]
        newer = usable & (self._last_at[hops] <= at)
        self._last_excess[hops[newer]] = (took - planned)[newer]
        self._last_at[hops[newer]] = at

    def ahead(self, hops: Ints, at: float) -> tuple[Floats, Floats]:
        """(seconds beyond plan of the last bus over each hop times its weight, that weight: 0…1 by how fresh it is)."""
        age = at - self._last_at[hops]
        weight = np.where((age >= 0) & (age < 10 * FRESH_S), np.exp(-np.clip(age, 0, 1e6) / FRESH_S), 0.0)
        excess = np.where(weight > 0, np.nan_to_num(np.clip(self._last_excess[hops], -180.0, 300.0)), 0.0)
        return excess * weight, weight
