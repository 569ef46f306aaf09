"""Whole buffers of frames into columns at once: the hot path. Without numba everything still works, slower."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from district.protocols.hot_loop import hot_loop

from .escape import FLAG
from .layout import (
    FRAME_COLUMNS,
    LONGEST_FRAME,
    NO_FRAME,
    READ,
    SHORTEST_POSITION,
    UNUSUAL,
    WIDTH,
    Items,
    Positions,
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Frames, positions and items of a scan, as columns.

    frames: int64 (n, WIDTH), columns as `layout.FRAME_COLUMNS`; `column(name)` gives one. The columns from `serial` on
    hold for READ frames only. content: the unescaped bytes that `phone_at` and `Items.bytes_at` point into. taken: bytes
    used of each chunk; what is left must be put before the chunk's successor.
    """

    data: bytes
    content: NDArray[np.uint8]
    frames: NDArray[np.int64]
    positions: Positions
    items: Items
    taken: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.frames)

    def column(self, name: str) -> NDArray[np.int64]:
        return self.frames[:, FRAME_COLUMNS.index(name)]

    def raw(self, frame: int) -> bytes:
        """The bytes of a piece with their flags: what to keep, and what `decode` takes."""
        start, length = self.frames[frame, :2].tolist()
        return self.data[start : start + length]

    def phone(self, frame: int) -> str:
        """The terminal's number of a READ frame, 12 or 20 digits."""
        at, length = self.frames[frame, 9:11].tolist()
        return self.content[at : at + length].tobytes().hex()

    def item_bytes(self, item: int) -> bytes:
        at = int(self.items.bytes_at[item])
        return self.content[at : at + int(self.items.lengths[item])].tobytes()


class Scanner:
    """`engine` is `numba` or `plain`; the plain one finds borders only and leaves every frame to `decode`."""

    def __init__(self, engine: str | None = None) -> None:
        self._compiled = None if engine == "plain" else hot_loop(__package__, _try_out)
        self.engine = "plain" if self._compiled is None else "numba"

    def scan(self, chunks: Sequence[bytes]) -> Batch:
        """One batch out of the bytes of many connections; each chunk begins where its connection's last one ended."""
        data = b"".join(chunks)
        ends = np.cumsum([len(chunk) for chunk in chunks], dtype=np.int64)
        starts = np.concatenate((np.zeros(1, dtype=np.int64), ends[:-1])) if len(ends) else ends
        if self._compiled is None:
            return _plain(data, starts, ends)
        return _through(self._compiled, data, starts, ends)


def _through(loop: Any, data: bytes, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Batch:
    content = np.empty(2 * len(data) + 8, dtype=np.uint8)
    content[: len(data)] = np.frombuffer(data, dtype=np.uint8)
    flags = np.flatnonzero(content[: len(data)] == FLAG)
    firsts = np.searchsorted(flags, np.append(starts, len(data)))
    frames = np.empty((len(flags) + len(starts) + 1, WIDTH), dtype=np.int64)
    positions, items = Positions.room_for(len(data) // SHORTEST_POSITION + 1), Items.room_for(len(data) // 2 + 1)
    taken = np.zeros(len(starts), dtype=np.int64)
    count, placed, read, used = loop(content, flags, starts, ends, firsts, taken, frames, positions, items)
    return Batch(data, content[:used], frames[:count], positions.first(placed), items.first(read), taken)


def _plain(data: bytes, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Batch:
    rows: list[list[int]] = []
    taken = np.zeros(len(starts), dtype=np.int64)
    for chunk, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        pieces, taken[chunk] = _borders(data, start, end)
        rows += [[at, length, status, chunk] + [0] * (WIDTH - 4) for at, length, status in pieces]
    frames = np.array(rows, dtype=np.int64).reshape(len(rows), WIDTH)
    return Batch(data, np.empty(0, dtype=np.uint8), frames, Positions.room_for(0), Items.room_for(0), taken)


def _borders(data: bytes, start: int, end: int) -> tuple[list[tuple[int, int, int]], int]:
    """(at, length, status) of each piece, and the bytes that are used."""
    flag = data.find(b"\x7e", start, end)
    flag = end if flag < 0 else flag
    pieces = []
    if flag > start:
        if flag == end and end - start < LONGEST_FRAME:
            return [], 0
        pieces.append((start, flag - start, NO_FRAME))
    while flag < end:
        close = data.find(b"\x7e", flag + 1, end)
        close = end if close < 0 else close
        if close == end and end - flag <= LONGEST_FRAME:
            break
        if close > flag + 1:
            pieces.append((flag, min(close + 1, end) - flag, UNUSUAL))
        flag = close
    return pieces, flag - start


def _try_out(loop: Any) -> None:
    data = b"\x7e\x00\x02\x00\x00\x01\x33\x70\x30\x60\x01\x00\x07\x20\x7e"
    if len(_through(loop, data, np.zeros(1, dtype=np.int64), np.full(1, len(data), dtype=np.int64))) != 1:
        raise RuntimeError("the compiled loop gives a wrong answer")


__all__ = ["NO_FRAME", "READ", "UNUSUAL", "Batch", "Scanner"]
