"""Streams of terminals: RTP packets with a header of JT/T 1078's own (table 19). Counted and told apart, never decoded."""

from __future__ import annotations

import struct
from dataclasses import dataclass

MAGIC = b"\x30\x31\x63\x64"
HEAD = struct.Struct(">4sBBH6sBB")
TRANSPARENT, SOUND = 4, 3
LONGEST_BODY = 950 * 4
"""The standard says 950 bytes; some send more."""


class StreamError(ValueError):
    """Bytes that are no stream of this kind."""


@dataclass(frozen=True, slots=True)
class Packet:
    """`kind` 0 I frame, 1 P, 2 B, 3 sound, 4 transparent; `part` 0 whole, 1 first, 2 last, 3 middle. `phone`: 12 digits."""

    phone: str
    channel: int
    sequence: int
    kind: int
    part: int
    payload_type: int
    size: int


class StreamReader:
    """Takes the bytes of one connection, cut anywhere, gives packets. Bounded in memory."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, chunk: bytes) -> list[Packet]:
        """Raises StreamError when what stands there is no packet."""
        data, at = self._held + chunk, 0
        found = []
        while True:
            packet, end = packet_at(data, at)
            if packet is None:
                break
            found.append(packet)
            at = end
        self._held = data[at:]
        return found


def packet_at(data: bytes, at: int = 0) -> tuple[Packet | None, int]:
    """The packet that begins there and where it ends; None when it has not come whole."""
    if not MAGIC.startswith(data[at : at + 4]) and data[at : at + 4] != MAGIC:
        raise StreamError(f"帧头标识 {data[at:at + 4].hex()}，应为 {MAGIC.hex()}")
    if len(data) - at < HEAD.size:
        return None, at
    _magic, _flags, payload, sequence, phone, channel, kinds = HEAD.unpack_from(data, at)
    kind, part = kinds >> 4, kinds & 15
    length_at = at + HEAD.size + (0 if kind == TRANSPARENT else 8) + (4 if kind < SOUND else 0)
    if len(data) < length_at + 2:
        return None, at
    size = int.from_bytes(data[length_at : length_at + 2], "big")
    if kind > TRANSPARENT or size > LONGEST_BODY:
        raise StreamError(f"数据类型 {kind}、数据体 {size} 字节，不是音视频数据包")
    end = length_at + 2 + size
    if len(data) < end:
        return None, at
    return Packet(phone.hex(), channel, sequence, kind, part, payload & 0x7F, size), end


def packet(phone: str, channel: int, sequence: int, kind: int, body: bytes, *, part: int = 0, at_ms: int = 0) -> bytes:
    """A packet as a terminal sends it: for simulated ones and tests."""
    head = HEAD.pack(MAGIC, 0x81, 0x80 | (98 if kind < SOUND else 6), sequence & 0xFFFF, bytes.fromhex(phone[-12:].zfill(12)),
                     channel, kind << 4 | part)  # fmt: skip
    times = b"" if kind == TRANSPARENT else at_ms.to_bytes(8, "big") + (bytes(4) if kind < SOUND else b"")
    return head + times + len(body).to_bytes(2, "big") + body
