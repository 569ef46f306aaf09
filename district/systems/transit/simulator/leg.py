"""A piece of a bus's day: a way driven, as metres over time. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..plane import lengths_along

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Moment:
    """A bus at an instant: metres on the plane, km/h, degrees clockwise from north. `aboard`: passengers; `is_open`: doors."""

    x: float
    y: float
    speed_kmh: float
    direction: int
    aboard: int
    is_open: bool
    is_working: bool


@dataclass(frozen=True)
class Leg:
    """`line`: (n, 2) metres on the plane; `at` metres along it. `when`: Unix seconds, rising, and `where` the bus is then
    along the line, never falling. `kind`: trip, depot, rest. `stops_when`: (stops, 2) when it came and left; `aboard`: how
    many after each stop; `boarded`, `alighted`. `breaks_at`: from when on it stands broken. `aside`: (from, to, metres) of
    a piece of the line driven beside it.
    """

    kind: str
    line: Floats
    at: Floats
    when: Floats
    where: Floats
    key: tuple | None = None
    stops_when: Floats = field(default_factory=lambda: np.empty((0, 2)))
    aboard: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    boarded: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    alighted: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    breaks_at: float = np.inf
    aside: tuple[float, float, float] | None = None

    @property
    def begins_at(self) -> float:
        return float(self.when[0])

    @property
    def ends_at(self) -> float:
        return float(self.when[-1])

    def moment(self, at: float) -> Moment:
        """Where the bus is, for an instant within the leg."""
        along = float(np.interp(at, self.when, self.where))
        ahead = float(np.interp(at + 1.0, self.when, self.where)) - along
        piece = min(max(int(np.searchsorted(self.at, along, side="right")) - 1, 0), len(self.at) - 2)
        (x0, y0), (x1, y1) = self.line[piece], self.line[piece + 1]
        length = max(float(self.at[piece + 1] - self.at[piece]), 1e-6)
        share = (along - float(self.at[piece])) / length
        east, north = (x1 - x0) / length, (y1 - y0) / length
        beside = self._beside(along)
        stop = int(np.searchsorted(self.stops_when[:, 0], at, side="right")) - 1 if len(self.stops_when) else -1
        is_open = stop >= 0 and at < self.stops_when[stop, 1] and ahead < 0.1
        return Moment(
            float(x0 + (x1 - x0) * share + north * beside), float(y0 + (y1 - y0) * share - east * beside),
            ahead * 3.6, round(np.degrees(np.arctan2(east, north))) % 360,
            int(self.aboard[stop]) if stop >= 0 else 0, bool(is_open), self.kind != "rest" and at < self.breaks_at,
        )  # fmt: skip

    def _beside(self, along: float) -> float:
        """Metres to the right of the line: into the street beside it and back over 120 m."""
        if self.aside is None:
            return 0.0
        first, last, metres = self.aside
        return metres * float(np.clip(min(along - first, last - along) / 120.0, 0.0, 1.0))


def straight(kind: str, begin: Floats, end: Floats, begins_at: float, ends_at: float) -> Leg:
    """A way straight from one place to another at an even speed."""
    line = np.array([begin, end if np.hypot(*(end - begin)) > 1.0 else begin + np.array([1.0, 0.0])])
    at = lengths_along(line)
    return Leg(kind, line, at, np.array([begins_at, ends_at]), np.array([0.0, float(at[-1])]))


def resting(place: Floats, begins_at: float, ends_at: float, kind: str = "rest") -> Leg:
    """Standing at a place."""
    line = np.array([place, place + np.array([0.0, 1.0])])
    return Leg(kind, line, np.array([0.0, 1.0]), np.array([begins_at, ends_at]), np.zeros(2))
