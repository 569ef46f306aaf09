"""Positions of a scan as rows to store: marks, digests, mileage and items, all by columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from district.edges.gateway.group import Places
from district.edges.gateway.jt808.extras import MILEAGE, Extras
from district.kernel.devices.position_marks import BLIND_AREA, LATE, NO_FIX, SHIFTED, SIMULATED
from district.kernel.devices.position_rows import PositionRows, digest_of
from district.protocols.jt808.scanner import Batch

US = 1_000_000
FIX_BIT, SHIFTED_BIT = 2, 32
BATCH_OF_BLIND_AREA = 1


def places_of(
    batch: Batch, chosen: NDArray[np.int64], ids: NDArray[np.int64], numbers: NDArray[np.int64],
    simulated: NDArray[np.bool_], late_us: NDArray[np.int64], now_us: int, extras: Extras,
) -> Places:  # fmt: skip
    """The chosen positions. Of the devices of each: `ids`, `numbers` in this process, whether `simulated`, and after how
    many µs something of it is late."""
    told = batch.positions
    frames = told.frames[chosen].astype(np.int64)
    at_us = told.at_s[chosen] * US
    status, alarm = told.statuses[chosen].astype(np.int64), told.alarms[chosen].astype(np.int64)
    mark = np.where(status & FIX_BIT, 0, NO_FIX) | np.where(status & SHIFTED_BIT, SHIFTED, 0)
    mark |= np.where(now_us - at_us > late_us, LATE, 0) | np.where(simulated, SIMULATED, 0)
    is_batch = batch.column("message_id")[frames] == 0x0704
    is_blind = is_batch & (batch.column("batch_type")[frames] == BATCH_OF_BLIND_AREA)
    mark |= np.where(is_blind, BLIND_AREA, 0)
    lon, lat = told.longitudes[chosen], told.latitudes[chosen]
    altitude, direction = told.altitudes_m[chosen].astype(np.int64), told.directions[chosen].astype(np.int64)
    altitude = np.where(altitude > 0x7FFF, altitude - 0x10000, altitude)  # below the sea, as some send it
    speed = told.speeds_kmh[chosen]
    rows = PositionRows(
        ids, at_us, np.full(len(chosen), now_us, dtype=np.int64),
        digest_of(alarm, status, lon, lat, altitude, speed, direction), alarm, status, lon, lat, speed, altitude, direction,
        mark.astype(np.int64), _mileage(batch)[chosen], extras.of(batch, chosen),
    )  # fmt: skip
    return Places(rows, numbers, frames)


def _mileage(batch: Batch) -> NDArray[np.float64]:
    """Of every position of the scan, km; NaN where it is not told."""
    told = batch.positions
    mileage = np.full(len(told.at_s), np.nan)
    is_mileage = np.flatnonzero((batch.items.kinds == MILEAGE) & (batch.items.lengths == 4))
    owner = np.searchsorted(told.items_to, is_mileage, side="right")
    mileage[owner] = batch.items.values[is_mileage] / 10.0
    return mileage
