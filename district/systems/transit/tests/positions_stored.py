"""Positions put into the table as the gateway does, for tests and benches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from district.kernel.clock import CHINA
from district.kernel.devices.models import Device
from district.kernel.devices.partitions import ensure_partitions
from district.systems.transit.models import Bus

TABLE = "devices_position"
Row = tuple[int, float, float, float, float]
"""Device, Unix seconds, lat, lon, speed in km/h."""


def bus_with_terminal(number: str, lines: Sequence[str] = (), capacity: int = 0) -> Bus:
    """A bus and its terminal."""
    device = Device.objects.create(code=f"0198{number:0>8}", name=number, kind="bus", protocol="jt808", system="transit")
    return Bus.objects.create(number=number, device=device, lines=list(lines), capacity=capacity)


def store(rows: Iterable[Row], *, received_s: float | None = None, mark: int = 0, extra: str | None = None) -> int:
    """One transaction; a row that is there already is not stored again. `received_s`: Unix seconds, else just after `at`."""
    rows = list(rows)
    if not rows:
        return 0
    days = [datetime.fromtimestamp(at, UTC).astimezone(CHINA).date() for _device, at, *_rest in rows]
    with transaction.atomic(), connection.cursor() as cursor:
        ensure_partitions(cursor, min(days), max(days), TABLE)
        cursor.executemany(
            "INSERT INTO devices_position (device_id, at, received_at, digest, alarm, status, lon, lat, speed_kmh, altitude_m,"
            " direction, mark, extra) VALUES (%s, %s, %s, 0, 0, 3, %s, %s, %s, 20, 90, %s, %s) ON CONFLICT DO NOTHING",
            [(device, _instant(at), _instant(at + 1.0 if received_s is None else received_s), lon, lat, speed, mark, extra)
             for device, at, lat, lon, speed in rows],
        )  # fmt: skip
    return len(rows)


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)
