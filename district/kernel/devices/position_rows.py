"""Positions as columns, and as the rows of a binary COPY. No Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from district.kernel.devices.binary import POSTGRES_EPOCH_US

COLUMNS = "device_id, at, received_at, digest, alarm, status, lon, lat, speed_kmh, altitude_m, direction, mark, mileage_km, extra"
"""In the order of ROW; mileage and extra, which may be null, stand last."""
LENGTHS = (
    ("device", 8), ("at", 8), ("received_at", 8), ("digest", 8), ("alarm", 8), ("status", 8), ("lon", 8), ("lat", 8),
    ("speed", 4), ("altitude", 4), ("direction", 4), ("mark", 4),
)  # fmt: skip
FORMS = {"lon": ">f8", "lat": ">f8", "speed": ">f4"}
HEAD_ROW = np.dtype([("count", ">i2")] + [
    part for name, size in LENGTHS
    for part in ((f"l_{name}", ">i4"), (name, FORMS.get(name, f">i{size}")))
])  # fmt: skip
WITH_MILEAGE = np.dtype([("head", HEAD_ROW), ("l_mileage", ">i4"), ("mileage", ">f4")])
WITHOUT_MILEAGE = np.dtype([("head", HEAD_ROW), ("l_mileage", ">i4")])
NULL = (-1).to_bytes(4, "big", signed=True)
JSONB_VERSION = b"\x01"


@dataclass(slots=True)
class PositionRows:
    """Columns of places told. Instants in µs since 1970; `mileage_km` NaN where not told; `extra` the bytes of a JSON
    object, or None. See the model Position."""

    device: NDArray[np.int64]
    at_us: NDArray[np.int64]
    received_us: NDArray[np.int64]
    digest: NDArray[np.int64]
    alarm: NDArray[np.int64]
    status: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    speed_kmh: NDArray[np.float64]
    altitude_m: NDArray[np.int64]
    direction: NDArray[np.int64]
    mark: NDArray[np.int64]
    mileage_km: NDArray[np.float64]
    extra: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.at_us)

    def at(self, index: NDArray[np.int64] | NDArray[np.bool_] | slice) -> PositionRows:
        """The rows of an index array, mask or slice."""
        return PositionRows(*(getattr(self, each.name)[index] for each in fields(self)))

    @staticmethod
    def joined(parts: Sequence[PositionRows]) -> PositionRows:
        parts = [part for part in parts if len(part)]
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return NO_POSITIONS
        return PositionRows(
            *(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(PositionRows))
        )


KINDS: dict[str, type] = {name: np.float64 for name in ("lon", "lat", "speed_kmh", "mileage_km")} | {
    "extra": np.object_
}
NO_POSITIONS = PositionRows(
    *(np.empty(0, dtype=KINDS.get(each.name, np.int64)) for each in fields(PositionRows))
)


def digest_of(
    alarm: NDArray[np.int64], status: NDArray[np.int64], lon: NDArray[np.float64], lat: NDArray[np.float64],
    altitude_m: NDArray[np.int64], speed_kmh: NDArray[np.float64], direction: NDArray[np.int64],
) -> NDArray[np.int64]:  # fmt: skip
    """What tells two positions of a device and second apart: the same for the same place told again, by whatever way."""
    mixed = np.zeros(len(lon), dtype=np.uint64)
    degrees = (np.rint(lon * 1e6).astype(np.int64), np.rint(lat * 1e6).astype(np.int64))
    for column in (alarm, status, *degrees, altitude_m, np.rint(speed_kmh * 10).astype(np.int64), direction):
        mixed = _mixed(mixed ^ column.astype(np.int64).view(np.uint64))
    return mixed.view(np.int64)


def _mixed(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of SplitMix64: every bit of the result depends on every bit of the value."""
    value = value + np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def copy_rows(rows: PositionRows) -> bytes:
    """The rows of a binary COPY of COLUMNS, without head and tail."""
    has_mileage = ~np.isnan(rows.mileage_km)
    if has_mileage.all():
        return _alike(rows, True)
    if not has_mileage.any():
        return _alike(rows, False)
    return _alike(rows.at(has_mileage), True) + _alike(rows.at(~has_mileage), False)


def _alike(rows: PositionRows, has_mileage: bool) -> bytes:
    kind = WITH_MILEAGE if has_mileage else WITHOUT_MILEAGE
    packed = np.empty(len(rows), dtype=kind)
    head = packed["head"]
    head["count"] = 14
    for name, size in LENGTHS:
        head[f"l_{name}"] = size
    head["device"], head["digest"], head["alarm"], head["status"] = (
        rows.device,
        rows.digest,
        rows.alarm,
        rows.status,
    )
    head["at"] = rows.at_us - POSTGRES_EPOCH_US
    head["received_at"] = rows.received_us - POSTGRES_EPOCH_US
    head["lon"], head["lat"], head["speed"] = rows.lon, rows.lat, rows.speed_kmh
    head["altitude"], head["direction"], head["mark"] = rows.altitude_m, rows.direction, rows.mark
    packed["l_mileage"] = 4 if has_mileage else -1
    if has_mileage:
        packed["mileage"] = rows.mileage_km
    data, width = packed.tobytes(), kind.itemsize
    pieces: list[bytes] = []
    for number, extra in enumerate(rows.extra.tolist()):
        pieces.append(data[number * width : (number + 1) * width])
        pieces.append(NULL if extra is None else (len(extra) + 1).to_bytes(4, "big") + JSONB_VERSION + extra)
    return b"".join(pieces)
