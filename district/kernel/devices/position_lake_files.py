"""Closed days of positions as Parquet in the lake: `positions/day=YYYY-MM-DD/part-0.parquet`. No database here.

The columns of the table of positions, sorted by device and time; instants in µs (UTC), `extra` the text of a JSON object.
ZSTD: a place of a day is read seldom, and kept for years.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from district.kernel import home

COLUMNS = ("number", "device_id", "at", "received_at", "digest", "alarm", "status", "lon", "lat", "speed_kmh", "mileage_km",
           "altitude_m", "direction", "mark", "extra")  # fmt: skip
INSTANT = pa.timestamp("us", tz="UTC")
OPTIONAL = frozenset({"mileage_km", "extra"})
TYPES: dict[str, pa.DataType] = {
    "number": pa.int64(), "device_id": pa.int64(), "at": INSTANT, "received_at": INSTANT, "digest": pa.int64(),
    "alarm": pa.int64(), "status": pa.int64(), "lon": pa.float64(), "lat": pa.float64(), "speed_kmh": pa.float32(),
    "mileage_km": pa.float32(), "altitude_m": pa.int32(), "direction": pa.int32(), "mark": pa.int32(), "extra": pa.string(),
}  # fmt: skip
SCHEMA = pa.schema([pa.field(name, TYPES[name], nullable=name in OPTIONAL) for name in COLUMNS])
SELECTED = """number, device_id, (extract(epoch FROM at) * 1000000)::bigint AS at_us,
    (extract(epoch FROM received_at) * 1000000)::bigint AS received_us, digest, alarm, status, lon, lat, speed_kmh, mileage_km,
    altitude_m, direction, mark, extra::text"""
"""As `table_of` reads them: instants as µs since 1970."""


def path_of(day: date, root: Path | None = None) -> Path:
    """Where the file of a day is, or would be."""
    return (root or home.lake()) / "positions" / f"day={day:%Y-%m-%d}" / "part-0.parquet"


def table_of(csv: bytes) -> pa.Table:
    """Rows of SELECTED as PostgreSQL's CSV without a head. An empty text is told from none by its quotes."""
    if not csv:
        return SCHEMA.empty_table()
    kinds = TYPES | {"at": pa.int64(), "received_at": pa.int64()}
    table = pc.read_csv(
        io.BytesIO(csv), read_options=pc.ReadOptions(column_names=list(COLUMNS)),
        parse_options=pc.ParseOptions(newlines_in_values=True),
        convert_options=pc.ConvertOptions(column_types=kinds, strings_can_be_null=True, quoted_strings_can_be_null=False,
                                          null_values=[""]),
    )  # fmt: skip
    columns = [table[name].cast(TYPES[name]) for name in COLUMNS]
    return pa.Table.from_arrays([column.combine_chunks() for column in columns], schema=SCHEMA)


def write_day(day: date, parts: Iterable[pa.Table], root: Path | None = None) -> int:
    """Writes the file of a day, each part a row group; gives the number of rows. It appears whole or not at all."""
    target = path_of(day, root)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    rows = 0
    try:
        with pq.ParquetWriter(beside, SCHEMA, compression="zstd") as writer:
            for part in parts:
                rows += part.num_rows
                writer.write_table(part)
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return rows


def read_day(day: date, devices: Sequence[int], start: datetime, end: datetime) -> pa.Table:
    """The positions of some devices in a day's file, from `start` up to (not including) `end`, by device and time.

    FileNotFoundError when the file is not there: what should be in it is then missing, and nobody must think it is not.
    """
    path = path_of(day)
    if not path.exists():
        raise FileNotFoundError(f"数据湖缺少 {path}（the lake has lost a day）")
    wanted = [("device_id", "in", list(devices)), ("at", ">=", start), ("at", "<", end)]
    return pq.read_table(path, filters=wanted, partitioning=None)
