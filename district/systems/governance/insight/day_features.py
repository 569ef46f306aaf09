"""What a day's load depends on: weekday, holidays, season and slow trend, as columns for a log-linear model."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

YEAR_DAYS = 365.2425
SEASON_FROM_DAYS = 540
"""A season is only fitted to a record in which each part of the year comes round again."""
HARMONICS = 3


def weekday(days: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """0 is Monday; day 0 (1970-01-01) was a Thursday."""
    return (days + 3) % 7


def day_features(days: npt.NDArray[np.int64], off_days: Collection[int], has_season: bool) -> Floats:
    """Days × columns: constant, Tuesday…Sunday, off day that is no weekend, worked weekend, day after, season."""
    week = weekday(days)
    off = np.isin(days, list(off_days)) if off_days else week >= 5
    after = np.isin(days - 1, list(off_days)) if off_days else np.zeros(len(days), dtype=bool)
    columns = [np.ones(len(days))]
    columns += [(week == day).astype(float) for day in range(1, 7)]
    columns += [
        (off & (week < 5)).astype(float),
        (~off & (week >= 5)).astype(float),
        (~off & after & (week > 0) & (week < 5)).astype(float),
    ]
    if has_season:
        turn = 2 * np.pi * days / YEAR_DAYS
        for harmonic in range(1, HARMONICS + 1):
            columns += [np.sin(harmonic * turn), np.cos(harmonic * turn)]
    return np.column_stack(columns)
