"""When an outlet is over its limit: flue gas by the hour, waste water by the day.

Gas: hourly means (converted to reference oxygen where the limit is) against the limit; starts and stops are
exempt as the sector's rule says (`tables/plant_states.csv`). Water: daily flow-weighted mean; pH by its range.
Full values are compared, without rounding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from district.systems.environment.quantities import BadQuantity, Number, exact
from district.systems.environment.spans import runs
from district.systems.environment.standards import table
from district.systems.environment.validity import Verdict


@dataclass(frozen=True)
class Limit:
    """What a permit allows: `high`, and `low` for ranges such as pH. Bounds themselves are allowed."""

    high: float | None = None
    low: float | None = None

    def __post_init__(self) -> None:
        if self.high is None and self.low is None:
            raise BadQuantity("no_limit", "限值上下限不能都为空", "limit")


@dataclass(frozen=True)
class Exceedance:
    """Hours `start` to `stop` (exclusive) over the limit without a break. `multiple` is peak/limit - 1, None for
    a value below a lower bound or a limit of zero."""

    start: int
    stop: int
    hours: int
    peak: float
    multiple: float | None


@dataclass(frozen=True)
class HourlyJudgement:
    """Per hour: over the limit and counting, over it but exempt; and the runs of the first."""

    is_exceeding: NDArray[np.bool_]
    is_exempt: NDArray[np.bool_]
    exceedances: tuple[Exceedance, ...]


@cache
def exempt_states() -> Mapping[str, int | None]:
    """Plant state → longest exempt run in hours, None without bound (default table; sectors may differ)."""
    return {
        row["state"]: int(row["longest_hours"]) if row["longest_hours"] else None
        for row in table("plant_states")
        if row["effect"] == "exempt"
    }


def exempt_hours(
    states: Sequence[str], exemptions: Mapping[str, int | None] | None = None
) -> NDArray[np.bool_]:
    """Which hours are exempt. Of a run in one state only the first `longest` hours are."""
    rules = exempt_states() if exemptions is None else exemptions
    names = np.asarray(states, dtype="U16")
    out = np.zeros(len(names), dtype=bool)
    for state, longest in rules.items():
        for start, stop in runs(names == state):
            out[start : stop if longest is None else min(stop, start + longest)] = True
    return out


def judge_hours(
    values: ArrayLike, limit: Limit, worth: NDArray[np.int8], states: Sequence[str] | None = None,
    exemptions: Mapping[str, int | None] | None = None,
) -> HourlyJudgement:
    """Hours over the limit among the valid ones (`validity.verdicts`); invalid and stopped hours never exceed."""
    numbers = np.asarray(values, dtype=np.float64)
    is_over = _is_over(numbers, limit) & (worth == Verdict.VALID)
    is_exempt = np.zeros(len(numbers), dtype=bool) if states is None else exempt_hours(states, exemptions)
    counts = is_over & ~is_exempt
    found = tuple(_exceedance(numbers, limit, start, stop) for start, stop in runs(counts))
    return HourlyJudgement(counts, is_over & is_exempt, found)


def _is_over(values: NDArray[np.float64], limit: Limit) -> NDArray[np.bool_]:
    over = np.zeros(values.shape, dtype=bool)
    if limit.high is not None:
        over |= values > limit.high
    if limit.low is not None:
        over |= values < limit.low
    return over


def _exceedance(values: NDArray[np.float64], limit: Limit, start: int, stop: int) -> Exceedance:
    part = values[start:stop]
    distance = np.maximum(
        part - (np.inf if limit.high is None else limit.high), (-np.inf if limit.low is None else limit.low) - part
    )
    peak = float(part[int(np.argmax(distance))])
    return Exceedance(start, stop, stop - start, peak, _multiple(peak, limit))


def _multiple(peak: float, limit: Limit) -> float | None:
    if limit.high is None or limit.high <= 0 or peak <= limit.high or limit.low is not None:
        return None
    return float(exact(peak) / exact(limit.high) - 1)


def judge_day(mean: Number | None, limit: Limit) -> tuple[bool | None, float | None]:
    """(over the limit, multiple) of a waste water day; (None, None) without a mean. For pH give the day's
    lowest and highest value one after the other."""
    if mean is None:
        return None, None
    value = exact(mean, "mean")
    is_over = (limit.high is not None and value > exact(limit.high)) or (
        limit.low is not None and value < exact(limit.low)
    )
    return is_over, _multiple(float(value), limit) if is_over else None
