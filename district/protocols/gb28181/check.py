"""The semantic layer: what a well-formed message says that cannot be true. It is quarantined, not counted.

Codes: value_out_of_range, value_not_numeric, bad_time, bad_id (frame), unknown_command, unknown_code, count_mismatch,
device_mismatch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .device_id import is_id
from .manscdp import Body, Tree
from .message import Finding, SipMessage
from .moments import moment
from .tables import COMMANDS, FIELDS

CIVIL_CODE_LENGTHS = (2, 4, 6, 8, 10, 12)
"""Nodes of a catalogue that are a division, not a device."""
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")


def findings(message: SipMessage, body: Body | None) -> list[Finding]:
    """All that must be quarantined; empty when nothing is wrong."""
    found = list(_addresses(message))
    if body is not None:
        found += [*_command(body), *_fields(body), *_items(body), *_sender(message, body)]
    return found


def _addresses(message: SipMessage) -> Iterator[Finding]:
    for name, id in (("From", message.from_id), ("To", message.to_id)):
        if not is_id(id):
            yield Finding("bad_id", f"{name} 的编码 {id[:40]!r}：应为 20 位数字", name, id, "frame")


def _command(body: Body) -> Iterator[Finding]:
    known = COMMANDS.get(body.command)
    if known is None:
        yield Finding(
            "unknown_command", f"CmdType={body.command[:40]}：标准没有这种命令", "CmdType", body.command
        )
    elif body.root not in known["roots"].split():
        yield Finding(
            "unknown_command", f"CmdType={body.command} 不应在 {body.root} 中", "CmdType", body.command
        )
    if not is_id(body.device_id) and not (body.root == "Query" and _is_division(body.device_id)):
        yield Finding(
            "bad_id", f"DeviceID={body.device_id[:40]}：应为 20 位数字", "DeviceID", body.device_id, "frame"
        )


def _is_division(text: str) -> bool:
    return len(text) in CIVIL_CODE_LENGTHS and text.isascii() and text.isdigit()


def _fields(body: Body) -> Iterator[Finding]:
    is_query = body.root == "Query"
    for name, value in body.tree.items():
        if isinstance(value, str) and value and name != "DeviceID" and name in FIELDS:
            if is_query and name.startswith("Alarm"):
                continue  # a condition: 0 stands for all, several digits for several
            yield from _field(name, value)


def _field(name: str, value: str) -> Iterator[Finding]:
    rule, low, high = (FIELDS[name][key] for key in ("rule", "low", "high"))
    if rule == "time" and moment(value) is None:
        yield Finding("bad_time", f"{name}={value[:40]}：不是 YYYY-MM-DDThh:mm:ss 形式的时刻", name, value)
    elif rule in ("integer", "number"):
        if not (NUMBER.fullmatch(value) if rule == "number" else value.isascii() and value.isdigit()):
            yield Finding(
                "value_not_numeric",
                f"{name}={value[:40]}：应为{'数' if rule == 'number' else '整数'}",
                name,
                value,
            )
        elif (low and float(value) < float(low)) or (high and float(value) > float(high)):
            yield Finding(
                "value_out_of_range", f"{name}={value[:40]}：应在 {low}～{high or '∞'}", name, value
            )


def _items(body: Body) -> Iterator[Finding]:
    if body.declared_items is not None and body.declared_items != len(body.items):
        yield Finding(
            "count_mismatch",
            f"Num={body.declared_items}，实有 {len(body.items)} 项",
            "Num",
            str(body.declared_items),
        )
    if len(body.items) > body.total:
        yield Finding(
            "count_mismatch", f"SumNum={body.total}，本条已有 {len(body.items)} 项", "SumNum", str(body.total)
        )
    for item in body.items:
        yield from _item(body, item)


def _item(body: Body, item: Tree) -> Iterator[Finding]:
    id = item.get("DeviceID", "")
    if body.command in ("Catalog", "RecordInfo", "MobilePosition"):
        if not isinstance(id, str) or not id:
            yield Finding("missing_field", "目录项缺少 DeviceID", "DeviceID", layer="frame")
        elif not (is_id(id) or _is_division(id)):
            yield Finding(
                "bad_id", f"目录项 DeviceID={id[:40]}：应为 20 位数字或行政区划代码", "DeviceID", id, "frame"
            )
    for name in ("Longitude", "Latitude", "StartTime", "EndTime"):
        value = item.get(name)
        if isinstance(value, str) and value:
            yield from _field(name, value)


def _sender(message: SipMessage, body: Body) -> Iterator[Finding]:
    if body.command == "Keepalive" and is_id(body.device_id) and body.device_id != message.from_id:
        yield Finding(
            "device_mismatch",
            f"DeviceID={body.device_id} 与发送方 {message.from_id} 不同",
            "DeviceID",
            body.device_id,
        )
    begin, end = (moment(body.text(name)) for name in ("StartTime", "EndTime"))
    if begin and end and begin > end:
        yield Finding(
            "bad_time", f"StartTime={body.text('StartTime')} 晚于 EndTime={body.text('EndTime')}", "StartTime"
        )
