"""From results to a score. No Django."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from district.kernel.datasets.quality.trial import Result

DIMENSIONS = ("completeness", "conformity", "uniqueness", "timeliness", "consistency", "accuracy")
LEAST_TOTAL = 90.0
FALL = 10.0
"""House rule: a score below the one, or a fall by the other, is told to whoever answers for the data."""


def shares_of(results: Iterable[Result]) -> dict[str, float]:
    """Dimension → share of the checked values that pass, for those dimensions that were measured."""
    sums: dict[str, list[float]] = {}
    for each in results:
        total = sums.setdefault(each.dimension, [0, 0])
        total[0] += each.checked
        total[1] += each.failing
    return {key: 1 - sums[key][1] / sums[key][0] for key in DIMENSIONS if sums.get(key, (0,))[0]}


def total_of(shares: dict[str, float]) -> float:
    """0 to 100: the mean of the measured dimensions; 100 where nothing was measured."""
    return 100 * sum(shares.values()) / len(shares) if shares else 100.0


def timeliness(age: timedelta, allowed: timedelta) -> float:
    """1 while the age is within what is allowed, then less and less: half at twice the time."""
    return 1.0 if age <= allowed else allowed / age


def has_fallen(total: float, before: float | None) -> bool:
    """Whether this is news: below the mark and not before, or much less than before."""
    if before is None:
        return total < LEAST_TOTAL
    return (total < LEAST_TOTAL <= before) or before - total >= FALL
