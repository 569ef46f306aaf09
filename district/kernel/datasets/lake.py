"""The lake: closed days as Parquet in hive layout, read through Ibis; DuckDB by default. No Django.

    observations/day=2026-05-01/part-0.parquet     series_id int32, at timestamp[us, UTC], value double, mark int32

Written by the hand-over of devices (`devices.lake_files`), sorted by series and time. The table of observations has
two columns more: `day`, the natural day of `at` in China Standard Time, and `hour`, the whole hours since 1970 (UTC,
of which China's hours begin at the same moments): a number is half the price of a truncated instant to group by.
Analytics take Ibis tables and give Ibis expressions
(`datasets.rollups`), so the same code runs on any engine Ibis knows; only `lake()` names one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import psycopg
import pyarrow as pa

from district.kernel import home
from district.kernel.clock import CHINA
from district.kernel.devices.lake_files import SCHEMA, path_of

OBSERVATIONS = "observations"
TABLE_SCHEMA = SCHEMA.append(pa.field("day", pa.date32())).append(pa.field("hour", pa.int32()))
HOUR_US = 3_600_000_000
THREADS = 2

# One row of COPY BINARY: the number of fields, then length and content of each (PostgreSQL manual, COPY, Binary Format).
_COPY_HEADER, _COPY_TRAILER = 19, 2
_COPY_ROW = np.dtype([
    ("fields", ">i2"), ("n1", ">i4"), ("series_id", ">i4"), ("n2", ">i4"), ("at", ">i8"), ("n3", ">i4"),
    ("value", ">f8"), ("n4", ">i4"), ("mark", ">i4"),
])  # fmt: skip
_POSTGRES_EPOCH_US = 946_684_800_000_000


def lake(threads: int = THREADS, memory: str = "2GB") -> ibis.BaseBackend:
    """A new connection of the engine. Instants are shown, and hours and days begin, in China Standard Time."""
    engine = ibis.duckdb.connect(threads=threads, memory_limit=memory)
    engine.raw_sql(f"SET TimeZone = '{CHINA.key}'")
    engine.raw_sql("SET preserve_insertion_order = false; SET enable_progress_bar = false")
    return engine


def day_path(day: date, root: Path | None = None) -> Path:
    """Where the observations of a day belong."""
    usual = path_of(day)
    return usual if root is None else root / usual.relative_to(home.lake())


def observations(engine: ibis.BaseBackend, root: Path | None = None) -> ir.Table:
    """All closed days: series_id, at, value, mark, day, hour. Filter on `day` first: only those files are read."""
    folder = (root or home.lake()) / OBSERVATIONS
    if not any(folder.glob("day=*/*.parquet")):
        return ibis.memtable(TABLE_SCHEMA.empty_table())
    files = str(folder / "day=*" / "*.parquet").replace("'", "''")
    # `hour` in the engine's own words: Ibis would cast every instant to one without a zone, ten times the price.
    view = f"""
        CREATE OR REPLACE TEMPORARY VIEW {OBSERVATIONS} AS
        SELECT series_id, "at", value, mark, day, CAST(epoch_us("at") // {HOUR_US} AS INTEGER) AS hour
        FROM read_parquet('{files}', hive_partitioning = true)"""  # noqa: S608 - quotes in the path are doubled
    engine.raw_sql(view)
    return engine.table(OBSERVATIONS)


def lake_days(root: Path | None = None) -> list[date]:
    """The days that are in the lake."""
    folder = (root or home.lake()) / OBSERVATIONS
    return sorted(date.fromisoformat(path.parent.name.removeprefix("day=")) for path in folder.glob("day=*/*.parquet"))


def with_open_days(
    closed: ir.Table, connection: psycopg.Connection[Any], days: Sequence[date], series_ids: Sequence[int] | None = None
) -> ir.Table:
    """`closed` together with days that are still in PostgreSQL only, today above all."""
    parts = [database_day(connection, day, series_ids) for day in days]
    rows = [part for part in parts if part.num_rows]
    return ibis.union(closed, ibis.memtable(pa.concat_tables(rows))) if rows else closed


def database_day(
    connection: psycopg.Connection[Any], day: date, series_ids: Sequence[int] | None = None
) -> pa.Table:
    """The observations of a day in PostgreSQL, as the lake would hold them."""
    start = datetime(day.year, day.month, day.day, tzinfo=CHINA)
    where = "at >= %s AND at < %s"
    parameters: list[Any] = [start, start + timedelta(days=1)]
    if series_ids is not None:
        where, parameters = where + " AND series_id = ANY(%s)", [*parameters, list(series_ids)]
    select = psycopg.ClientCursor(connection).mogrify(
        f"SELECT series_id::int4, at, value, mark::int4 FROM devices_observation WHERE {where}",  # noqa: S608
        parameters,
    )
    with connection.cursor() as cursor, cursor.copy(f"COPY ({select}) TO STDOUT (FORMAT binary)") as copy:
        data = b"".join(copy)
    return _table(data, day)


def _table(data: bytes, day: date) -> pa.Table:
    rows = np.frombuffer(data, _COPY_ROW, offset=_COPY_HEADER, count=(len(data) - _COPY_HEADER - _COPY_TRAILER) // 42)
    at = rows["at"].astype(np.int64) + _POSTGRES_EPOCH_US
    return pa.table(
        {
            "series_id": pa.array(rows["series_id"].astype(np.int32)),
            "at": pa.array(at).cast(pa.timestamp("us", tz="UTC")),
            "value": pa.array(rows["value"].astype(np.float64)),
            "mark": pa.array(rows["mark"].astype(np.int32)),
            "day": pa.repeat(pa.scalar(day, pa.date32()), len(rows)),
            "hour": pa.array((at // HOUR_US).astype(np.int32)),
        }
    )
