"""What is kept of a bus between its positions. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..forecasts.day_plans import Key
from ..plane import METRES_OF_A_DEGREE, Plane
from .drives import Drive
from .fixes import Fix

KEPT = 60
THIN_S = 8.0
FASTEST_M_S, LEAST_JUMP_M = 45.0, 1000.0
JUMPS_BELIEVED = 3
USUAL_GAP_S = 10.0


@dataclass
class Vehicle:
    """`last`: its newest believed position; `heard_at`: when anything came from it; `gap_s`: usual time between positions."""

    bus_id: int
    lines: tuple[str, ...] = ()
    drive: Drive | None = None
    last: Fix | None = None
    heard_at: float = 0.0
    gap_s: float = USUAL_GAP_S
    is_clock_bad: bool = False
    occupancy: int | None = None
    sought_at: float = -1e18
    jumps: int = 0
    done: set[Key] = field(default_factory=set)
    came_to_end_at: float | None = None
    _seen: deque[tuple[float, float, float]] = field(default_factory=lambda: deque(maxlen=KEPT))

    @property
    def last_at(self) -> float:
        return self.last.when if self.last else -1e18

    def believes(self, fix: Fix) -> bool:
        """Whether it can have come there in the time; after some in a row it has to be believed."""
        if self.last is None:
            return True
        north = (fix.lat - self.last.lat) * METRES_OF_A_DEGREE
        east = (fix.lon - self.last.lon) * METRES_OF_A_DEGREE * float(np.cos(np.radians(fix.lat)))
        apart = float(np.hypot(north, east))
        if apart < LEAST_JUMP_M or apart < FASTEST_M_S * (fix.when - self.last.when):
            self.jumps = 0
            return True
        self.jumps += 1
        if self.jumps < JUMPS_BELIEVED:
            return False
        self.jumps = 0
        self._seen.clear()
        return True

    def keep(self, fix: Fix) -> None:
        """A believed position, newer than all before."""
        if self.last is not None:
            gap = fix.when - self.last.when
            if 1.0 <= gap <= 1200.0:
                self.gap_s += 0.2 * (gap - self.gap_s)
        self.last = fix
        self.is_clock_bad = fix.has_bad_clock
        if fix.occupancy is not None:
            self.occupancy = fix.occupancy
        if not self._seen or fix.when - self._seen[-1][0] >= THIN_S:
            self._seen.append((fix.when, fix.lat, fix.lon))

    def trace(self, plane: Plane) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(Unix seconds, places in metres) lately, the newest last."""
        rows = list(self._seen)
        if self.last is not None and (not rows or rows[-1][0] < self.last.when):
            rows.append((self.last.when, self.last.lat, self.last.lon))
        table = np.array(rows).reshape(-1, 3)
        return table[:, 0], plane.metres(table[:, 1], table[:, 2])

    def forget_trace(self) -> None:
        """Where it was before says nothing about the next trip."""
        self._seen.clear()
