"""Penalised linear regression of all hours ahead at once; how strong the penalty is, each hour ahead chooses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from district.systems.environment.forecast.features import CROSSED, Matrix, Sheet

PENALTIES = (30.0, 300.0, 3000.0, 30000.0)
PRODUCT_PENALTY = 6.0
"""Products are many and mostly noise: each costs this many times what a plain feature costs."""

CLIP = 4.0
"""Standard deviations beyond which a feature counts no more: an odd reading must not throw the forecast."""


@dataclass(frozen=True)
class Design:
    """Turns features into regressors: standardised, with products and hour-of-day terms."""

    mean: Matrix
    spread: Matrix
    crossed: NDArray[np.int64]

    @classmethod
    def of(cls, sheet: Sheet) -> Design:
        with np.errstate(invalid="ignore"):
            mean, spread = np.nanmean(sheet.features, axis=0), np.nanstd(sheet.features, axis=0)
        crossed = [sheet.names.index(name) for name in CROSSED if name in sheet.names]
        return cls(np.nan_to_num(mean), np.where(spread > 1e-9, spread, 1.0), np.array(crossed, dtype=np.int64))

    def regressors(self, features: Matrix, hours_of_day: NDArray[np.int64]) -> Matrix:
        plain = np.nan_to_num(np.clip((features - self.mean) / self.spread, -CLIP, CLIP))
        base = plain[:, self.crossed] / np.sqrt(PRODUCT_PENALTY)
        first, second = np.triu_indices(len(self.crossed))
        parts = [plain, base[:, first] * plain[:, self.crossed][:, second]]
        for cycles in (1, 2):
            angle = 2 * np.pi * cycles * hours_of_day / 24
            parts += [base * np.sin(angle)[:, None], base * np.cos(angle)[:, None]]
        return np.column_stack([*parts, hours_of_day[:, None] == np.arange(24)])


def weights(regressors: Matrix, wanted: Matrix) -> Iterator[Matrix]:
    """The coefficients (regressors × hours ahead) for each of PENALTIES, from one decomposition."""
    values, vectors = np.linalg.eigh(regressors.T @ regressors)
    projected = vectors.T @ (regressors.T @ wanted)
    for penalty in PENALTIES:
        yield vectors @ (projected / (np.maximum(values, 0.0) + penalty)[:, None])
