"""Parquet files that are either there and whole, or not there. No Django."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq

CHUNK_ROWS = 50_000

OF_POSTGRES: dict[int, pa.DataType] = {
    16: pa.bool_(),
    20: pa.int64(),
    21: pa.int16(),
    23: pa.int32(),
    25: pa.string(),
    700: pa.float32(),
    701: pa.float64(),
    1042: pa.string(),
    1043: pa.string(),
    1082: pa.date32(),
    1114: pa.timestamp("us"),
    1184: pa.timestamp("us", tz="UTC"),
    2950: pa.string(),
}
"""PostgreSQL type numbers → Arrow types; anything else is written as text."""


@dataclass(frozen=True)
class Written:
    """A file that has been written and is on disk."""

    path: Path
    rows: int
    bytes: int
    sha256: str


def write_parquet(
    batches: Iterable[pa.RecordBatch], schema: pa.Schema, target: Path, **layout: Any
) -> Written:
    """Writes batches beside the target, flushes them to disk, then renames: readers see the old file or the new.

    When anything fails nothing is left behind, and a file that was there stays. `layout` goes to the ParquetWriter.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    rows = 0
    try:
        with pq.ParquetWriter(partial, schema, compression="zstd", **layout) as writer:
            for batch in batches:
                writer.write_batch(batch)
                rows += batch.num_rows
                # What a row group needed goes back to the system: kept, it adds up to hundreds of megabytes.
                pa.default_memory_pool().release_unused()
        digest, size = _flushed(partial)
        partial.replace(target)
        flush_folder(target.parent)
    finally:
        partial.unlink(missing_ok=True)
    return Written(target, rows, size, digest)


def write_query(
    connection: psycopg.Connection[Any], sql: str, parameters: Iterable[Any], target: Path
) -> Written:
    """Writes the rows of a SELECT, read through a server-side cursor, so that any number fits into memory."""
    with connection.transaction(), connection.cursor("parquet_export") as cursor:
        cursor.execute(sql, list(parameters))
        assert cursor.description is not None
        schema = pa.schema(
            [
                pa.field(column.name, OF_POSTGRES.get(column.type_code, pa.string()))
                for column in cursor.description
            ]
        )
        return write_parquet(_batches(cursor, schema), schema, target)


def _batches(cursor: psycopg.ServerCursor[Any], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    while rows := cursor.fetchmany(CHUNK_ROWS):
        columns = [
            pa.array([_plain(value, field.type) for value in column], field.type)
            for field, column in zip(schema, zip(*rows, strict=True), strict=True)
        ]
        yield pa.record_batch(columns, schema=schema)


def _plain(value: Any, wanted: pa.DataType) -> Any:
    return value if value is None or not pa.types.is_string(wanted) else str(value)


def _flushed(path: Path) -> tuple[str, int]:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
