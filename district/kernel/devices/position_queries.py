"""Reading positions of a span: from the database, and of days that have left it from the lake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pyarrow as pa
from django.db import connection

from district.kernel.clock import CHINA
from district.kernel.devices.models import PositionLakeDay
from district.kernel.devices.position_lake_files import SCHEMA, SELECTED, read_day, table_of

OF_SPAN = """COPY (SELECT {columns} FROM devices_position
    WHERE device_id = ANY(%s) AND at >= %s AND at < %s AND mark & %s = 0 ORDER BY device_id, at, digest LIMIT %s)
    TO STDOUT (FORMAT csv)"""
MOST = 400_000


def positions_of(devices: Sequence[int], start: datetime, end: datetime, without: int = 0, most: int = MOST) -> pa.Table:
    """Positions of some devices from `start` up to (not including) `end`, by device and time: the columns of SCHEMA.

    `without`: bits of `position_marks`; a position with one of them is left out. At most `most` of the database and as many
    of the lake. Raises FileNotFoundError when the lake has lost a day.
    """
    statement = OF_SPAN.format(columns=SELECTED)
    with connection.cursor() as cursor, cursor.copy(statement, [list(devices), start, end, without, most]) as copy:
        parts = [table_of(b"".join(bytes(chunk) for chunk in copy))]
    last = (end - timedelta(microseconds=1)).astimezone(CHINA).date()
    gone = PositionLakeDay.objects.filter(is_in_database=False, day__gte=start.astimezone(CHINA).date(), day__lte=last)
    for day in gone.order_by("day").values_list("day", flat=True):
        table = read_day(day, devices, start, end)
        parts.append(table.filter(pa.compute.equal(pa.compute.bit_wise_and(table["mark"], without), 0)).slice(0, most))
    if len(parts) == 1:
        return parts[0]
    whole = pa.concat_tables([part.cast(SCHEMA) for part in parts])
    return whole.sort_by([("device_id", "ascending"), ("at", "ascending"), ("digest", "ascending")])
