"""Closed days of observations as Parquet in the lake: `observations/day=YYYY-MM-DD/part-0.parquet`. No database here.

Columns: series_id int32, at timestamp[us, UTC], value float64, mark int32; zstd, sorted by series and time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from district.kernel import home
from district.kernel.devices.columns import Columns, instant64

SCHEMA = pa.schema(
    [
        pa.field("series_id", pa.int32(), nullable=False),
        pa.field("at", pa.timestamp("us", tz="UTC"), nullable=False),
        pa.field("value", pa.float64(), nullable=False),
        pa.field("mark", pa.int32(), nullable=False),
    ]
)


def path_of(day: date) -> Path:
    """Where the file of a day is, or would be."""
    return home.lake() / "observations" / f"day={day:%Y-%m-%d}" / "part-0.parquet"


def write_day(day: date, parts: Iterable[Columns]) -> int:
    """Writes the file of a day, each part a row group; gives the number of rows.

    The file appears whole or not at all: it is written beside, synced, and moved into place.
    """
    target = path_of(day)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    rows = 0
    try:
        with pq.ParquetWriter(beside, SCHEMA, compression="zstd") as writer:
            for part in parts:
                rows += len(part)
                writer.write_table(_table(part))
        _sync(beside)
        beside.replace(target)
        _sync(target.parent)
    finally:
        beside.unlink(missing_ok=True)
    return rows


def read_day(day: date, series: Sequence[int], start: datetime, end: datetime) -> Columns:
    """The observations of some series in a day's file, from `start` up to (not including) `end`.

    FileNotFoundError when the file is not there: what should be in it is then missing, and nobody must think it is not.
    """
    path = path_of(day)
    if not path.exists():
        raise FileNotFoundError(f"数据湖缺少 {path}（the lake has lost a day）")
    table = pq.read_table(path, filters=[("series_id", "in", list(series))], partitioning=None)
    columns = Columns(
        table["series_id"].to_numpy(), table["at"].to_numpy().astype("datetime64[us]"), table["value"].to_numpy(),
        table["mark"].to_numpy(),
    )  # fmt: skip
    return columns.chosen((columns.at >= instant64(start)) & (columns.at < instant64(end)))


def row_count(path: Path) -> int:
    """The number of rows the file itself says it has."""
    return pq.ParquetFile(path).metadata.num_rows


def digest(path: Path) -> str:
    """SHA-256 of the file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _table(part: Columns) -> pa.Table:
    at = pa.array(part.at.astype(np.int64), pa.int64()).cast(pa.timestamp("us", tz="UTC"))
    return pa.table(
        [pa.array(part.series_id), at, pa.array(part.value), pa.array(part.mark)], schema=SCHEMA
    )


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
