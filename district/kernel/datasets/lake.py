"""The lake: closed days as Parquet in hive layout, read through Ibis; DuckDB by default. No Django.

    observations/day=2026-05-01/part-0.parquet

Written by the hand-over of devices; `devices.lake_files` says which columns and why. The table of observations has
two columns more: `day`, the natural day of `at` in China Standard Time, and `value`, the double that was observed.
Means and extremes are cheaper on `exact`, see `datasets.rollups`; where some file has values that are no decimals the
table has `rest` too.
Analytics take Ibis tables and give Ibis expressions, so the same code runs on any engine Ibis knows; only `lake()`
names one.
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
from district.kernel.devices.columns import EPOCH_2000, Columns
from district.kernel.devices.lake_files import EXACT, has_rest, table_of

OBSERVATIONS = "observations"
TABLE_SCHEMA = pa.schema([
    ("series_id", pa.int32()), ("at", pa.timestamp("us", tz="UTC")), ("value", pa.float64()), ("mark", pa.int32()),
    ("day", pa.date32()), ("hour", pa.int32()), ("exact", EXACT),
])  # fmt: skip
REST = pa.field("rest", pa.float64())
THREADS = 2

# One row of COPY BINARY: the number of fields, then length and content of each (PostgreSQL manual, COPY, Binary Format).
_COPY_HEADER, _COPY_TRAILER = 19, 2
_COPY_ROW = np.dtype([
    ("fields", ">i2"), ("n1", ">i4"), ("series_id", ">i4"), ("n2", ">i4"), ("at", ">i8"), ("n3", ">i4"),
    ("value", ">f8"), ("n4", ">i4"), ("mark", ">i4"),
])  # fmt: skip


def lake(threads: int = THREADS, memory: str = "2GB") -> ibis.BaseBackend:
    """A new connection of the engine. Instants are shown, and hours and days begin, in China Standard Time."""
    engine = ibis.duckdb.connect(threads=threads, memory_limit=memory)
    engine.raw_sql(f"SET TimeZone = '{CHINA.key}'")
    engine.raw_sql("SET preserve_insertion_order = false; SET enable_progress_bar = false")
    return engine


def observations(engine: ibis.BaseBackend, root: Path | None = None) -> ir.Table:
    """All closed days, TABLE_SCHEMA and perhaps `rest`. Filter on `day` first: only those files are read."""
    folder = (root or home.lake()) / OBSERVATIONS
    paths = list(folder.glob("day=*/*.parquet"))
    if not paths:
        return ibis.memtable(TABLE_SCHEMA.empty_table())
    files = str(folder / "day=*" / "*.parquet").replace("'", "''")
    value, rest = "CAST(exact AS DOUBLE)", ""
    if any(has_rest(path) for path in paths):
        value, rest = f"coalesce({value}, rest)", ", rest"
    view = f"""
        CREATE OR REPLACE TEMPORARY VIEW {OBSERVATIONS} AS
        SELECT series_id, "at", {value} AS value, mark, day, hour, exact{rest}
        FROM read_parquet('{files}', hive_partitioning = true)"""  # noqa: S608 - quotes in the path are doubled
    engine.raw_sql(view)
    return engine.table(OBSERVATIONS)


def lake_days(root: Path | None = None) -> list[date]:
    """The days that are in the lake."""
    folder = (root or home.lake()) / OBSERVATIONS
    return sorted(
        date.fromisoformat(path.parent.name.removeprefix("day=")) for path in folder.glob("day=*/*.parquet")
    )


def with_open_days(
    closed: ir.Table,
    connection: psycopg.Connection[Any],
    days: Sequence[date],
    series_ids: Sequence[int] | None = None,
) -> ir.Table:
    """`closed` together with days that are still in PostgreSQL only, today above all."""
    parts = [database_day(connection, day, series_ids) for day in days]
    rows = pa.concat_tables([TABLE_SCHEMA.append(REST).empty_table(), *parts])
    if not len(rows):
        return closed
    if "rest" not in closed.columns and rows["rest"].null_count == len(rows):
        rows = rows.drop_columns("rest")
    elif "rest" not in closed.columns:
        closed = closed.mutate(rest=ibis.null("float64"))
    return ibis.union(closed, ibis.memtable(rows))


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
    rows = np.frombuffer(
        data, _COPY_ROW, offset=_COPY_HEADER, count=(len(data) - _COPY_HEADER - _COPY_TRAILER) // 42
    )
    columns = Columns(
        rows["series_id"].astype(np.int32), EPOCH_2000 + rows["at"].astype("timedelta64[us]"),
        rows["value"].astype(np.float64), rows["mark"].astype(np.int32),
    )  # fmt: skip
    table = table_of(columns).append_column("value", pa.array(columns.value))
    table = table.append_column("day", pa.repeat(pa.scalar(day, pa.date32()), len(rows)))
    return table.select(TABLE_SCHEMA.append(REST).names).cast(TABLE_SCHEMA.append(REST))
