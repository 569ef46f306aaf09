"""What a forecast must beat: nothing changes, and as at this hour of the last days."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from district.systems.environment.forecast.features import HORIZONS, Matrix


def persistence(values: Matrix, rows: NDArray[np.int64]) -> Matrix:
    """The last valid value (of the last two days) for every hour ahead (rows × HORIZONS)."""
    last = pd.Series(values).ffill(limit=48).to_numpy()[rows]
    return np.repeat(last[:, None], HORIZONS, axis=1)


def same_hour(values: Matrix, rows: NDArray[np.int64], days: int) -> Matrix:
    """Mean over the same hour of the last `days` days before the origin (1: the seasonal naive forecast)."""
    out = np.full((len(rows), HORIZONS), np.nan)
    for ahead in range(1, HORIZONS + 1):
        first = rows - (-ahead % 24)
        seen = np.stack([np.where(first >= 24 * day, values[first - 24 * day], np.nan) for day in range(days)])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a mean over gaps only is a gap
            out[:, ahead - 1] = np.nanmean(seen, axis=0)
    return out
