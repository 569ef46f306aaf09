"""Escapes and checksum: clause 4.4.2 and 4.4.4 of JT/T 808-2013."""

from __future__ import annotations

import re
from functools import reduce
from operator import xor

from .message import FrameError

FLAG = 0x7E
BAD = re.compile(rb"\x7d(?![\x01\x02])|\x7e", re.DOTALL)


def escaped(content: bytes) -> bytes:
    return content.replace(b"\x7d", b"\x7d\x01").replace(b"\x7e", b"\x7d\x02")


def unescaped(content: bytes) -> bytes:
    """What stands between two flags, without escapes. Raises FrameError `bad_escape`."""
    if b"\x7d" not in content and b"\x7e" not in content:
        return content
    wrong = BAD.search(content)
    if wrong:
        raise FrameError("bad_escape", f"转义：第 {wrong.start()} 字节处 {content[wrong.start():wrong.start() + 2].hex()}，"
                                       "7d 之后只能是 01 或 02，标识位之间不得出现 7e")  # fmt: skip
    # First 7d 02, then 7d 01: the other way round 7d 01 02 would become 7e.
    return content.replace(b"\x7d\x02", b"\x7e").replace(b"\x7d\x01", b"\x7d")


def checksum(content: bytes) -> int:
    """XOR of all bytes, one byte."""
    folded = int.from_bytes(content, "big")
    width = len(content)
    # Halving a long number is a few operations of the machine where a loop over bytes is one for each.
    while width > 8:
        half = width // 2 * 8
        folded = (folded >> half) ^ (folded & ((1 << half) - 1))
        width -= width // 2
    return reduce(xor, folded.to_bytes(max(width, 1), "big"), 0)
