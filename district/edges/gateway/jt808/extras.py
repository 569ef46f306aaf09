"""Additional items of a position as one JSON object, from a scan's columns: made by a pattern for each set of items."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from district.protocols.jt808.position import items
from district.protocols.jt808.scanner import Batch

MILEAGE = 0x01
PLAIN: dict[tuple[int, int], str] = {
    (0x02, 2): '"fuel_l":%de-1', (0x03, 2): '"recorder_speed_kmh":%de-1', (0x04, 2): '"event_id":%d',
    (0x14, 4): '"video_alarm_bits":%d', (0x15, 4): '"video_lost_channels":%d', (0x16, 4): '"video_covered_channels":%d',
    (0x17, 2): '"storage_fault_bits":%d', (0x25, 4): '"signal_bits":%d', (0x2A, 2): '"io_bits":%d', (0x30, 1): '"csq":%d',
    (0x31, 1): '"satellites":%d',
}  # fmt: skip
"""(id, length) → how the number is written. `%de-1`: tenths, exactly."""
MOST_PATTERNS = 4096


class Extras:
    """`named`: the meaning of items that makers define, id → (length, name)."""

    def __init__(self, named: dict[int, tuple[int, str]]) -> None:
        self.named = named
        self._plain = PLAIN | {
            (kind, length): f'"{name}":%d' for kind, (length, name) in named.items() if length <= 8
        }
        self._patterns: dict[bytes, str | None] = {}

    def of(self, batch: Batch, chosen: NDArray[np.int64]) -> NDArray[np.object_]:
        """The JSON of each chosen position, None where nothing but the mileage was told."""
        read = batch.items
        kinds, lengths, values = read.kinds.tobytes(), read.lengths.tobytes(), read.values.tolist()
        firsts, ends = batch.positions.items_from[chosen].tolist(), batch.positions.items_to[chosen].tolist()
        made = np.empty(len(chosen), dtype=np.object_)
        patterns = self._patterns
        for row, (first, end) in enumerate(zip(firsts, ends, strict=True)):
            if first == end:
                continue
            key = kinds[first:end] + lengths[first:end]
            pattern = patterns.get(key)
            if pattern is None:
                if key not in patterns:
                    pattern = self._learn(key)
                if pattern is None:
                    made[row] = self._told(batch, first, end)
                    continue
            if pattern:
                made[row] = (pattern % tuple(values[first:end])).encode()
        return made

    def _learn(self, key: bytes) -> str | None:
        """The pattern of a set of items; empty when there is nothing to tell, None when one is not so simple."""
        kinds, lengths = key[: len(key) // 2], key[len(key) // 2 :]
        parts, pattern = [], None
        for kind, length in zip(kinds, lengths, strict=True):
            if (kind, length) == (MILEAGE, 4):
                parts.append("%.0s")  # takes the value, writes nothing
            elif (kind, length) in self._plain:
                parts.append(self._plain[kind, length])
            else:
                break
        else:
            told = [part for part in parts if part != "%.0s"]
            # A comma stands before every part that writes something but the first.
            written = 0
            for at, part in enumerate(parts):
                if part != "%.0s":
                    parts[at] = "," * bool(written) + part
                    written += 1
            pattern = "{" + "".join(parts) + "}" if told and len(set(kinds)) == len(kinds) else None
            pattern = "" if not told else pattern
        if len(self._patterns) < MOST_PATTERNS:
            self._patterns[key] = pattern
        return pattern

    def _told(self, batch: Batch, first: int, end: int) -> bytes | None:
        at = batch.items.bytes_at[first] - 2
        stop = int(batch.items.bytes_at[end - 1]) + int(batch.items.lengths[end - 1])
        return as_json(items(batch.content[at:stop].tobytes(), 0), self.named)


def as_json(told: list[dict[str, Any]], named: dict[int, tuple[int, str]]) -> bytes | None:
    """Items as `protocols.jt808.position.items` gives them; those of unknown meaning as hexadecimal under `items`."""
    kept: dict[str, Any] = {}
    for item in told:
        kind = int(item["id"], 16)
        meaning = {
            name: value for name, value in item.items() if name not in ("id", "len", "hex", "mileage_km")
        }
        if kind in named and named[kind][0] == item["len"]:
            meaning = {named[kind][1]: int(item["hex"], 16)}
        if meaning:
            kept |= meaning
        elif "mileage_km" not in item:
            kept.setdefault("items", {})[item["id"][2:]] = item["hex"]
    return json.dumps(kept, ensure_ascii=False).encode() if kept else None
