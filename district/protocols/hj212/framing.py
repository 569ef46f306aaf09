"""From a stream of bytes, cut anywhere, to frames. The plain reference of what the scanner does; bounded in memory.

A place where `##` stands is a frame when four digits follow, CR LF stands where they say, and the CRC fits. If not, the
search goes on one byte further (sections 6.1 and 6.7 of HJ 212-2017 give no better way). What belongs to no frame is
handed out too, so that it can be kept with its reason: it is cut before every `##` and after every CR LF, which depends
on the bytes alone, not on how they arrived.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .crc import crc16
from .envelope import CIPHER, HEADER, OVERHEAD, TAIL

LONGEST_FRAME = 9999 + OVERHEAD
LONGEST_CIPHER = 16384
"""An encrypted data area is printed five bytes for one."""
LONGEST_JUNK = 4096
"""Bytes that are no frame are handed out in pieces of this size when nothing else parts them."""

CUT_SHORT = re.compile(rb"&&[0-9A-Fa-f]{4}\r\n(?=##)")
"""The end of a frame with the next one behind it: a length that reaches beyond it is wrong, no need to wait."""
CIPHER_END = re.compile(rb"&&[0-9A-Fa-f]{4}\r\n")
BORDER = re.compile(rb"(?=##)|(?<=\r\n)")

NO_FRAME = 0
WAIT = -1


@dataclass(frozen=True, slots=True)
class Piece:
    """A frame whose envelope is right, or bytes that are none (`decode` tells the reason)."""

    raw: bytes
    is_frame: bool


def frame_end(data: bytes, at: int) -> int:
    """Where the frame that begins at `at` (a `##`) ends; NO_FRAME, or WAIT when more bytes may still make it one."""
    digits = data[at + 2 : at + 6]
    if digits and not digits.isdigit():
        return NO_FRAME
    if len(digits) < 4:
        return WAIT
    body, length = at + 6, int(digits)
    end = body + length + 6
    if end <= len(data):
        if data[end - 2 : end] == TAIL and _fits(data[body : end - 6], data[end - 6 : end - 2]):
            return end
    elif data.find(CIPHER, body, body + 400) < 0:
        return NO_FRAME if CUT_SHORT.search(data, body) else WAIT
    return _cipher_end(data, body)


def _fits(segment: bytes, text: bytes) -> bool:
    if not text.isalnum():
        return False
    try:
        return int(text, 16) == crc16(segment)
    except ValueError:
        return False


def _cipher_end(data: bytes, body: int) -> int:
    """An encrypted frame ends at the first `&&CRC` and CR LF: its length may be that of the plain text."""
    opening = data.find(CIPHER, body, body + 400)
    if opening < 0:
        return NO_FRAME
    closing = CIPHER_END.search(data, opening + len(CIPHER), body + LONGEST_CIPHER)
    if closing:
        return closing.end()
    is_over = data.find(HEADER, opening) >= 0 or len(data) >= body + LONGEST_CIPHER
    return NO_FRAME if is_over else WAIT


def split(data: bytes) -> tuple[list[Piece], int]:
    """The pieces of a buffer, and how many bytes they take: the rest waits for more."""
    pieces: list[Piece] = []
    done = 0
    at = data.find(HEADER)
    while at >= 0:
        end = frame_end(data, at)
        if end == WAIT:
            pieces += [Piece(raw, False) for raw in _cut(data, done, at)]
            return pieces, at
        if end == NO_FRAME:
            at = data.find(HEADER, at + 1)
            continue
        pieces += [Piece(raw, False) for raw in _cut(data, done, at)]
        pieces.append(Piece(data[at:end], True))
        done = end
        at = data.find(HEADER, done)
    junk, rest = _settled(data, done)
    return pieces + [Piece(raw, False) for raw in junk], len(data) - rest


def _cut(data: bytes, start: int, end: int) -> Iterator[bytes]:
    """Bytes that are no frame, cut at borders. The byte behind them is looked at too: `#` may stand on either side."""
    for run in BORDER.split(data[start : end + 1]):
        stop = min(start + len(run), end)
        for at in range(start, stop, LONGEST_JUNK):
            yield data[at : min(at + LONGEST_JUNK, stop)]
        start = stop


def _settled(data: bytes, start: int) -> tuple[list[bytes], int]:
    """The pieces of trailing junk that no further byte can change, and the number of bytes that remain."""
    runs = list(_cut(data, start, len(data)))
    if not runs or data.endswith(TAIL) or len(runs[-1]) >= LONGEST_JUNK:
        return runs, 0
    return runs[:-1], len(runs[-1])


class Framer:
    """Takes the chunks of one connection, gives pieces. Holds at most one unfinished frame."""

    def __init__(self) -> None:
        self._held = b""

    @property
    def held_bytes(self) -> int:
        return len(self._held)

    def feed(self, chunk: bytes) -> list[Piece]:
        """The pieces that this chunk completes, in order."""
        self._held += chunk
        pieces, taken = split(self._held)
        self._held = self._held[taken:]
        return pieces

    def rest(self) -> list[Piece]:
        """What is left when the connection ends: frames hidden in an unfinished one, then bytes that are none."""
        pieces: list[Piece] = []
        while self._held:
            first = next(_cut(self._held, 0, len(self._held)))
            pieces.append(Piece(first, False))
            self._held = self._held[len(first) :]
            pieces += self.feed(b"")
        return pieces
