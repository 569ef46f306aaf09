"""0x0200 position, 0x0201 answer to a query, 0x0704 batch: clauses 8.18, 8.19, 8.49 of JT/T 808-2013 (8.12 ff. of 2019)."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

from .message import FrameError
from .reading import Cursor, moment

FIXED = struct.Struct(">IIIIHHH6s")
"""Alarm, status, latitude, longitude, altitude, speed, direction, time."""
ACC, POSITIONED, SOUTH, WEST, SHIFTED = 1, 2, 4, 8, 32

Meaning = tuple[frozenset[int], Callable[[bytes], dict[str, Any]]]


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "big")


def _overspeed(raw: bytes) -> dict[str, Any]:
    told: dict[str, Any] = {"type": raw[0]}
    if len(raw) == 5:
        told["id"] = _number(raw[1:])
    return {"overspeed": told}


def _temperature(raw: bytes) -> dict[str, Any]:
    """The top bit is a sign; the printed range -32767…32767 is that of sign and magnitude."""
    value = _number(raw)
    return {"cabin_temperature_c": -(value & 0x7FFF) if value & 0x8000 else value}


MEANINGS: dict[int, Meaning] = {
    0x01: (frozenset({4}), lambda raw: {"mileage_km": _number(raw) / 10}),
    0x02: (frozenset({2}), lambda raw: {"fuel_l": _number(raw) / 10}),
    0x03: (frozenset({2}), lambda raw: {"recorder_speed_kmh": _number(raw) / 10}),
    0x04: (frozenset({2}), lambda raw: {"event_id": _number(raw)}),
    0x06: (frozenset({2}), _temperature),
    0x11: (frozenset({1, 5}), _overspeed),
    0x12: (frozenset({6}), lambda raw: {"area": {"type": raw[0], "id": _number(raw[1:5]), "direction": raw[5]}}),
    0x13: (
        frozenset({7}),
        lambda raw: {"route_time": {"id": _number(raw[:4]), "seconds": _number(raw[4:6]), "result": raw[6]}},
    ),
    0x14: (frozenset({4}), lambda raw: {"video_alarm_bits": _number(raw)}),
    0x15: (frozenset({4}), lambda raw: {"video_lost_channels": _number(raw)}),
    0x16: (frozenset({4}), lambda raw: {"video_covered_channels": _number(raw)}),
    0x17: (frozenset({2}), lambda raw: {"storage_fault_bits": _number(raw)}),
    0x18: (frozenset({3}), lambda raw: {"abnormal_driving_bits": _number(raw[:2]), "fatigue_percent": raw[2]}),
    0x25: (frozenset({4}), lambda raw: {"signal_bits": _number(raw)}),
    0x2A: (frozenset({2}), lambda raw: {"io_bits": _number(raw)}),
    0x2B: (frozenset({4}), lambda raw: {"ad0": _number(raw[2:]), "ad1": _number(raw[:2])}),
    0x30: (frozenset({1}), lambda raw: {"csq": raw[0]}),
    0x31: (frozenset({1}), lambda raw: {"satellites": raw[0]}),
}
"""Additional item → the lengths it may have, and what it means. Of another length it stays bytes."""


def position(body: bytes) -> dict[str, Any]:
    """A position with its additional items. Raises FrameError `body_too_short`, `bad_extra_item`."""
    if len(body) < FIXED.size:
        raise FrameError("body_too_short", f"位置基本信息：{len(body)} 字节，至少 {FIXED.size} 字节")
    alarm, status, latitude, longitude, altitude, speed, direction, time = FIXED.unpack_from(body)
    return {
        "alarm": alarm, "status": status, "acc": bool(status & ACC), "positioned": bool(status & POSITIONED),
        "latitude": (-latitude if status & SOUTH else latitude) / 1e6,
        "longitude": (-longitude if status & WEST else longitude) / 1e6,
        "altitude": altitude, "speed": speed / 10, "direction": direction, "time": moment(time),
        "extras": items(body, FIXED.size),
    }  # fmt: skip


def items(body: bytes, at: int) -> list[dict[str, Any]]:
    """The additional items from `at` on: id, length, bytes in hexadecimal, and their meaning where it is known."""
    found: list[dict[str, Any]] = []
    while at < len(body):
        if at + 2 > len(body) or at + 2 + body[at + 1] > len(body):
            length = body[at + 1] if at + 1 < len(body) else None
            raise FrameError("bad_extra_item", f"附加信息 0x{body[at]:02X}：长度 {length}，消息体只剩 {len(body) - at - 1} 字节")
        kind, length = body[at], body[at + 1]
        raw = body[at + 2 : at + 2 + length]
        item: dict[str, Any] = {"id": f"0x{kind:02X}", "len": length, "hex": raw.hex()}
        known = MEANINGS.get(kind)
        if known is not None and length in known[0]:
            item |= known[1](raw)
        found.append(item)
        at += 2 + length
    return found


def answered_position(body: bytes) -> dict[str, Any]:
    cursor = Cursor(body)
    serial = cursor.word("应答流水号")
    return {"reply_serial": serial, "location": position(cursor.rest())}


def batch(body: bytes) -> dict[str, Any]:
    """`type` 0 normal, 1 sent again from a place without a network (盲区补报)."""
    cursor = Cursor(body)
    count, kind = cursor.word("数据项个数"), cursor.byte("位置数据类型")
    found = []
    for number in range(count):
        length = cursor.word(f"第 {number + 1} 条位置数据体长度")
        found.append(position(cursor.take(length, f"第 {number + 1} 条位置数据体")))
    return {"count": count, "type": kind, "locations": found}
