"""Positions that were looked at one by one, as rows to store; and what of them cannot be believed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np

from district.edges.gateway.group import NO_PLACES, Places
from district.edges.gateway.jt808.extras import as_json
from district.edges.gateway.jt808.places import FIX_BIT, SHIFTED_BIT, US
from district.kernel.clock import CHINA
from district.kernel.devices.position_marks import BLIND_AREA, NO_FIX, SHIFTED
from district.kernel.devices.position_rows import PositionRows, digest_of


def instant_us(place: dict[str, Any]) -> int | None:
    """The time told, µs since 1970; None where there is no such time."""
    try:
        return int(datetime.fromisoformat(place["time"]).replace(tzinfo=CHINA).timestamp() * US)
    except ValueError:
        return None


def rows_of(
    places: list[dict[str, Any]], at_us: list[int], marks: list[int], device: int, number: int, frame: int, now_us: int,
    named: dict[int, tuple[int, str]], is_blind: bool = False,
) -> Places:  # fmt: skip
    """Places as `decode` gives them, all of one device and frame. `marks` beside those that follow from the status."""
    if not places:
        return NO_PLACES
    count = len(places)

    def column(name: str, kind: type = np.int64) -> Any:
        return np.array([place[name] for place in places], dtype=kind)

    alarm, status, altitude, direction = (
        column(name) for name in ("alarm", "status", "altitude", "direction")
    )
    lon, lat, speed = (column(name, np.float64) for name in ("longitude", "latitude", "speed"))
    altitude = np.where(altitude > 0x7FFF, altitude - 0x10000, altitude)
    mark = (
        np.where(status & FIX_BIT, 0, NO_FIX) | np.where(status & SHIFTED_BIT, SHIFTED, 0) | np.array(marks)
    )
    mark |= BLIND_AREA if is_blind else 0
    mileage = [
        next((each["mileage_km"] for each in place["extras"] if "mileage_km" in each), np.nan)
        for place in places
    ]
    extra = np.empty(count, dtype=np.object_)
    for at, place in enumerate(places):
        extra[at] = as_json(place["extras"], named)
    rows = PositionRows(
        np.full(count, device, dtype=np.int64), np.array(at_us, dtype=np.int64), np.full(count, now_us, dtype=np.int64),
        digest_of(alarm, status, lon, lat, altitude, speed, direction), alarm, status, lon, lat, speed, altitude, direction,
        mark.astype(np.int64), np.array(mileage, dtype=np.float64), extra,
    )  # fmt: skip
    return Places(rows, np.full(count, number, dtype=np.int64), np.full(count, frame, dtype=np.int64))
