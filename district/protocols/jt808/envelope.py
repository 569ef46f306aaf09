"""Frame ↔ header and body: clause 4.4 of JT/T 808-2013 and -2019."""

from __future__ import annotations

import struct

from .escape import checksum, escaped, unescaped
from .message import V2013, V2019, FrameError, Header

LONGEST_BODY = 0x3FF
PARTED = 1 << 13
IS_2019 = 1 << 14
SHORTEST = 13
"""Header of 2013 and checksum."""
HEAD = struct.Struct(">HH")
WORD = struct.Struct(">H")
PARTS = struct.Struct(">HH")


def opened(frame: bytes) -> tuple[Header, bytes]:
    """Header and body of a frame with its two flags. Raises FrameError.

    Codes: bad_header (no opening 7e), truncated (no closing 7e, or shorter than a header), bad_escape, bad_checksum,
    bad_length (the body is not as long as the header says).
    """
    if not frame.startswith(b"\x7e"):
        raise FrameError("bad_header", f"标识位：首字节 {frame[:1].hex() or '空'}，应为 7e")
    if len(frame) < 2 or not frame.endswith(b"\x7e"):
        raise FrameError("truncated", f"标识位：末字节 {frame[-1:].hex()}，应为 7e，报文不完整")
    content = unescaped(frame[1:-1])
    if len(content) < SHORTEST:
        raise FrameError("truncated", f"长度：转义还原后 {len(content)} 字节，至少 {SHORTEST} 字节")
    told, found = content[-1], checksum(content[:-1])
    if told != found:
        raise FrameError("bad_checksum", f"校验码：报文为 {told:02x}，计算为 {found:02x}")
    header, start = _header(content)
    body = content[start:-1]
    if len(body) != header.body_length:
        raise FrameError("bad_length", f"消息体长度：消息头为 {header.body_length}，实际 {len(body)} 字节")
    return header, body


def _header(content: bytes) -> tuple[Header, int]:
    message_id, attributes = HEAD.unpack_from(content)
    is_2019 = bool(attributes & IS_2019)
    phone_at, digits = (5, 10) if is_2019 else (4, 6)
    serial_at = phone_at + digits
    start = serial_at + 2 + (4 if attributes & PARTED else 0)
    if len(content) < start + 1:
        raise FrameError("bad_length", f"消息头：{len(content) - 1} 字节，按属性 {attributes:04x} 至少 {start} 字节")
    total, index = PARTS.unpack_from(content, serial_at + 2) if attributes & PARTED else (0, 0)
    if attributes & PARTED and not 1 <= index <= total:
        raise FrameError("bad_packet", f"分包：第 {index} 包，共 {total} 包，序号应在 1 与总包数之间")
    return Header(
        message_id=message_id, version=V2019 if is_2019 else V2013,
        phone=content[phone_at:serial_at].hex(), serial=WORD.unpack_from(content, serial_at)[0],
        body_length=attributes & LONGEST_BODY, encryption=attributes >> 10 & 7,
        protocol_version=content[4] if is_2019 else 0, total=total, index=index,
    ), start  # fmt: skip


def closed(header: Header, body: bytes) -> bytes:
    """The frame of a header and a body of at most 1023 bytes; `body_length` is taken from the body."""
    if len(body) > LONGEST_BODY:
        raise ValueError(f"a body of {len(body)} bytes has to be sent in parts")
    is_2019 = header.version == V2019
    attributes = len(body) | header.encryption << 10 | (PARTED if header.is_part else 0) | (IS_2019 if is_2019 else 0)
    head = HEAD.pack(header.message_id, attributes)
    if is_2019:
        head += bytes([header.protocol_version or 1])
    head += bytes.fromhex(header.phone) + WORD.pack(header.serial)
    if header.is_part:
        head += PARTS.pack(header.total, header.index)
    content = head + body
    return b"\x7e" + escaped(content + bytes([checksum(content)])) + b"\x7e"
