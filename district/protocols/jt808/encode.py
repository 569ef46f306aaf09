"""What a platform says to a terminal, and what a terminal says: bodies for `frames_of`."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from .envelope import LONGEST_BODY, closed
from .message import V2019, Header

SERIALS = 1 << 16


def frames_of(header: Header, body: bytes) -> list[bytes]:
    """The frames of a message: one, or as many parts as its body needs, with serials from the header's on."""
    if len(body) <= LONGEST_BODY:
        return [closed(replace(header, total=0, index=0), body)]
    pieces = [body[at : at + LONGEST_BODY] for at in range(0, len(body), LONGEST_BODY)]
    return [
        closed(replace(header, serial=(header.serial + at) % SERIALS, total=len(pieces), index=at + 1), piece)
        for at, piece in enumerate(pieces)
    ]


def reply_header(to: Header, message_id: int, serial: int) -> Header:
    """A header in the version of the terminal, its phone as it was sent."""
    return Header(message_id, to.version, to.phone, serial, 0, protocol_version=to.protocol_version)


def general_reply(to: Header, result: int = 0) -> bytes:
    return struct.pack(">HHB", to.serial, to.message_id, result)


def registration_reply(to: Header, result: int, auth_code: str = "") -> bytes:
    """Result 0 registered, 1 vehicle already, 2 no such vehicle, 3 terminal already, 4 no such terminal."""
    return struct.pack(">HB", to.serial, result) + (auth_code.encode("gb18030") if result == 0 else b"")


def missing_parts(to: Header, first_serial: int, indexes: Sequence[int]) -> bytes:
    """0x8003: which parts to send again."""
    count = struct.pack(">H" if to.version == V2019 else ">B", len(indexes))
    return struct.pack(">H", first_serial) + count + b"".join(struct.pack(">H", each) for each in indexes)


def message_text(version: int, text: str, *, flag: int = 0b100, text_type: int = 1) -> bytes:
    """0x8300, at most 1024 bytes of GBK. `flag` bits: 0 urgent, 2 on the display, 3 read aloud."""
    raw = text.encode("gb18030", "replace")
    if len(raw) > 1024:
        raise ValueError(f"文本：{len(raw)} 字节，不得超过 1024 字节（GBK）")
    return bytes([flag]) + (bytes([text_type]) if version == V2019 else b"") + raw


def parameters(items: Sequence[tuple[int, bytes]]) -> bytes:
    """0x8103: id of the parameter and its bytes."""
    return bytes([len(items)]) + b"".join(struct.pack(">IB", name, len(raw)) + raw for name, raw in items)


def asked_parameters(ids: Sequence[int]) -> bytes:
    """0x8106."""
    return bytes([len(ids)]) + b"".join(struct.pack(">I", each) for each in ids)


def control(word: int, words: str = "") -> bytes:
    """0x8105: 1 upgrade, 2 connect elsewhere, 3 off, 4 restart, 5 factory settings, 6 data off, 7 all radio off."""
    return bytes([word]) + words.encode("gb18030")


def confirmed_alarm(serial: int, bits: int) -> bytes:
    """0x8203: serial of the alarm's message (0: all of these kinds), and which alarms."""
    return struct.pack(">HI", serial, bits)


def shot(channel: int, count: int, *, resolution: int = 1, quality: int = 5) -> bytes:
    """0x8801: pictures now, one after the other, sent and not kept; `count` 0xFFFF a film, 0 ends it."""
    return struct.pack(">BHHBBBBBBB", channel, count, 0, 0, resolution, quality, 128, 64, 64, 128)


def server_time(at: datetime) -> bytes:
    """0x8004, UTC; `at` is aware."""
    return bytes.fromhex(at.astimezone(UTC).strftime("%y%m%d%H%M%S"))


def tracking(interval_s: int, valid_s: int) -> bytes:
    """0x8202; an interval of 0 ends it."""
    return struct.pack(">HI", interval_s, valid_s) if interval_s else struct.pack(">H", 0)


def position(*, alarm: int, status: int, latitude: float, longitude: float, altitude: int, speed_kmh: float,
             direction: int, time: str, items: Sequence[tuple[int, bytes]] = ()) -> bytes:  # fmt: skip
    """0x0200. `time` is `YYMMDDhhmmss`, Beijing time; degrees of either sign."""
    status = (status & ~0b1100) | (0b100 if latitude < 0 else 0) | (0b1000 if longitude < 0 else 0)
    fixed = struct.pack(">IIIIHHH", alarm, status, round(abs(latitude) * 1e6), round(abs(longitude) * 1e6), altitude,
                        round(speed_kmh * 10), direction)  # fmt: skip
    return fixed + bytes.fromhex(time) + b"".join(bytes([kind, len(raw)]) + raw for kind, raw in items)


def batch(positions: Sequence[bytes], kind: int = 0) -> bytes:
    """0x0704 of bodies of 0x0200; `kind` 1 for those kept in a place without a network."""
    return struct.pack(">HB", len(positions), kind) + b"".join(struct.pack(">H", len(raw)) + raw for raw in positions)


def registration(version: int, *, province: int, city: int, manufacturer: str, model: str, terminal_id: str,
                 plate_colour: int, plate: str) -> bytes:  # fmt: skip
    """0x0100 in the layout of the version."""
    widths = (11, 30, 30) if version == V2019 else (5, 20, 7)
    texts = (each.encode("gb18030")[:width].ljust(width, b"\0")
             for each, width in zip((manufacturer, model, terminal_id), widths, strict=True))  # fmt: skip
    return struct.pack(">HH", province, city) + b"".join(texts) + bytes([plate_colour]) + plate.encode("gb18030")


def authentication(version: int, code: str, imei: str = "", software: str = "") -> bytes:
    """0x0102."""
    raw = code.encode("gb18030")
    if version != V2019:
        return raw
    return bytes([len(raw)]) + raw + imei.encode()[:15].ljust(15, b"\0") + software.encode()[:20].ljust(20, b"\0")
