"""Hand-over of closed days to the lake, and the end of their stay in the database.

A day is handed over once it is over and its stragglers have had time; late rows make it be written anew. Its partition
is dropped when the retention has passed, and only after the file has been read back and has as many rows.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from django.db import connection, transaction

from district.kernel import clock, home
from district.kernel.devices.columns import PACK, Columns, unpacked
from district.kernel.devices.lake_files import SERIES_AT_ONCE, digest, path_of, row_count, write_day
from district.kernel.devices.models import LakeDay
from district.kernel.devices.partitions import (
    drop_partition,
    ensure_partitions,
    existing_days,
    make_partitions,
    partition_of,
)

DAYS_AHEAD = 7
GRACE_DAYS = 1
SPAN = "SELECT coalesce(min(series_id), 0), coalesce(max(series_id), -1) FROM {partition}"
COUNT = "SELECT count(*) FROM {partition}"


class HandoverError(RuntimeError):
    """A file of the lake does not hold what the database holds; nothing has been dropped."""


def keep_days() -> int:
    """How long observations stay in the database, `DISTRICT_KEEP_DAYS` or 400 days."""
    return int(os.environ.get("DISTRICT_KEEP_DAYS") or 400)


def make_partitions_ahead(days: int = DAYS_AHEAD) -> list[date]:
    """Makes the partitions of today and the days that follow."""
    today = clock.today()
    with transaction.atomic(), connection.cursor() as cursor:
        return ensure_partitions(cursor, today, today + timedelta(days))


def make_past_partitions(first: date, last: date) -> list[date]:
    """For history that is taken over."""
    with transaction.atomic(), connection.cursor() as cursor:
        return make_partitions(cursor, (first + timedelta(n) for n in range((last - first).days + 1)))


def due_days() -> list[date]:
    """Closed days whose file is missing, or has fewer rows than the database now has."""
    newest = clock.today() - timedelta(1 + GRACE_DAYS)
    written = {row.day: row.observations for row in LakeDay.objects.filter(is_in_database=True)}
    with connection.cursor() as cursor:
        days = sorted(day for day in existing_days(cursor) if day <= newest)
        cursor.execute("SELECT day, observations FROM devices_observationcount WHERE day = ANY(%s)", [days])
        counted = dict(cursor.fetchall())
    return [day for day in days if counted.get(day, 0) and written.get(day) != counted[day]]


@transaction.atomic
def hand_over(day: date) -> LakeDay:
    """Writes the file of a day from its partition and checks it. Doing it again gives the same rows.

    Rows that come meanwhile make the day due again. Raises HandoverError when the file read back has other rows.
    """
    rows = write_day(day, _parts(day))
    path = path_of(day)
    _check(path, rows)
    row, _ = LakeDay.objects.update_or_create(
        day=day,
        defaults={
            "observations": rows, "path": str(path.relative_to(home.lake())), "bytes": path.stat().st_size,
            "sha256": digest(path), "written_at": clock.now(), "is_in_database": True,
        },
    )  # fmt: skip
    return row


def _parts(day: date) -> Iterator[Columns]:
    partition = partition_of(day)
    with connection.cursor() as cursor:
        cursor.execute(SPAN.format(partition=partition))
        first, last = cursor.fetchone()
        for low in range(first, last + 1, SERIES_AT_ONCE):
            cursor.execute(
                PACK.format(table=partition, where="series_id >= %s AND series_id < %s"), [low, low + SERIES_AT_ONCE]
            )
            part = unpacked(cursor.fetchone()[0])
            if len(part):
                yield part


def _check(path: Path, rows: int) -> None:
    if row_count(path) != rows:
        raise HandoverError(f"{path}: 文件有 {row_count(path)} 行，应有 {rows} 行（rows differ）")


def drop_expired() -> list[date]:
    """Drops the partitions of days that are past their retention and safe in the lake; gives those days.

    A day that is not safe (no file, another digest, other rows) stays, and HandoverError says so after the others.
    """
    oldest = clock.today() - timedelta(keep_days())
    dropped, troubles = [], []
    for row in LakeDay.objects.filter(is_in_database=True, day__lt=oldest).order_by("day"):
        try:
            _drop(row)
            dropped.append(row.day)
        except (HandoverError, OSError) as error:
            troubles.append(f"{row.day}: {error}")
    if troubles:
        raise HandoverError("；".join(troubles))
    return dropped


@transaction.atomic
def _drop(row: LakeDay) -> None:
    path = home.lake() / row.path
    if digest(path) != row.sha256:
        raise HandoverError(f"{path}: 校验和不符（digest differs）")
    with connection.cursor() as cursor:
        partition = partition_of(row.day)
        # Nobody may add a row between the counting and the dropping.
        cursor.execute(f"LOCK TABLE {partition} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(COUNT.format(partition=partition))
        (present,) = cursor.fetchone()
        if present != row.observations:
            raise HandoverError(f"{row.day}: 库中 {present} 行，文件 {row.observations} 行，须重新入湖（hand over anew）")
        _check(path, present)
        drop_partition(cursor, row.day)
    row.is_in_database = False
    row.save(update_fields=["is_in_database"])
