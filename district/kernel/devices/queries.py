"""Reading observations: latest values, spans of series, counts. One query each, no objects per row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from district.kernel.clock import CHINA
from district.kernel.devices.columns import PACK, Columns, joined, unpacked
from district.kernel.devices.lake_files import read_day
from district.kernel.devices.models import LakeDay

LATEST = """
    SELECT l.series_id, s.device_id, s.item, s.statistic, s.period, s.unit, s.decimals, l.at, l.value, l.mark
    FROM devices_latest l JOIN devices_series s ON s.id = l.series_id
    WHERE {where} ORDER BY l.series_id
"""
MOST_AT_ONCE = 1000
"""Series per query: what comes back is one value, and PostgreSQL holds at most 1 GB in one."""


class LatestValue(NamedTuple):
    """The newest observation of a series and what it is. `mark` is read with `devices.marks`."""

    series_id: int
    device_id: int
    item: str
    statistic: str
    period: str
    unit: str
    decimals: int
    at: datetime
    value: float
    mark: int


def latest_of(
    devices: Iterable[int] | None = None,
    series: Iterable[int] | None = None,
    *,
    item: str = "",
    statistic: str = "",
    period: str = "",
) -> list[LatestValue]:
    """The latest values of the series of some devices (by id), or of some series; of all when neither is given."""
    where, values = ["true"], []
    chosen: tuple[tuple[str, Any], ...] = (
        ("s.device_id = ANY(%s)", None if devices is None else list(devices)),
        ("l.series_id = ANY(%s)", None if series is None else list(series)),
        ("s.item = %s", item or None),
        ("s.statistic = %s", statistic or None),
        ("s.period = %s", period or None),
    )
    for condition, value in chosen:
        if value is not None:
            where.append(condition)
            values.append(value)
    with connection.cursor() as cursor:
        cursor.execute(LATEST.format(where=" AND ".join(where)), values)
        return [LatestValue._make(row) for row in cursor.fetchall()]


def readings(series_ids: Sequence[int], start: datetime, end: datetime) -> Columns:
    """The observations of some series from `start` up to (not including) `end`, sorted by series and time.

    Days that have left the database are read from the lake. ValueError for naive times.
    """
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("start、end: 时刻须带时区（must be aware）")
    wanted = sorted(set(series_ids))
    parts = []
    with connection.cursor() as cursor:
        for first in range(0, len(wanted), MOST_AT_ONCE):
            where = "series_id = ANY(%s) AND at >= %s AND at < %s"
            cursor.execute(
                PACK.format(table="devices_observation", where=where), [wanted[first : first + MOST_AT_ONCE], start, end]
            )
            parts.append(unpacked(cursor.fetchone()[0]))
    if wanted:
        parts += [read_day(day, wanted, start, end) for day in _days_only_in_the_lake(start, end)]
    return joined(parts)


def _days_only_in_the_lake(start: datetime, end: datetime) -> list[date]:
    last = (end - timedelta(microseconds=1)).astimezone(CHINA).date()
    return list(
        LakeDay.objects.filter(is_in_database=False, day__gte=start.astimezone(CHINA).date(), day__lte=last)
        .order_by("day")
        .values_list("day", flat=True)
    )


def observation_count(first: date | None = None, last: date | None = None) -> int:
    """How many observations there are, of all days or from `first` to `last` (included). Kept, not counted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(observations), 0)::bigint FROM devices_observationcount"
            " WHERE (%s::date IS NULL OR day >= %s) AND (%s::date IS NULL OR day <= %s)",
            [first, first, last, last],
        )
        return cursor.fetchone()[0]
