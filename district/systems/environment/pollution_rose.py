"""Wind rose and pollution rose: from where the wind blew, how hard, and how dirty the air was then.

Direction is where the wind comes from, clockwise from north. The conditional probability function (CPF) of a sector is
the part of its hours whose concentration is at or above a percentile of all hours: it points at sources a mean hides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]

NAMES_16 = ("北", "北东北", "东北", "东东北", "东", "东东南", "东南", "南东南",
            "南", "南西南", "西南", "西西南", "西", "西西北", "西北", "北西北")
SPEED_EDGES = (0.5, 1.6, 3.4, 5.5, 8.0)
"""m/s; below the first it is calm and has no direction; the others are Beaufort 2 to 5."""


@dataclass(frozen=True)
class Rose:
    """Cells are `[sector][speed bin]`; None where nothing was measured. `threshold` belongs to the CPF.

    `hours` counts hours with wind (and concentration, when one was given); calm hours are in no cell.
    """

    sectors: tuple[str, ...]
    centres_deg: tuple[float, ...]
    speed_bins: tuple[str, ...]
    counts: list[list[int]]
    means: list[list[float | None]]
    percentiles: list[list[float | None]]
    sector_counts: list[int]
    sector_means: list[float | None]
    sector_percentiles: list[float | None]
    cpf: list[float | None]
    threshold: float | None
    percentile: float
    calm_count: int
    calm_mean: float | None
    hours: int

    def to_json(self) -> dict[str, Any]:
        """Plain lists and numbers. `frequency` (percent of all hours) is the height of a stacked bar in polar axes."""
        plain = dict(vars(self))
        share = 100 / self.hours if self.hours else 0.0
        plain["frequency"] = [[round(count * share, 3) for count in row] for row in self.counts]
        plain["calm_frequency"] = round(self.calm_count * share, 3)
        return plain


def rose(
    wind_from_deg: Column, wind_speed: Column, concentration: Column | None = None, *, sectors: int = 16,
    speed_edges: Sequence[float] = SPEED_EDGES, percentile: float = 75.0, fewest: int = 1,
) -> Rose:
    """Rows are hours; a row with a gap anywhere is left out. `fewest` hours make a mean, a percentile or a CPF.

    ValueError for columns of unequal length, fewer than four sectors, or edges that do not rise.
    """
    edges = np.asarray(speed_edges, dtype=float)
    if sectors < 4 or len(edges) == 0 or np.any(np.diff(edges) <= 0) or not 0 < percentile < 100:
        raise ValueError("sectors ≥ 4, rising speed edges and a percentile between 0 and 100 are needed")
    direction, speed = np.asarray(wind_from_deg, dtype=float), np.asarray(wind_speed, dtype=float)
    dirt = None if concentration is None else np.asarray(concentration, dtype=float)
    if direction.shape != speed.shape or (dirt is not None and dirt.shape != speed.shape):
        raise ValueError("direction, speed and concentration must be of equal length")
    is_known = np.isfinite(speed) & (speed >= 0) & (np.isfinite(direction) | (speed < edges[0]))
    if dirt is not None:
        is_known &= np.isfinite(dirt)
        dirt = dirt[is_known]
    direction, speed = direction[is_known], speed[is_known]
    is_calm = speed < edges[0]
    threshold = float(np.percentile(dirt, percentile)) if dirt is not None and len(dirt) else None
    width = 360.0 / sectors
    where = np.where(is_calm, -1, np.floor((np.nan_to_num(direction) % 360 + width / 2) / width) % sectors).astype(int)
    strength = np.searchsorted(edges, speed, side="right") - 1

    def judged(chosen: NDArray[np.bool_]) -> tuple[int, float | None, float | None, float | None]:
        count = int(chosen.sum())
        if dirt is None or threshold is None or count < fewest:
            return count, None, None, None
        values = dirt[chosen]
        return (count, round(float(values.mean()), 3), round(float(np.percentile(values, percentile)), 3),
                round(float((values >= threshold).mean()), 4))

    cells = [[judged((where == one) & (strength == bin_)) for bin_ in range(len(edges))] for one in range(sectors)]
    whole = [judged(where == one) for one in range(sectors)]
    calm = judged(is_calm)
    return Rose(
        sectors=NAMES_16 if sectors == 16 else tuple(f"{one * width:g}°" for one in range(sectors)),
        centres_deg=tuple(one * width for one in range(sectors)),
        speed_bins=_bin_names(edges),
        counts=[[cell[0] for cell in row] for row in cells],
        means=[[cell[1] for cell in row] for row in cells],
        percentiles=[[cell[2] for cell in row] for row in cells],
        sector_counts=[one[0] for one in whole],
        sector_means=[one[1] for one in whole],
        sector_percentiles=[one[2] for one in whole],
        cpf=[one[3] for one in whole],
        threshold=threshold,
        percentile=percentile,
        calm_count=calm[0],
        calm_mean=calm[1],
        hours=len(speed),
    )


def _bin_names(edges: Column) -> tuple[str, ...]:
    between = [f"{low:g}–{high:g} m/s" for low, high in pairwise(edges)]
    return (*between, f"≥ {edges[-1]:g} m/s")
