from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import psycopg
import pytest
from django.db import connection, transaction

from district.kernel.clock import CHINA, now
from district.kernel.devices.models import Device, Series
from district.kernel.devices.recording import record
from district.kernel.devices.storing import Partitions, Rows, Stored, store

NOON = datetime(2026, 3, 10, 12, tzinfo=CHINA)


@pytest.fixture
def device(db: None) -> Device:
    return Device.objects.create(code="DEVICE", name="测试设备", kind="air", password="370306", system="environment")


@pytest.fixture
def series(device: Device) -> list[Series]:
    return [
        Series.objects.create(device=device, item=item, statistic="rtd", period="realtime", unit="µg/m³")
        for item in ("a34004", "a34002", "a21026")
    ]


def rows_of(*rows: tuple[int, datetime, float, int]) -> Rows:
    """(series, at, value, mark) as columns."""
    return Rows(
        np.array([row[0] for row in rows], dtype=np.int32),
        np.array([round(row[1].timestamp() * 1e6) for row in rows], dtype=np.int64),
        np.array([row[2] for row in rows], dtype=np.float64),
        np.array([row[3] for row in rows], dtype=np.int32),
    )


def keep(rows: Rows, is_new: bool = False) -> Stored:
    """Stores rows, with or without the promise that they are new."""
    if not is_new:
        return record(rows)
    connection.ensure_connection()
    with transaction.atomic(), psycopg.Cursor(connection.connection) as cursor:
        return store(cursor, rows, np.ones(len(rows), dtype=bool), now(), Partitions())


@pytest.fixture
def observe(series: list[Series]) -> Callable[..., Any]:
    """Stores `count` values of each series, a minute apart."""

    def observe(first: datetime, count: int) -> None:
        keep(rows_of(*((each.pk, first + timedelta(minutes=n), float(n), 1) for each in series for n in range(count))))

    return observe
