"""What the engine says happened to an alarm, and how that reads. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from district.kernel.alerts.rules import Binding, Kind
from district.kernel.wording import Sentence

ABOVE: Final = Sentence("%(subject)s %(value)s，高于上限 %(limit)s")
BELOW: Final = Sentence("%(subject)s %(value)s，低于下限 %(limit)s")
JUMPED: Final = Sentence("%(subject)s 突变为 %(value)s，超出正常波动界限 %(limit)s")
STUCK: Final = Sentence("%(subject)s 恒为 %(value)s，疑似仪器卡滞")
ZERO: Final = Sentence("%(subject)s 持续为零（%(value)s）")
MISSING: Final = Sentence("%(subject)s 数据缺失，已 %(time)s 没有新读数")
OFFLINE: Final = Sentence("%(subject)s 设备离线，已 %(time)s 没有通信")
ILLOGICAL: Final = Sentence("%(subject)s 读数 %(value)s 不合逻辑：%(expression)s")
SECONDS: Final = Sentence("%(n)s 秒")
MINUTES: Final = Sentence("%(n)s 分钟")
HOURS: Final = Sentence("%(n)s 小时")


class Change(StrEnum):
    RAISED = "raised"
    UPDATED = "updated"
    CLEARED = "cleared"


@dataclass(frozen=True)
class Transition:
    """One change of one alarm, known by `key`. Times are Unix seconds.

    `since` is when the first of the readings behind it was taken, `count` how many bad readings so far,
    `peak` the one furthest from good. `value` and `limit` are None where there is no number.
    """

    change: Change
    key: str
    binding: Binding
    at: float
    since: float
    value: float | None
    limit: float | None
    peak: float | None
    count: int
    message: str


def message_of(binding: Binding, value: float | None, limit: float | None, silent_s: float = 0.0) -> str:
    """One Chinese sentence that says what is wrong with what."""
    kind, unit, subject = binding.kind, binding.unit, binding.subject
    shown = _number(value, unit)
    if kind is Kind.LIMIT:
        is_above = value is None or limit is None or limit == binding.parameters.above
        text = (ABOVE if is_above else BELOW)(subject=subject, value=shown, limit=_number(limit, unit))
    elif kind is Kind.RATE:
        text = JUMPED(subject=subject, value=shown, limit=_number(limit, unit, 4))
    elif kind is Kind.MISSING:
        text = MISSING(subject=subject, time=_length(silent_s))
    elif kind is Kind.OFFLINE:
        text = OFFLINE(subject=subject, time=_length(silent_s))
    elif kind is Kind.EXPRESSION:
        text = ILLOGICAL(subject=subject, value=shown, expression=binding.parameters.expression)
    else:
        text = (STUCK if kind is Kind.CONSTANT else ZERO)(subject=subject, value=shown)
    return text.strip()


def _number(value: float | None, unit: str, digits: int = 6) -> str:
    """`digits` significant ones: a limit that was reckoned is not known to more than four."""
    return "—" if value is None else f"{float(f'{value:.{digits}g}'):.6g}{' ' + printed(unit) if unit else ''}"


def printed(unit: str) -> str:
    """`ug/m3` → `µg/m³`."""
    return unit.replace("ug/", "µg/").replace("m3", "m³")


def _length(seconds: float) -> str:
    if seconds < 120:
        return SECONDS(n=f"{seconds:.0f}")
    return MINUTES(n=f"{seconds / 60:.0f}") if seconds < 7200 else HOURS(n=f"{seconds / 3600:.1f}")
