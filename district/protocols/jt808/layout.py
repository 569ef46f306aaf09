"""How a scan's results lie in memory: shared by the compiled scanner and by those who read its columns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FRAME_COLUMNS = (
    "start", "length", "status", "chunk", "content_at", "content_length", "message_id", "version", "serial", "phone_at",
    "phone_length", "batch_type", "positions_from", "positions_to",
)  # fmt: skip
WIDTH = len(FRAME_COLUMNS)

READ = 0
"""Fully read into columns: the reference decoder would find nothing to object."""
UNUSUAL = 1
"""A frame that the scanner does not read, or one with something wrong: give its bytes to `decode`."""
NO_FRAME = 2
"""Bytes that no flag opened."""

LONGEST_FRAME = 2 * (21 + 1023 + 1) + 2
"""Every byte of the longest message escaped, and two flags."""
SHORTEST_POSITION = 30
"""A position in a batch, with its length; in a frame of its own it takes more."""


class Positions(NamedTuple):
    """Columns of positions. `frames`: row of the frame; degrees signed; `at_s` seconds since 1970 UTC; items
    `items_from:items_to`."""

    frames: NDArray[np.int32]
    alarms: NDArray[np.uint32]
    statuses: NDArray[np.uint32]
    latitudes: NDArray[np.float64]
    longitudes: NDArray[np.float64]
    altitudes_m: NDArray[np.uint16]
    speeds_kmh: NDArray[np.float64]
    directions: NDArray[np.uint16]
    at_s: NDArray[np.int64]
    items_from: NDArray[np.int32]
    items_to: NDArray[np.int32]

    @classmethod
    def room_for(cls, count: int) -> Positions:
        kinds = (np.int32, np.uint32, np.uint32, np.float64, np.float64, np.uint16, np.float64, np.uint16, np.int64,
                 np.int32, np.int32)  # fmt: skip
        return cls._make(np.empty(count, dtype=kind) for kind in kinds)

    def first(self, count: int) -> Positions:
        return Positions._make(column[:count] for column in self)


class Items(NamedTuple):
    """Columns of additional items: id, length, where its bytes lie in the batch's `content`, and, of at most eight bytes,
    their value as a big-endian number (0 for longer ones)."""

    kinds: NDArray[np.uint8]
    lengths: NDArray[np.uint8]
    bytes_at: NDArray[np.int32]
    values: NDArray[np.uint64]

    @classmethod
    def room_for(cls, count: int) -> Items:
        return cls._make(np.empty(count, dtype=kind) for kind in (np.uint8, np.uint8, np.int32, np.uint64))

    def first(self, count: int) -> Items:
        return Items._make(column[:count] for column in self)
