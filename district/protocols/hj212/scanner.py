"""Whole buffers of frames into columns at once: the hot path. Without numba everything still works, slower."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from district.protocols.hot_loop import hot_loop

from .attributes import STATISTICS
from .codes import Codes
from .framing import split
from .layout import FRAME_COLUMNS, NO_FRAME, READ, UNUSUAL, WIDTH, Readings

STATISTIC_NAMES: tuple[str, ...] = tuple(STATISTICS.values())
"""Statistic id of a reading → its name."""

SHORTEST_READING = 7
"""`,a-RS=1`"""



@dataclass(frozen=True, slots=True)
class Batch:
    """Frames and readings of a scan, as columns.

    frames: int64 (n, WIDTH), columns as `layout.FRAME_COLUMNS`; `column(name)` gives one. `status` READ, UNUSUAL or
    NO_FRAME. The columns from `system` on hold for READ frames only: `system` and `command` as numbers, `flag` -1 when
    absent, `number` the 17-digit request number (0 absent), `at_s` DataTime in seconds since 1970,
    `readings_from:readings_to` its readings, `*_at`/`*_length` slices of `data`.
    readings: see `layout.Readings`; `codes.items[n]` is the item of code number n, STATISTIC_NAMES[n] the statistic.
    taken: bytes used of each chunk; what is left must be put before the chunk's successor.
    """

    data: bytes
    frames: NDArray[np.int64]
    readings: Readings
    taken: NDArray[np.int64]
    codes: Codes

    def __len__(self) -> int:
        return len(self.frames)

    def column(self, name: str) -> NDArray[np.int64]:
        return self.frames[:, FRAME_COLUMNS.index(name)]

    def raw(self, frame: int) -> bytes:
        """The bytes of a piece: what to keep, and what `decode` takes."""
        start, length = self.frames[frame, :2].tolist()
        return self.data[start : start + length]

    def device_codes(self) -> list[bytes]:
        """The device code of every piece, empty for those not READ."""
        return self._slices("device_at", "device_length")

    def passwords(self) -> list[bytes]:
        """The password of every piece, empty for those not READ."""
        return self._slices("password_at", "password_length")

    def _slices(self, at: str, length: str) -> list[bytes]:
        data = self.data
        begins, lengths = self.column(at).tolist(), self.column(length).tolist()
        return [data[begin : begin + size] for begin, size in zip(begins, lengths, strict=True)]

    def message_id(self, frame: int) -> str | None:
        """The request number of a READ frame."""
        number = int(self.frames[frame, FRAME_COLUMNS.index("number")])
        return f"{number:017d}" if number else None


class Scanner:
    """Owns the code table; `engine` is `numba` or `plain`."""

    def __init__(self, engine: str | None = None) -> None:
        self.codes = Codes()
        self._compiled = None if engine == "plain" else hot_loop(__package__, _try_out)
        self.engine = "plain" if self._compiled is None else "numba"

    def scan(self, chunks: Sequence[bytes]) -> Batch:
        """One batch out of the bytes of many connections; each chunk begins where its connection's last one ended."""
        data = b"".join(chunks)
        ends = np.cumsum([len(chunk) for chunk in chunks], dtype=np.int64)
        starts = np.concatenate((np.zeros(1, dtype=np.int64), ends[:-1])) if len(ends) else ends
        if self._compiled is None:
            return self._plain(data, starts, ends)
        room = len(data) // 64 + 2 * len(chunks) + 16
        while True:
            frames = np.empty((room, WIDTH), dtype=np.int64)
            readings = Readings.room_for(len(data) // SHORTEST_READING + 1)
            taken = np.zeros(len(chunks), dtype=np.int64)
            array = np.frombuffer(data, dtype=np.uint8)
            count, read = self._compiled(array, starts, ends, taken, frames, readings, self.codes.lookup)
            if count >= 0:
                self.codes.learn()
                return Batch(data, frames[:count], readings.first(read), taken, self.codes)
            # Only junk has so many pieces; there are never more than bytes.
            room = min(16 * room, len(data) + len(chunks) + 1)

    def _plain(self, data: bytes, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Batch:
        """Borders only: every frame is UNUSUAL and left to the reference decoder."""
        rows: list[list[int]] = []
        taken = np.zeros(len(starts), dtype=np.int64)
        for chunk, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
            pieces, taken[chunk] = split(data[start:end])
            for piece in pieces:
                row = [start, len(piece.raw), UNUSUAL if piece.is_frame else NO_FRAME, chunk]
                rows.append(row + [0] * (WIDTH - len(row)))
                start += len(piece.raw)
        frames = np.array(rows, dtype=np.int64).reshape(len(rows), WIDTH)
        return Batch(data, frames, Readings.room_for(0), taken, self.codes)


def _try_out(loop: Any) -> None:
    data = b"##0000FFFF\r\n"
    bounds = np.zeros(1, dtype=np.int64), np.full(1, len(data), dtype=np.int64), np.zeros(1, dtype=np.int64)
    frames = np.empty((4, WIDTH), dtype=np.int64)
    count, _ = loop(np.frombuffer(data, dtype=np.uint8), *bounds, frames, Readings.room_for(8), Codes().lookup)
    if count != 1:
        raise RuntimeError("the compiled loop gives a wrong answer")


_shared: Scanner | None = None


def scan(buffer: bytes | bytearray | memoryview) -> Batch:
    """Scans one buffer with the scanner of this process, which is made (and compiled) on first use."""
    return shared().scan([bytes(buffer)])


def shared() -> Scanner:
    """The scanner of this process. Call it once before the first connection: compiling takes some seconds."""
    global _shared
    if _shared is None:
        _shared = Scanner()
    return _shared


__all__ = ["NO_FRAME", "READ", "STATISTIC_NAMES", "UNUSUAL", "Batch", "Scanner", "scan", "shared"]
