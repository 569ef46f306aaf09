"""How far the truth strayed from forecasts not used for fitting: the intervals come from that, not from theory.

Split conformal prediction, one set of residuals for every hour ahead.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from district.systems.environment.forecast.features import HORIZONS, Matrix

LEVELS = np.linspace(0.0, 1.0, 201)
NEIGHBOURS = 2
"""Hours ahead on either side whose residuals are pooled: more of them, and a smooth band."""


@dataclass(frozen=True)
class Spread:
    """Quantiles (LEVELS × HORIZONS) of the log ratio of truth to forecast, in units of the record's own unrest.

    `count` is the number of independent-looking residuals behind the least supported hour ahead.
    """

    quantiles: Matrix
    count: int

    def band(self, coverage: float) -> tuple[Matrix, Matrix]:
        """Log ratios (HORIZONS each) below and above the forecast between which the truth falls with `coverage`.

        The finite-sample correction (n+1)/n widens the band where residuals are few.
        """
        if not 0 < coverage < 1:
            raise ValueError(f"coverage {coverage} is not between 0 and 1")
        tail = (1 - min(coverage * (self.count + 1) / max(self.count, 1), 1.0)) / 2
        rows = [np.interp(level, LEVELS, np.arange(len(LEVELS))) for level in (tail, 1 - tail)]
        low, high = (self._at(row) for row in rows)
        return low, high

    def _at(self, row: float) -> Matrix:
        below = int(np.floor(row))
        above = min(below + 1, len(LEVELS) - 1)
        return self.quantiles[below] + (row - below) * (self.quantiles[above] - self.quantiles[below])


def spread_of(residuals: Matrix, origins_per_day: float) -> Spread:
    """`residuals` (origins × HORIZONS, NaN where the truth is missing); `origins_per_day` tells how many of them
    are near repeats of one another."""
    quantiles = np.zeros((len(LEVELS), HORIZONS))
    fewest = len(residuals)
    for ahead in range(HORIZONS):
        pooled = residuals[:, max(0, ahead - NEIGHBOURS) : ahead + NEIGHBOURS + 1]
        known = pooled[np.isfinite(pooled)]
        if len(known):
            quantiles[:, ahead] = np.quantile(known, LEVELS)
        fewest = min(fewest, int(np.isfinite(residuals[:, ahead]).sum()))
    return Spread(quantiles, max(int(fewest / max(origins_per_day, 1.0)), 1))
