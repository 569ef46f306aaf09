"""Where an indicator is heading: the line through the median of all slopes (Theil, Sen), with an interval. Pure.

Slope: the median over all pairs of days; its interval is Sen's (1968), from the variance of Kendall's S. A day's value is the
line's plus the spread of what was seen around it. Nothing is said of the future from fewer than FEWEST_DAYS days.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

FEWEST_DAYS = 10
FEWEST_SPAN = 14
"""Days from the first to the last value."""
Z90 = 1.6449
FARTHEST_DAYS = 3650
"""Nobody's line holds for more than ten years."""


class Kind(StrEnum):
    NOT_ENOUGH = "not_enough"
    DUE = "due"
    """The day it is due is yet to come: value then, and its interval."""
    REACHED = "reached"
    """The newest value already meets the target."""
    REACHES = "reaches"
    """It is late: on which day it would be met, if it went on like this."""
    NEVER = "never"
    """It is late, and does not get nearer (or not for ten years)."""
    NO_TARGET = "no_target"


@dataclass(frozen=True)
class Outlook:
    """`slope` per day with its interval; `value`, `low`, `high` on `on`. For REACHES `on` is the day in the middle, `from_on`
    and `until_on` the interval (None: not within ten years). `days`: values it rests on."""

    kind: Kind
    days: int
    slope: float | None = None
    slope_low: float | None = None
    slope_high: float | None = None
    on: date | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True)
class Trend:
    """`value(day)` of the line; `half` is the 90 % spread around it."""

    origin: date
    level: float
    slope: float
    slope_low: float
    slope_high: float
    half: float

    def value(self, on: date, slope: float | None = None) -> float:
        return self.level + (self.slope if slope is None else slope) * (on - self.origin).days


def outlook(history: Sequence[tuple[date, float]], target: float | None, due_on: date | None, today: date,
            limits: tuple[float, float] = (0.0, 100.0)) -> Outlook:  # fmt: skip
    """What the days of `history`, one value each, say of the day it is due; higher is better, values stay within `limits`."""
    trend = trend_of(history)
    if target is None:
        return Outlook(Kind.NO_TARGET, len(history))
    if trend is None:
        return Outlook(Kind.NOT_ENOUGH, len(history))
    told = (len(history), trend.slope, trend.slope_low, trend.slope_high)
    if due_on is not None and due_on >= today:
        middle, low, high = (min(max(each, limits[0]), limits[1]) for each in _interval(trend, due_on))
        return Outlook(Kind.DUE, *told, due_on, middle, low, high)
    newest = max(history)[1]
    if newest >= target:
        return Outlook(Kind.REACHED, *told, max(history)[0], newest)
    days = _days_until(trend, target, trend.slope, today)
    if days is None or target > limits[1]:
        return Outlook(Kind.NEVER, *told)
    early, late = (_days_until(trend, target, slope, today) for slope in (trend.slope_high, trend.slope_low))
    return Outlook(
        Kind.REACHES, *told, today + timedelta(days), target, from_on=today + timedelta(early if early is not None else days),
        until_on=None if late is None else today + timedelta(max(late, days)),
    )  # fmt: skip


def trend_of(history: Sequence[tuple[date, float]]) -> Trend | None:
    """The line, None when there are too few days or they lie too close together."""
    rows = sorted(history)
    if len(rows) < FEWEST_DAYS or (rows[-1][0] - rows[0][0]).days < FEWEST_SPAN:
        return None
    origin = rows[-1][0]
    x = np.array([(on - origin).days for on, _value in rows], dtype=float)
    y = np.array([value for _on, value in rows], dtype=float)
    first, second = np.triu_indices(len(x), 1)
    apart = x[second] - x[first]
    slopes = np.sort((y[second] - y[first])[apart > 0] / apart[apart > 0])
    slope = float(np.median(slopes))
    low, high = _slope_interval(slopes, y)
    level = float(np.median(y - slope * x))
    half = float(np.quantile(np.abs(y - level - slope * x), 0.9, method="higher"))
    return Trend(origin, level, slope, min(low, slope), max(high, slope), half)


def _slope_interval(slopes: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    n = len(y)
    ties = np.unique(y, return_counts=True)[1].astype(float)
    variance = (n * (n - 1) * (2 * n + 5) - float((ties * (ties - 1) * (2 * ties + 5)).sum())) / 18
    reach = Z90 * math.sqrt(max(variance, 0.0))
    low = max(math.floor((len(slopes) - reach) / 2), 0)
    high = min(math.ceil((len(slopes) + reach) / 2), len(slopes) - 1)
    return float(slopes[low]), float(slopes[high])


def _interval(trend: Trend, on: date) -> tuple[float, float, float]:
    ends = [trend.value(on, slope) for slope in (trend.slope_low, trend.slope_high)]
    return trend.value(on), min(ends) - trend.half, max(ends) + trend.half


def _days_until(trend: Trend, target: float, slope: float, today: date) -> int | None:
    """Days from today until the line of that slope reaches the target, None when it does not within ten years."""
    if slope <= 0:
        return None
    days = math.ceil((target - trend.level) / slope) + (trend.origin - today).days
    return max(days, 0) if days <= FARTHEST_DAYS else None
