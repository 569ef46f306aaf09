"""What the engine says happened to an alarm, and how that reads. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from district.kernel.alerts.rules import Binding, Kind


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
    unit = binding.unit
    shown, compared = _number(value, unit), _number(limit, unit)
    if binding.kind is Kind.LIMIT:
        is_above = value is None or limit is None or limit == binding.parameters.above
        what = f"{shown}，{'高于上限' if is_above else '低于下限'} {compared}"
    elif binding.kind is Kind.RATE:
        what = f"突变为 {shown}，超出正常波动界限 {compared}"
    elif binding.kind is Kind.CONSTANT:
        what = f"恒为 {shown}，疑似仪器卡滞"
    elif binding.kind is Kind.ZERO:
        what = f"持续为零（{shown}）"
    elif binding.kind is Kind.MISSING:
        what = f"数据缺失，已 {_length(silent_s)} 没有新读数"
    elif binding.kind is Kind.OFFLINE:
        what = f"设备离线，已 {_length(silent_s)} 没有通信"
    else:
        what = f"读数 {shown} 不合逻辑：{binding.parameters.expression}"
    return f"{binding.subject} {what}".strip()


def _number(value: float | None, unit: str) -> str:
    return "—" if value is None else f"{value:.6g}{' ' + unit if unit else ''}"


def _length(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} 秒"
    return f"{seconds / 60:.0f} 分钟" if seconds < 7200 else f"{seconds / 3600:.1f} 小时"
