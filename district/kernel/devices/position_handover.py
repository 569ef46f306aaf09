"""Hand-over of closed days of positions to the lake. What leaves the database is in a file that was read back first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.db import connection, transaction

from district.kernel import clock, home
from district.kernel.devices.handover import GRACE_DAYS, HandoverError
from district.kernel.devices.lake_files import digest, row_count
from district.kernel.devices.models import PositionLakeDay
from district.kernel.devices.partitions import POSITIONS, drop_partition, existing_days, partition_of
from district.kernel.devices.position_lake_files import SELECTED, path_of, table_of, write_day

DEVICES_AT_ONCE = 50
LATE_DAYS = 30
"""Terminals tell what they kept in a blind area within days: older days are not counted anew each night."""
DEVICES = "SELECT DISTINCT device_id FROM {partition} ORDER BY 1"
PART = "COPY (SELECT {columns} FROM {partition} WHERE device_id = ANY(%s) ORDER BY device_id, at, digest) TO STDOUT (FORMAT csv)"
COUNT = "SELECT count(*) FROM {partition}"


def due_position_days() -> list[date]:
    """Closed days without a file, and of the last LATE_DAYS those whose file has fewer rows than the database."""
    newest = clock.today() - timedelta(1 + GRACE_DAYS)
    written = {row.day: row.positions for row in PositionLakeDay.objects.filter(is_in_database=True)}
    with connection.cursor() as cursor:
        days = sorted(day for day in existing_days(cursor, POSITIONS) if day <= newest)
        lately = [day for day in days if day not in written or day > newest - timedelta(LATE_DAYS)]
        return [day for day in lately if (rows := _count(cursor, day)) and rows != written.get(day)]


def _count(cursor: Any, day: date) -> int:
    cursor.execute(COUNT.format(partition=partition_of(day, POSITIONS)))
    return int(cursor.fetchone()[0])


@transaction.atomic
def hand_over_positions(day: date) -> PositionLakeDay:
    """Writes the file of a day from its partition and checks it. Doing it again gives the same rows; raises HandoverError."""
    rows = write_day(day, _parts(day))
    path = path_of(day)
    _check(path, rows)
    return PositionLakeDay.objects.update_or_create(day=day, defaults={
        "positions": rows, "path": str(path.relative_to(home.lake())), "bytes": path.stat().st_size, "sha256": digest(path),
        "written_at": clock.now(), "is_in_database": True,
    })[0]  # fmt: skip


def _parts(day: date) -> Iterator[pa.Table]:
    partition = partition_of(day, POSITIONS)
    with connection.cursor() as cursor:
        cursor.execute(DEVICES.format(partition=partition))
        devices = [device for (device,) in cursor.fetchall()]
        for first in range(0, len(devices), DEVICES_AT_ONCE):
            statement = PART.format(columns=SELECTED, partition=partition)
            with cursor.copy(statement, [devices[first : first + DEVICES_AT_ONCE]]) as copy:
                yield table_of(b"".join(bytes(chunk) for chunk in copy))


def _check(path: Path, rows: int) -> None:
    if row_count(path) != rows:
        raise HandoverError(f"{path}: 文件有 {row_count(path)} 行，应有 {rows} 行（rows differ）")


@transaction.atomic
def drop_handed_over(day: date) -> None:
    """Drops the partition of a day that is safe in the lake. Raises HandoverError for one that is not: it stays.

    A day without any position has no file and needs none.
    """
    row = PositionLakeDay.objects.filter(day=day).first()
    with connection.cursor() as cursor:
        # Nobody may add a row between the counting and the dropping.
        cursor.execute(f"LOCK TABLE {partition_of(day, POSITIONS)} IN ACCESS EXCLUSIVE MODE")
        present = _count(cursor, day)
        if present:
            if row is None or present != row.positions:
                told = row.positions if row else 0
                raise HandoverError(f"{day}: 库中 {present} 个位置，文件 {told} 个，须重新入湖（hand over anew）")
            path = home.lake() / row.path
            if digest(path) != row.sha256:
                raise HandoverError(f"{path}: 校验和不符（digest differs）")
            _check(path, present)
        drop_partition(cursor, day, POSITIONS)
    if row is not None:
        row.is_in_database = False
        row.save(update_fields=["is_in_database"])
