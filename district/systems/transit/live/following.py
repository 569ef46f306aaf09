"""A vehicle followed along a pattern, position by position: `matching` forwards, one column of candidates kept."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..matching import BACK_M, FARTHEST, FASTEST_M_S, NOISE_DRAWN_M, NOISE_STRAIGHT_M, OFF_LINE
from ..plane import projected
from ..schedule import Pattern

Floats = NDArray[np.float64]
PACE_M_S = 6.0
"""Ordinary progress; tells the passes of a loop apart, no more."""
FAR_AHEAD_S = 600.0
REACH_M = 800.0


@dataclass
class Following:
    """`along_m`, `seen_at` of the last position on the line (None before one); `off_m`: how far the very last lay from it.

    `backwards_m`: how far the last position lies behind the farthest reached, by its nearest place on the line.
    """

    pattern: Pattern
    along_m: float | None = None
    seen_at: float = 0.0
    off_m: float = 0.0
    backwards_m: float = 0.0
    _along: Floats = field(default_factory=lambda: np.empty(0))
    _best: Floats = field(default_factory=lambda: np.empty(0))

    @property
    def noise_m(self) -> float:
        return NOISE_DRAWN_M if self.pattern.is_drawn else NOISE_STRAIGHT_M

    def resume(self, along_m: float, seen_at: float) -> None:
        """Stands where it was known to be."""
        self.along_m, self.seen_at = along_m, seen_at
        self._along, self._best = np.array([along_m]), np.zeros(1)

    def see(self, place: Floats, at: float, expected_m: float | None = None) -> bool:
        """One place (2,) in metres at Unix seconds; False when it lies off the line. `expected_m`: by plan, for the first."""
        apart, along = projected(place[None, :], self.pattern.line, self.pattern.at)
        apart, along = apart[0], along[0]
        nearest = int(np.argmin(apart))
        self.off_m = float(apart[nearest])
        near = np.flatnonzero(apart <= FARTHEST * self.noise_m)
        if not len(near):
            return False
        cost = 0.5 * (apart[near] / self.noise_m) ** 2
        where = along[near]
        if len(self._along):
            span = max(at - self.seen_at, 1.0)
            step = where[None, :] - self._along[:, None]
            way = np.where(step < -BACK_M, OFF_LINE + (-step - BACK_M) / 200.0, 0.0)
            way += np.where(step > FASTEST_M_S * span + 200.0, OFF_LINE, 0.0)
            way += 0.5 * np.minimum(np.abs(step - PACE_M_S * span) / (PACE_M_S * (span + FAR_AHEAD_S)), 3.0) ** 2
            cost = cost + (self._best[:, None] + way).min(axis=0)
        elif expected_m is not None:
            cost = cost + 0.5 * np.minimum(np.abs(where - expected_m) / (PACE_M_S * 900.0), 3.0) ** 2
        self._along, self._best = where, cost - cost.min()
        found = float(where[int(np.argmin(cost))])
        self.backwards_m = self._behind(apart, along)
        self.along_m = found if self.along_m is None else max(found, self.along_m)
        self.seen_at = at
        return True

    def _behind(self, apart: Floats, along: Floats) -> float:
        """Metres behind the farthest reached, of the nearest places around it."""
        if self.along_m is None:
            return 0.0
        around = np.flatnonzero((np.abs(along - self.along_m) < 2 * REACH_M) & (apart <= FARTHEST * self.noise_m))
        if not len(around):
            return 0.0
        return max(self.along_m - float(along[around[int(np.argmin(apart[around]))]]), 0.0)
