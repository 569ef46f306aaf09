"""Item codes as small whole numbers, so that a scan's columns need no texts. Grows with the vendors' own codes."""

from __future__ import annotations

import numpy as np

from .layout import MOST_ITEMS, TABLE_SIZE, Lookup
from .noise import MEANS, RISING
from .ranges import MOST, bounds
from .tables import FACTORS, FROM_2005, item_of


class Codes:
    """The table a scanner looks codes up in and enters new ones into. One per process is enough.

    `names[n]` is code n as sent, `items[n]` its code of 2017.
    """

    def __init__(self) -> None:
        self.lookup = Lookup(
            keys_low=np.zeros(MOST_ITEMS, dtype=np.uint64),
            keys_high=np.zeros(MOST_ITEMS, dtype=np.uint64),
            ids=np.full(TABLE_SIZE, -1, dtype=np.int32),
            state=np.zeros(5, dtype=np.int64),
            low=np.full(MOST_ITEMS, -MOST),
            high=np.full(MOST_ITEMS, MOST),
            total_low=np.full(MOST_ITEMS, -MOST),
            is_level=np.zeros(MOST_ITEMS, dtype=np.int64),
            seen=np.zeros(MOST_ITEMS, dtype=np.int64),
        )
        self.names: list[str] = []
        self.items: list[str] = []
        lost_letter = [code[1:] for code in FACTORS if code[0] == "w"]
        for code in dict.fromkeys([*FACTORS, *FROM_2005, *lost_letter]):
            self._enter(code)

    def _enter(self, code: str) -> None:
        table = self.lookup
        number = int(table.state[0])
        word, before = _words(code.encode())
        slot = _slot(word, before)
        while table.ids[slot] >= 0:
            slot = (slot + 1) & (TABLE_SIZE - 1)
        table.ids[slot] = number
        table.keys_low[number], table.keys_high[number] = word, before
        table.low[number], table.high[number] = bounds(code, "rtd")
        table.total_low[number] = bounds(code, "cou")[0]
        table.is_level[number] = code in RISING or code in MEANS
        table.state[0] = number + 1
        self.names.append(code)
        self.items.append(item_of(code))

    def learn(self) -> None:
        """Names of codes that the scanner has entered by itself since the last call."""
        table = self.lookup
        for number in range(len(self.names), int(table.state[0])):
            code = (_bytes(table.keys_high[number]) + _bytes(table.keys_low[number])).decode()
            self.names.append(code)
            self.items.append(item_of(code))


def _bytes(word: np.uint64) -> bytes:
    return int(word).to_bytes(8, "big").lstrip(b"\0")


def _words(code: bytes) -> tuple[int, int]:
    """The last up to eight bytes behind the eighth (or all), and the first eight of a longer code."""
    if len(code) <= 8:
        return int.from_bytes(code, "big"), 0
    return int.from_bytes(code[8:], "big"), int.from_bytes(code[:8], "big")


def _slot(word: int, before: int) -> int:
    """The same hash as `compiled.area.item_id`."""
    mask = (1 << 64) - 1
    mixed = (word * 0x9E3779B97F4A7C15 & mask) ^ (before * 0xC2B2AE3D27D4EB4F & mask)
    return mixed >> 40 & (TABLE_SIZE - 1)
