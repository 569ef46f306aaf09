"""How a scan's results lie in memory: shared by the compiled scanner and by those who read its columns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FRAME_COLUMNS = (
    "start", "length", "status", "chunk", "system", "command", "flag", "number", "number_at", "device_at",
    "device_length", "password_at", "password_length", "at_s", "readings_from", "readings_to",
)  # fmt: skip
WIDTH = len(FRAME_COLUMNS)

READ = 0
"""Fully read into columns: the reference decoder would find nothing to object."""
UNUSUAL = 1
"""A frame with a right envelope that the scanner does not read: give it to `decode`."""
NO_FRAME = 2
"""Bytes that are no frame: `decode` tells why."""

MOST_ITEMS = 4096
TABLE_SIZE = 4 * MOST_ITEMS
LONGEST_CODE = 16
"""Longer item codes are left to the reference decoder, and so are new ones once the table is full."""


class Readings(NamedTuple):
    """Columns of readings. `items`: numbers of codes; `statistics`: places in `attributes.STATISTICS`; `marks`: the mark's
    byte, 0 none; `sampled`: seconds since 1970, -1 none; `text_at`, `text_length`: the number as sent."""

    items: NDArray[np.int32]
    statistics: NDArray[np.int8]
    marks: NDArray[np.uint8]
    values: NDArray[np.float64]
    text_at: NDArray[np.int32]
    text_length: NDArray[np.int32]
    sampled: NDArray[np.int64]

    @classmethod
    def room_for(cls, count: int) -> Readings:
        return cls(
            items=np.empty(count, dtype=np.int32),
            statistics=np.empty(count, dtype=np.int8),
            marks=np.empty(count, dtype=np.uint8),
            values=np.empty(count),
            text_at=np.empty(count, dtype=np.int32),
            text_length=np.empty(count, dtype=np.int32),
            sampled=np.empty(count, dtype=np.int64),
        )

    def first(self, count: int) -> Readings:
        return Readings._make(column[:count] for column in self)


class Lookup(NamedTuple):
    """The table of codes: an open hash over two words of their bytes, and what is known of each by its number."""

    keys_low: NDArray[np.uint64]
    keys_high: NDArray[np.uint64]
    ids: NDArray[np.int32]
    state: NDArray[np.int64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    total_low: NDArray[np.float64]
    is_level: NDArray[np.int64]
    seen: NDArray[np.int64]
