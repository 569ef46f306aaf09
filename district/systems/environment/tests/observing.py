"""Puts observations into the database as the gateway does, for tests of what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection

from district.kernel.clock import CHINA
from district.kernel.devices import marks
from district.kernel.devices.models import Device, Series
from district.kernel.devices.partitions import make_partitions
from district.systems.environment.models import MonitoringPoint, Outlet, Source

HOUR = timedelta(hours=1)


def observe(series: Series, start: datetime, values: Sequence[float | None], flags: str = "") -> None:
    """Hour values from `start` on, None leaves an hour out; `flags` one letter an hour, N when it ends."""
    rows = [
        (series.pk, start + index * HOUR, value, marks.of_letter(flags[index] if index < len(flags) else "N"))
        for index, value in enumerate(values)
        if value is not None
    ]
    days = {at.astimezone(CHINA).date() for _, at, _, _ in rows}
    with connection.cursor() as cursor:
        make_partitions(cursor, days)
        cursor.executemany(
            "INSERT INTO devices_observation (series_id, at, value, mark) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (series_id, at) DO NOTHING",
            rows,
        )
        for day in days:
            count = sum(at.astimezone(CHINA).date() == day for _, at, _, _ in rows)
            cursor.execute(
                "INSERT INTO devices_observationcount AS c (day, observations) VALUES (%s, %s)"
                " ON CONFLICT (day) DO UPDATE SET observations = c.observations + EXCLUDED.observations",
                [day, count],
            )


def device(code: str, kind: str, made_at: datetime = datetime(2030, 1, 1, tzinfo=CHINA)) -> Device:
    """Registered long after the days of the tests: it owes hours from the first it reports."""
    return Device.objects.create(
        code=code, name=code, kind=kind, system="environment", division_code="370306001"
    )


def series(of: Device, item: str, statistic: str = "avg", unit: str = "") -> Series:
    return Series.objects.create(device=of, item=item, statistic=statistic, period="hour", unit=unit)


def air_point(code: str = "A1") -> MonitoringPoint:
    return MonitoringPoint.objects.create(
        code=code, name=code, element="air", lon=117.87, lat=36.8, device=device(code, "air")
    )


def outlet(kind: str = "water", code: str = "S1") -> Outlet:
    owner = Source.objects.create(code=code, name=f"示例厂 {code}", credit_code=f"9137030600000{code:0>5}")
    return Outlet.objects.create(
        source=owner,
        code="DW001" if kind == "water" else "DA001",
        name="总排口",
        kind=kind,
        device=device(f"{code}-{kind}", f"{kind}_outlet"),
    )
