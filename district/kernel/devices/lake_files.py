"""Closed days of observations as Parquet in the lake: `observations/day=YYYY-MM-DD/part-0.parquet`. No database here.

    series_id int32 · at timestamp[us, UTC] · exact decimal(18, 6) · rest double · mark int32 · hour int32

sorted by series and time, dictionary-encoded, LZ4. A value is written once: in `exact` when six decimal places give
back the very same double, as they do for what instruments report, else in `rest` (the other of the two is null).
Engines compare and add decimals as whole numbers, at half the price of doubles. `hour` counts the hours since 1970
(UTC; China's hours begin at the same moments): grouping by a small number that is there costs less than cutting up
instants.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from district.kernel import home
from district.kernel.devices.columns import Columns, instant64

PLACES = 6
UNITS = 10**PLACES
EXACT = pa.decimal128(18, PLACES)
LARGEST = 2**53
"""Up to here every whole number is a double, so that units divided by UNITS are rounded once, to the nearest."""
HOUR_US = 3_600_000_000
SERIES_AT_ONCE = 500
"""Of so many series, by their numbers, a row group holds the day."""
SCHEMA = pa.schema(
    [
        pa.field("series_id", pa.int32(), nullable=False),
        pa.field("at", pa.timestamp("us", tz="UTC"), nullable=False),
        pa.field("exact", EXACT),
        pa.field("rest", pa.float64()),
        pa.field("mark", pa.int32(), nullable=False),
        pa.field("hour", pa.int32(), nullable=False),
    ]
)


def path_of(day: date, root: Path | None = None) -> Path:
    """Where the file of a day is, or would be; in this installation's lake when no other root is given."""
    return (root or home.lake()) / "observations" / f"day={day:%Y-%m-%d}" / "part-0.parquet"


def write_day(day: date, parts: Iterable[Columns], root: Path | None = None) -> int:
    """Writes the file of a day, each part a row group; gives the number of rows.

    The file appears whole or not at all: it is written beside, synced, and moved into place.
    """
    target = path_of(day, root)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    rows = 0
    try:
        with pq.ParquetWriter(beside, SCHEMA, compression="lz4", store_decimal_as_integer=True) as writer:
            for part in parts:
                rows += len(part)
                writer.write_table(table_of(part))
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
        table["series_id"].to_numpy(), table["at"].to_numpy().astype("datetime64[us]"), _values(table),
        table["mark"].to_numpy(),
    )  # fmt: skip
    return columns.chosen((columns.at >= instant64(start)) & (columns.at < instant64(end)))


def has_rest(path: Path) -> bool:
    """Whether some value of a file is not in `exact`; told by the file's footer."""
    return _has_rest(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4096)
def _has_rest(path: Path, written_at_ns: int) -> bool:
    footer, column = pq.read_metadata(path), SCHEMA.get_field_index("rest")
    groups = (footer.row_group(number) for number in range(footer.num_row_groups))
    return any(group.column(column).statistics.null_count < group.num_rows for group in groups)


def row_count(path: Path) -> int:
    """The number of rows the file itself says it has."""
    return pq.ParquetFile(path).metadata.num_rows


def digest(path: Path) -> str:
    """SHA-256 of the file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def table_of(part: Columns) -> pa.Table:
    """Observations in the columns of SCHEMA."""
    at_us = part.at.astype("datetime64[us]").astype(np.int64)
    exact, rest = _decimals(part.value)
    hour = pa.array((at_us // HOUR_US).astype(np.int32))
    at = pa.array(at_us).cast(pa.timestamp("us", tz="UTC"))
    return pa.table([pa.array(part.series_id), at, exact, rest, pa.array(part.mark), hour], schema=SCHEMA)


def _decimals(values: NDArray[np.float64]) -> tuple[pa.Array, pa.Array]:
    """`exact` and `rest`. What is no number, too large, finer than PLACES or minus zero is in `rest`."""
    with np.errstate(invalid="ignore", over="ignore"):
        units = np.rint(values * UNITS)
        is_exact = (np.abs(units) < LARGEST) & (units / UNITS == values) & ~((values == 0) & np.signbit(values))
    low = np.where(is_exact, units, 0).astype(np.int64)
    wide = np.stack([low, low >> 63], axis=1)  # 128 bits, the lower half first
    valid = None if is_exact.all() else pa.py_buffer(np.packbits(is_exact, bitorder="little"))
    exact = pa.Array.from_buffers(EXACT, len(values), [valid, pa.py_buffer(wide)])
    return exact, pa.array(values, mask=is_exact)


def _values(table: pa.Table) -> NDArray[np.float64]:
    exact, rest = (table[name].combine_chunks() for name in ("exact", "rest"))
    if not len(exact):
        return np.empty(0)
    wide = np.frombuffer(exact.buffers()[1], np.int64)
    units = wide[2 * exact.offset : 2 * (exact.offset + len(exact)) : 2]
    if not exact.null_count:
        return units / UNITS
    is_exact = exact.is_valid().to_numpy(zero_copy_only=False)
    return np.where(is_exact, units / UNITS, rest.to_numpy(zero_copy_only=False))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
