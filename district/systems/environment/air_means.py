"""Valid means of ambient air data: hour, day, 8 h moving ozone, month, quarter, year (GB 3095-2012, table 4).

Arrays of hours have the shape (days, 24): column h holds the hour that begins at h:00 and is labelled h+1.
NaN is a missing hour. Means keep ties exact: readings are summed as whole millionths of their unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from district.systems.environment.standards import table

HOURS = 24
WINDOW = 8
_MILLIONTHS = 1_000_000


@dataclass(frozen=True)
class DayMeans:
    """Per day: `value` (NaN where not valid), `count` of valid hours (or 8 h windows), `is_valid`."""

    value: NDArray[np.float64]
    count: NDArray[np.int64]
    is_valid: NDArray[np.bool_]


@cache
def needed(span: str) -> int:
    """How many minutes, hours, windows or days make a mean of that span valid; KeyError for another span."""
    return {row["span"]: int(row["needs"]) for row in table("air_statistics_validity")}[span]


def is_hour_valid(minutes: int) -> bool:
    return minutes >= needed("hour")


def daily_means(hours: NDArray[np.float64]) -> DayMeans:
    """Means of natural days from (days, 24) hours; a day needs 20 valid hours."""
    sums, counts = _sums(hours)
    return _means(sums, counts, counts >= needed("day"))


def ozone_8h_means(hours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Moving 8 h means ending at 8:00, 9:00 … 24:00: (days, 17) from (days, 24); NaN with under 6 valid hours."""
    parts, is_there = _parts(hours)
    sums = np.lib.stride_tricks.sliding_window_view(parts, WINDOW, axis=1).sum(axis=2)
    counts = np.lib.stride_tricks.sliding_window_view(is_there, WINDOW, axis=1).sum(axis=2)
    return _means(sums, counts, counts >= needed("ozone_8h")).value


def ozone_daily_maximum(hours: NDArray[np.float64], limit: float = 160.0) -> DayMeans:
    """Daily maximum of the 8 h means. A day needs 14 valid windows, or a maximum already above `limit` (ug/m3)."""
    windows = ozone_8h_means(hours)
    counts = (~np.isnan(windows)).sum(axis=1)
    highest = np.where(np.isnan(windows), -np.inf, windows).max(axis=1, initial=-np.inf)
    is_valid = (counts >= needed("ozone_day")) | (highest > limit)
    return DayMeans(np.where(is_valid, highest, np.nan), counts, is_valid)


def moving_means(hours: NDArray[np.float64], length: int, at_least: int) -> NDArray[np.float64]:
    """Means of the last `length` hours of an unbroken series, one per hour; NaN with fewer than `at_least`."""
    padded = np.concatenate([np.full(length - 1, np.nan), np.asarray(hours, dtype=np.float64)])
    parts, is_there = _parts(padded[None, :])
    sums = np.lib.stride_tricks.sliding_window_view(parts[0], length).sum(axis=1)
    counts = np.lib.stride_tricks.sliding_window_view(is_there[0], length).sum(axis=1)
    return _means(sums, counts, counts >= at_least).value


def _parts(hours: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    values = np.asarray(hours, dtype=np.float64)
    is_there = np.isfinite(values)
    return np.rint(np.where(is_there, values, 0.0) * _MILLIONTHS).astype(np.int64), is_there


def _sums(hours: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    parts, is_there = _parts(hours)
    return parts.sum(axis=1), is_there.sum(axis=1)


def _means(sums: NDArray[np.int64], counts: NDArray[np.int64], is_valid: NDArray[np.bool_]) -> DayMeans:
    # One correctly rounded division: a mean of 35.5 or 1.35 is the same float as the decimal written out.
    value = np.where(is_valid, sums / np.maximum(counts * _MILLIONTHS, 1), np.nan)
    return DayMeans(value, counts, is_valid)


def is_month_valid(year: int, month: int, days: int) -> bool:
    """27 daily values, February 25."""
    return days >= needed("february" if month == 2 else "month")


def is_quarter_valid(days_of_months: Iterable[int]) -> bool:
    """Lead: 15 daily values in the quarter and 5 in each of its months."""
    counts = list(days_of_months)
    return sum(counts) >= needed("quarter") and min(counts) >= needed("month_of_quarter")


def is_year_valid(days: Iterable[date]) -> bool:
    """324 daily values, and each of the twelve months valid."""
    counts = dict.fromkeys(range(1, 13), 0)
    year = 0
    for day in set(days):
        counts[day.month] += 1
        year = day.year
    enough = all(is_month_valid(year, month, count) for month, count in counts.items())
    return enough and sum(counts.values()) >= needed("year")
