"""Day partitions of observations and positions, made ahead of time. Plain SQL over any psycopg cursor, Django's too; no
Django here.

A partition is `devices_observation_YYYYMMDD` or `devices_position_YYYYMMDD` and holds a natural day of China (UTC+8).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Protocol

TABLE = "devices_observation"
POSITIONS = "devices_position"
PRIMARY_KEYS = {TABLE: "series_id, at", POSITIONS: "device_id, at, digest"}
LOCK = 0x6F627376
"""Advisory lock under which partitions are made and dropped: two makers at once must not deadlock."""


class Cursor(Protocol):
    def execute(self, query: Any, params: Any = None) -> Any: ...
    def fetchall(self) -> list[Any]: ...


def partition_of(day: date, table: str = TABLE) -> str:
    """The name of the partition of a day."""
    return f"{table}_{day:%Y%m%d}"


def day_of(partition: str) -> date:
    """The day of a partition's name."""
    digits = partition[-8:]
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def existing_days(cursor: Cursor, table: str = TABLE) -> set[date]:
    """The days that have a partition."""
    cursor.execute(
        "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
        " WHERE i.inhparent = to_regclass(%s)",
        [table],
    )
    return {day_of(name) for (name,) in cursor.fetchall()}


def ensure_partitions(cursor: Cursor, first: date, last: date, table: str = TABLE) -> list[date]:
    """Makes the partitions of all days from `first` to `last` (included) that are missing; gives those made."""
    return make_partitions(cursor, (first + timedelta(n) for n in range((last - first).days + 1)), table)


def make_partitions(cursor: Cursor, days: Iterable[date], table: str = TABLE) -> list[date]:
    """Makes the missing ones of these days. In a transaction: it waits for other makers until that one ends."""
    wanted = set(days)
    if wanted <= existing_days(cursor, table):
        return []
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    missing = sorted(wanted - existing_days(cursor, table))
    for day in missing:
        _make(cursor, day, table)
    return missing


def drop_partition(cursor: Cursor, day: date, table: str = TABLE) -> None:
    """Drops the partition of a day with all its rows, if there is one."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    cursor.execute(f"DROP TABLE IF EXISTS {partition_of(day, table)}")


def _make(cursor: Cursor, day: date, table: str) -> None:
    name, following = partition_of(day, table), day + timedelta(1)
    # Made on its own and then attached: attaching takes a lighter lock on the whole than CREATE … PARTITION OF.
    cursor.execute(f"CREATE TABLE {name} (LIKE {table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
    cursor.execute(f"ALTER TABLE {name} ADD CONSTRAINT {name}_pkey PRIMARY KEY ({PRIMARY_KEYS[table]})")
    cursor.execute(
        f"ALTER TABLE {table} ATTACH PARTITION {name}"
        f" FOR VALUES FROM ('{day:%Y-%m-%d} 00:00+08') TO ('{following:%Y-%m-%d} 00:00+08')"
    )
