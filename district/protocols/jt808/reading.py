"""A body read field by field; every reader says which field was too short."""

from __future__ import annotations

from .message import FrameError


class Cursor:
    """Walks over a body. Raises FrameError `body_too_short` naming the field."""

    __slots__ = ("_body", "at")

    def __init__(self, body: bytes, at: int = 0) -> None:
        self._body = body
        self.at = at

    @property
    def left(self) -> int:
        return len(self._body) - self.at

    def take(self, length: int, field: str) -> bytes:
        if self.left < length:
            raise FrameError("body_too_short", f"{field}：需 {length} 字节，消息体只剩 {self.left} 字节")
        self.at += length
        return self._body[self.at - length : self.at]

    def rest(self) -> bytes:
        return self.take(self.left, "")

    def byte(self, field: str) -> int:
        return self.take(1, field)[0]

    def word(self, field: str) -> int:
        return int.from_bytes(self.take(2, field), "big")

    def dword(self, field: str) -> int:
        return int.from_bytes(self.take(4, field), "big")

    def text(self, length: int, field: str) -> str:
        return text(self.take(length, field))

    def moment(self, field: str) -> str:
        return moment(self.take(6, field))


def text(raw: bytes) -> str:
    """GBK without the padding that terminals put before or behind it; what is no GBK is marked, never lost in silence."""
    return raw.strip(b"\x00 \t\r\n").decode("gb18030", "replace").strip("\x00 ")


def moment(raw: bytes) -> str:
    """BCD[6] `YYMMDDhhmmss`, Beijing time, as `20YY-MM-DDThh:mm:ss`; digits as sent, `check` tells whether they are real."""
    digits = raw.hex()
    pairs = [digits[at : at + 2] for at in range(0, 12, 2)]
    return f"20{pairs[0]}-{pairs[1]}-{pairs[2]}T{pairs[3]}:{pairs[4]}:{pairs[5]}"
