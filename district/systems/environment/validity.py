"""Which online data of pollution sources count: HJ 75-2017 for flue gas, HJ 355/356-2019 for waste water."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from district.systems.environment.quantities import BadQuantity
from district.systems.environment.standards import table

Medium = Literal["gas", "water"]


class Verdict(IntEnum):
    """What an hour (or a sample) is worth. STOPPED hours owe no data; MISSING and INVALID ones are gaps."""

    VALID = 0
    INVALID = 1
    MISSING = 2
    STOPPED = 3


@dataclass(frozen=True)
class Mark:
    """A data flag of HJ 212 as a rule: `effect` is valid, invalid, stopped or manual."""

    flag: str
    zh: str
    en: str
    effect: str


@dataclass(frozen=True)
class HourMean:
    """Mean of the valid minutes; `value` is None unless the verdict is VALID. `reason` is a machine code."""

    value: float | None
    verdict: Verdict
    valid_minutes: int
    reason: str


@cache
def marks() -> dict[str, Mark]:
    """All data flags by letter."""
    return {row["flag"]: Mark(row["flag"], row["zh"], row["en"], row["effect"]) for row in table("data_marks")}


@cache
def required(medium: Medium, rule: str) -> int:
    """The number a rule asks for (`hour` minutes, `day` hours, `month`, `february` days, `capture` percent)."""
    return {(row["medium"], row["rule"]): int(row["value"]) for row in table("source_validity")}[medium, rule]


def verdicts(
    values: ArrayLike, flags: Sequence[str], states: Sequence[str] | None = None, *, accept_manual: bool = True
) -> NDArray[np.int8]:
    """Verdict per reading from its value (NaN missing), data flag ("" counts as N) and plant state.

    An unknown flag is invalid: better a gap a person can see than a number nobody vouches for. Negative values
    are invalid. `accept_manual` says whether hand-entered data (S) count.
    """
    numbers = np.asarray(values, dtype=np.float64)
    out = np.full(numbers.shape, Verdict.INVALID, dtype=np.int8)
    letters = np.asarray([flag or "N" for flag in flags], dtype="U8")
    if letters.shape != numbers.shape or (states is not None and len(states) != len(numbers)):
        raise BadQuantity("wrong_length", "数值、标记、工况的个数不同", "flags")
    counting = [mark.flag for mark in marks().values()
                if mark.effect == "valid" or (accept_manual and mark.effect == "manual")]
    out[np.isin(letters, counting) & (numbers >= 0)] = Verdict.VALID
    out[np.isnan(numbers)] = Verdict.MISSING
    stopped = [mark.flag for mark in marks().values() if mark.effect == "stopped"]
    is_stopped = np.isin(letters, stopped)
    if states is not None:
        idle = [row["state"] for row in table("plant_states") if row["effect"] == "stopped"]
        is_stopped |= np.isin(np.asarray(states, dtype="U16"), idle)
    out[is_stopped] = Verdict.STOPPED
    return out


def hour_mean(values: ArrayLike, flags: Sequence[str], minutes_each: int = 1) -> HourMean:
    """Hourly mean from readings that stand for `minutes_each` minutes; valid with 45 valid minutes."""
    numbers = np.asarray(values, dtype=np.float64)
    worth = verdicts(numbers, flags)
    valid = numbers[worth == Verdict.VALID]
    minutes = len(valid) * minutes_each
    stopped = int((worth == Verdict.STOPPED).sum()) * minutes_each
    if minutes >= required("gas", "hour"):
        return HourMean(math.fsum(valid) / len(valid), Verdict.VALID, minutes, "")
    if stopped > 60 - required("gas", "hour"):
        return HourMean(None, Verdict.STOPPED, minutes, "stopped")
    if not (worth != Verdict.MISSING).any():
        return HourMean(None, Verdict.MISSING, minutes, "missing")
    return HourMean(None, Verdict.INVALID, minutes, "too_few_minutes")


def is_day_valid(valid_hours: int, stopped_hours: int = 0) -> bool:
    """20 valid hours. On a day with stops the same share, 20 of 24, of the hours the source ran; a day without
    a running hour is not valid (there is nothing to average)."""
    running = 24 - stopped_hours
    return running > 0 and valid_hours * 24 >= required("gas", "day") * running


def is_month_valid(month: int, valid_days: int) -> bool:
    """25 valid days, February 23."""
    return valid_days >= required("gas", "february" if month == 2 else "month")


def capture_rate(hours: int, gaps: int, stopped: int = 0) -> float | None:
    """有效数据捕集率 in percent: (hours - gaps - stopped) / (hours - stopped); None when it never ran."""
    running = hours - stopped
    if running <= 0:
        return None
    if not 0 <= gaps <= running:
        raise BadQuantity("out_of_range", f"无效小时 {gaps} 不在 0 与运行小时 {running} 之间", "gaps")
    return 100 * (running - gaps) / running


def capture_rate_of(worth: NDArray[np.int8]) -> float | None:
    """Capture rate of hourly verdicts, for a quarter or any other span."""
    gaps = int(((worth == Verdict.INVALID) | (worth == Verdict.MISSING)).sum())
    return capture_rate(len(worth), gaps, int((worth == Verdict.STOPPED).sum()))


def is_capture_enough(rate: float | None) -> bool:
    """75 % in a quarter; a source that never ran owes nothing."""
    return rate is None or rate >= required("gas", "capture")


def is_water_day_valid(valid_samples: int, expected_samples: int, at_least_percent: int | None = None) -> bool:
    """Share of the samples a day owes; 75 % unless the network sets another minimum."""
    needed = required("water", "day") if at_least_percent is None else at_least_percent
    return expected_samples > 0 and 100 * valid_samples >= needed * expected_samples
