"""Where buses were: kept positions of a span, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from district.kernel.devices.position_marks import NO_FIX, SHIFTED
from district.kernel.devices.position_queries import positions_of

Floats = NDArray[np.float64]
MOST_ROWS = 400_000
COLUMNS = ("lon", "lat", "speed_kmh", "direction", "alarm", "mark")


@dataclass(frozen=True)
class Track:
    """The positions of one device by time: Unix seconds, degrees, km/h, alarm and mark bits."""

    device_id: int
    at: Floats
    lon: Floats
    lat: Floats
    speed_kmh: Floats
    direction: Floats
    alarm: NDArray[np.int64]
    mark: NDArray[np.int64]

    def seen_at(self, at: float, within_s: float) -> int | None:
        """The place in the columns of the last position at an instant, None when it is older than that."""
        row = int(np.searchsorted(self.at, at, side="right")) - 1
        return row if row >= 0 and at - self.at[row] <= within_s else None


def tracks(device_ids: Sequence[int], begin: datetime, end: datetime) -> list[Track]:
    """Of each device with positions that a map can show; at most MOST_ROWS positions in all. Days long past come from the
    lake."""
    table = positions_of(device_ids, begin, end, NO_FIX | SHIFTED, MOST_ROWS)
    if not table.num_rows:
        return []
    at = table["at"].cast(pa.int64()).to_numpy() / 1e6
    columns = [table["device_id"].to_numpy(), at, *(table[name].to_numpy() for name in COLUMNS)]
    devices = columns[0].astype(np.int64)
    borders = np.flatnonzero(np.append(True, devices[1:] != devices[:-1]))
    ends = np.append(borders[1:], len(devices))
    return [_track(int(devices[first]), [column[first:last] for column in columns[1:]])
            for first, last in zip(borders, ends, strict=True)]  # fmt: skip


def _track(device_id: int, told: list[NDArray[np.generic]]) -> Track:
    at, lon, lat, speed_kmh, direction = (column.astype(np.float64) for column in told[:5])
    alarm, mark = (column.astype(np.int64) for column in told[5:])
    return Track(device_id, at, lon, lat, speed_kmh, direction, alarm, mark)
