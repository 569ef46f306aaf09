"""The envelope of one frame: header `##`, length, data segment, CRC, tail. HJ 212-2017 section 6.1."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .crc import crc16, mistaken_for
from .message import FrameError

HEADER = b"##"
TAIL = b"\r\n"
OVERHEAD = 12
"""Bytes around the data segment: 2 header, 4 length, 4 CRC, 2 tail."""

WHOLE_END = re.compile(rb"&&[0-9A-Fa-f]{4}\r\n\Z")
CIPHER = b"CP=&&{0x"
"""How an encrypted data area begins (2025): its length and CRC may be those of the plain text."""

MISTAKES = {
    "modbus": "与 Modbus CRC-16 相符（modbus）：发送方用错了算法",
    "modbus_swapped": "与高低字节颠倒的 Modbus CRC-16 相符（modbus）：发送方用错了算法",
    "swapped": "与高低字节颠倒的正确校验相符：发送方字节顺序反了",
}


@dataclass(frozen=True, slots=True)
class Envelope:
    """The data segment and the CRC as received. `is_proven` says that the CRC fits the bytes of the segment."""

    segment: bytes
    length: int
    crc: int
    is_proven: bool


def open_envelope(frame: bytes) -> Envelope:
    """Checks the envelope of exactly one frame.

    Raises FrameError bad_header, bad_length, truncated, bad_tail or bad_crc. The CRC of an encrypted data area is not
    judged here when it does not fit the cipher text, because it may be that of the plain text.
    """
    if frame[:2] != HEADER[: len(frame)] or not frame:
        raise FrameError("bad_header", f"包头应为 ##，实为 {frame[:2]!r}")
    length = _declared_length(frame)
    if CIPHER in frame[:400] and len(frame) != length + OVERHEAD:
        return _around_cipher(frame, length)
    _check_extent(frame, length)
    segment = frame[6 : 6 + length]
    crc = _received_crc(frame[6 + length : 10 + length])
    is_proven = crc16(segment) == crc
    if not is_proven and CIPHER not in segment:
        raise FrameError("bad_crc", _crc_detail(segment, crc))
    return Envelope(segment, length, crc, is_proven)


def _declared_length(frame: bytes) -> int:
    digits = frame[2:6]
    # bytes.isdigit() is true for ASCII digits only.
    if digits and not digits.isdigit():
        raise FrameError("bad_length", f"数据段长度应为 4 位十进制数字，实为 {digits!r}")
    if len(digits) < 4:
        raise FrameError("truncated", "报文在数据段长度处中断")
    return int(digits)


def _check_extent(frame: bytes, length: int) -> None:
    end = length + OVERHEAD
    if frame[length + 10 : end] == TAIL and len(frame) == end:
        return
    if WHOLE_END.search(frame) and len(frame) != end:
        actual = len(frame) - OVERHEAD
        raise FrameError("bad_length", f"数据段长度写作 {length}，实为 {actual}")
    if len(frame) >= length + 10 and len(frame) <= end:
        raise FrameError("bad_tail", f"包尾应为回车换行，实为 {frame[length + 10 : end]!r}")
    if len(frame) < end:
        raise FrameError("truncated", f"报文应有 {end} 字节，只有 {len(frame)} 字节")
    raise FrameError("bad_tail", f"报文应有 {end} 字节，后面多出 {frame[end : end + 8]!r} 等 {len(frame) - end} 字节")


def _around_cipher(frame: bytes, length: int) -> Envelope:
    if not WHOLE_END.search(frame):
        raise FrameError("truncated", "加密报文没有完整的结尾")
    return Envelope(frame[6:-6], length, _received_crc(frame[-6:-2]), is_proven=False)


def _received_crc(text: bytes) -> int:
    try:
        if len(text) == 4 and text.isalnum():
            return int(text, 16)
    except ValueError:
        pass
    raise FrameError("bad_crc", f"校验码应为 4 位十六进制数，实为 {text!r}")


def _crc_detail(segment: bytes, received: int) -> str:
    hint = MISTAKES.get(mistaken_for(segment, received), "")
    detail = f"校验码写作 {received:04X}，按数据段计算应为 {crc16(segment):04X}"
    return f"{detail}；{hint}" if hint else detail
