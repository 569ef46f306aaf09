"""Getis-Ord Gi*: cells whose surroundings hold more than chance would put there, false discoveries held down.

The sum over a cell's neighbourhood is judged by the mean and spread of the cells outside it, so that one very busy place
does not hide itself by the spread it makes. Counts are skew, so the tail is Pearson III, not the normal of the textbook.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from .cells import Area
from .false_discovery import q_values

LEVEL = 0.05
LEAST_OUTSIDE = 8


@dataclass(frozen=True)
class HotCells:
    """Columns over the cells of an area. `observed` and `expected` are of the neighbourhood, `z` the Gi* score."""

    observed: npt.NDArray[np.float64]
    expected: npt.NDArray[np.float64]
    z: npt.NDArray[np.float64]
    p: npt.NDArray[np.float64]
    q: npt.NDArray[np.float64]

    def significant(self, level: float = LEVEL) -> npt.NDArray[np.bool_]:
        return self.q <= level

    @property
    def relative_risk(self) -> npt.NDArray[np.float64]:
        return self.observed / np.maximum(self.expected, 1e-12)


def gi_star(area: Area, counts: npt.ArrayLike, base: npt.ArrayLike | None = None, ring: int = 1) -> HotCells:
    """Hot cells of `counts` (events per cell of `area`), upper tail.

    `base`: population or past events per cell, in any unit; without it every cell is as likely as the other.
    """
    observed = np.asarray(counts, dtype=float)
    weights = area.neighbours(ring)
    total = observed.sum()
    share = np.ones(len(area)) if base is None else np.asarray(base, dtype=float) + 1e-9
    expected = total * share / share.sum()
    # What is dealt out must be alike everywhere: Pearson residuals where places differ in size.
    values = observed if base is None else (observed - expected) / np.sqrt(np.maximum(expected, 0.25))
    size = np.asarray(weights.sum(axis=1)).ravel()
    z, skewness = _sum_moments(values, weights, size)
    p = _upper_tail(z, skewness)
    return HotCells(
        np.asarray(weights @ observed).ravel(), np.asarray(weights @ expected).ravel(), z, p, q_values(p)
    )


def _sum_moments(
    values: npt.NDArray[np.float64], weights: scipy.sparse.csr_matrix, size: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Score and skewness of the sum of `size` values, were they of the same kind as those outside the neighbourhood."""
    outside = len(values) - size
    if outside.min() < LEAST_OUTSIDE or values.std() == 0:
        return np.zeros_like(size), np.zeros_like(size)
    centred = values - values.mean()
    inside = [np.asarray(weights @ centred**power).ravel() for power in (1, 2, 3)]
    first, second, third = (
        (float((centred**power).sum()) - part) / outside
        for power, part in zip((1, 2, 3), inside, strict=True)
    )
    variance = np.maximum(second - first**2, 1e-9)
    skewness = (third - 3 * first * second + 2 * first**3) / variance**1.5
    # The mean outside is an estimate too: its error counts in the spread of the difference.
    spread = np.sqrt(variance * (size + size**2 / outside))
    return (inside[0] - size * first) / spread, skewness / np.sqrt(size)


def _upper_tail(z: npt.NDArray[np.float64], skewness: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.clip(np.asarray(scipy.stats.pearson3.sf(z, skewness), dtype=float), 0.0, 1.0)
