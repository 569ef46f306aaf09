"""Hot spots as findings, not as a heat map: which cells hold more than chance would put there, and what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .cells import Area, cells_of
from .gi_star import LEVEL, HotCells, gi_star
from .happenings import Happenings
from .scan import REPLICATES, Cluster, scan

HISTORY_DAYS = 180
PERIOD_DAYS = 28


@dataclass(frozen=True)
class HotCell:
    """A cell whose surroundings are hot: events there and around, what chance would put there, and how sure."""

    cell: str
    events: int
    observed: int
    expected: float
    relative_risk: float
    p: float
    q: float


@dataclass(frozen=True)
class HotSpots:
    """Findings of the `first`…`last` days: standing hot cells (Gi*, q ≤ 0.05) and clusters that flared up (scan)."""

    first: int
    last: int
    events: int
    cells: tuple[HotCell, ...]
    clusters: tuple[Cluster, ...]


def hot_spots(
    happenings: Happenings,
    last: int,
    area: Area,
    *,
    base: Sequence[float] | None = None,
    period_days: int = PERIOD_DAYS,
    history_days: int = HISTORY_DAYS,
    replicates: int = REPLICATES,
    level: float = LEVEL,
) -> HotSpots:
    """Findings on day `last`. `base`: people (or addresses) per cell of `area` for the hot cells; the scan measures
    each place by its own history. Events outside the area or without a position take no part."""
    placed = happenings.placed.between(last - history_days + 1, last)
    places = area.places(cells_of(placed.lon.tolist(), placed.lat.tolist()))
    first = last - period_days + 1
    counts = np.bincount(places[(places >= 0) & (placed.day >= first)], minlength=len(area))
    found = gi_star(area, counts, base)
    clusters = scan(area, places, placed.day, first=last - history_days + 1, last=last, replicates=replicates)
    return HotSpots(
        first,
        last,
        int(counts.sum()),
        _hot_cells(area, counts, found, level),
        tuple(cluster for cluster in clusters if cluster.p <= level),
    )


def _hot_cells(area: Area, counts: np.ndarray, found: HotCells, level: float) -> tuple[HotCell, ...]:
    risk = found.relative_risk
    rows = np.flatnonzero(found.significant(level))
    return tuple(
        HotCell(
            area.cells[row], int(counts[row]), int(found.observed[row]), float(found.expected[row]), float(risk[row]),
            float(found.p[row]), float(found.q[row]),
        )
        for row in rows[np.argsort(found.q[rows], kind="stable")]
    )  # fmt: skip
