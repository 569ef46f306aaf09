"""The semantic layer: what in a well-formed message cannot be true. Such values are quarantined, not counted.

Codes: bad_time, missing_field, unknown_flag, value_not_numeric, value_out_of_range, value_inconsistent.
"""

from __future__ import annotations

from collections.abc import Iterator

from .attributes import COUNTED_MARKS, attribute_of, mark_of, statistic_of
from .message import Finding, Message
from .noise import level_findings
from .numbers import is_fill, last_place, number_of
from .ranges import bounds
from .tables import COMMANDS, MARKS
from .times import EARLIEST, LATEST, is_plausible, moment

TIME_FIELDS = ("DataTime", "BeginTime", "EndTime", "SystemTime", "RestartTime")
NUMBER_FIELDS = (
    "QnRtn", "ExeRtn", "RtdInterval", "MinInterval", "OverTime", "ReCount", "VaseNo", "CTime", "Stime",
)  # fmt: skip
TRIPLES = (("min", "avg", "max"), ("zsmin", "zsavg", "zsmax"))


def findings(message: Message) -> list[Finding]:
    """All that must be quarantined, in the order times, marks and values, consistency; empty when nothing is wrong."""
    return [*_times(message), *_fields(message), *_values(message), *_triples(message), *level_findings(message)]


def _times(message: Message) -> Iterator[Finding]:
    if message.qn is not None:
        at = moment(message.qn)
        if at is not None and not is_plausible(at):
            yield _bad_time("QN", message.qn)
    for name in TIME_FIELDS:
        value = message.cp_field(name)
        if value:
            yield from _moment(name, value)
    begin, end = moment(message.cp_field("BeginTime") or ""), moment(message.cp_field("EndTime") or "")
    if begin and end and begin > end:
        yield Finding("bad_time", f"BeginTime={begin:%Y%m%d%H%M%S} 晚于 EndTime={end:%Y%m%d%H%M%S}")
    for code, attributes in message.factors.items():
        sampled = attribute_of(attributes, "sampletime")
        if sampled:
            yield from _moment(f"{code}-SampleTime", sampled, code)
    if not message.cp_field("DataTime") and _needs_time(message):
        yield Finding("missing_field", f"{message.cn} 上传数据缺少 DataTime", attribute="DataTime")


def _moment(name: str, value: str, item: str = "") -> Iterator[Finding]:
    at = moment(value)
    if at is None:
        yield Finding("bad_time", f"{name}={value}：不是 YYYYMMDDhhmmss 形式的时刻", item, name, value)
    elif not is_plausible(at):
        yield _bad_time(name, value, item)


def _bad_time(name: str, value: str, item: str = "") -> Finding:
    rule = f"应在 {EARLIEST:%Y-%m-%d} 与 {LATEST:%Y-%m-%d} 之间"
    return Finding("bad_time", f"{name}={value}：{rule}", item, name, value)


def _needs_time(message: Message) -> bool:
    command = COMMANDS.get(message.cn)
    if command is None or command.upload_field != "DataTime":
        return False
    return any(statistic_of(name) for attributes in message.factors.values() for name in attributes)


def _fields(message: Message) -> Iterator[Finding]:
    for name in NUMBER_FIELDS:
        value = message.cp_field(name)
        if value and number_of(value) is None:
            yield Finding("value_not_numeric", f"{name}={value}：应为数字", "", name, value)


def _values(message: Message) -> Iterator[Finding]:
    for code, attributes in message.factors.items():
        mark = mark_of(attributes)
        if mark and mark not in MARKS:
            yield Finding("unknown_flag", f"{code}-Flag={mark}：不是标准或地方约定的数据标记", code, "Flag", mark)
        for name, text in attributes.items():
            statistic = statistic_of(name)
            if statistic and (text or mark in COUNTED_MARKS):
                yield from _value(code, name, statistic, text)


def _value(code: str, name: str, statistic: str, text: str) -> Iterator[Finding]:
    value = number_of(text)
    if value is None:
        rule = "应为数字" if text else "值为空，而数据标记不说明原因"
        yield Finding("value_not_numeric", f"{code}-{name}={text}：{rule}", code, name, text)
        return
    low, high = bounds(code, statistic)
    if is_fill(text):
        yield Finding("value_out_of_range", f"{code}-{name}={text}：是缺测填充值，不是测量值", code, name, text)
    elif not low <= value <= high:
        rule = f"应在 {low:g} 与 {high:g} 之间"
        yield Finding("value_out_of_range", f"{code}-{name}={text}：{rule}", code, name, text)
    elif statistic == "rs" and value != int(value):
        yield Finding("value_out_of_range", f"{code}-{name}={text}：应为 0–5 的整数", code, name, text)


def _triples(message: Message) -> Iterator[Finding]:
    """Min ≤ Avg ≤ Max, unless the mark says that the values are none or rounding explains it."""
    for code, attributes in message.factors.items():
        if mark_of(attributes) not in COUNTED_MARKS:
            continue
        lower = {name.lower(): (name, text) for name, text in attributes.items()}
        for triple in TRIPLES:
            present = [lower[name] for name in triple if name in lower]
            for (name, text), (other, above) in _pairs(present):
                if _is_above(text, above):
                    detail = f"{code}-{name}={text} 大于 {code}-{other}={above}"
                    yield Finding("value_inconsistent", detail, code, name, text)


def _pairs(present: list[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for index, first in enumerate(present):
        for second in present[index + 1 :]:
            yield first, second


def _is_above(text: str, above: str) -> bool:
    """Printed to unequal decimals, the coarser one may have been rounded by half of its last place."""
    low, high = number_of(text), number_of(above)
    places = last_place(text), last_place(above)
    slack = 0.0 if places[0] == places[1] else max(places) * 0.500001
    return low is not None and high is not None and low - high > slack
