"""Runs SQL where nothing else is: the granted rows are put into a database of their own, and then the doors are shut.

The database holds only what the rules of the grants let through, masked, before the first word of the analyst's SQL is
run; files, networks, extensions and settings are out of reach from then on. So a statement that tricks the reading of
`reading_sql` still finds nothing it might not see.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from district.kernel.datasets.duck import duck, name
from district.kernel.people.refused import Refused

MEMORY_MB = 512
MOST_ROWS = 10_000
"""Rows of an answer; an export or a product may have more."""
SHUT = (
    "SET enable_external_access = false", "SET allow_community_extensions = false",
    "SET autoload_known_extensions = false", "SET lock_configuration = true",
)  # fmt: skip


@dataclass(frozen=True)
class Loaded:
    """A granted relation: `batches` are its rows, or `sql` makes them in DuckDB with `values`."""

    resource: str
    batches: Callable[[], Iterator[pa.RecordBatch]] | None = None
    sql: str = ""
    values: Mapping[str, Any] | None = None
    schema: pa.Schema | None = None


@dataclass(frozen=True)
class Answer:
    """`rows` as Arrow; `is_cut` when there were more than asked for; `seconds` without the loading."""

    rows: pa.Table
    is_cut: bool
    seconds: float


@contextmanager
def sandbox(relations: Sequence[Loaded], memory_mb: int = MEMORY_MB) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with these relations and no way out."""
    with duck(memory_mb) as connection:
        for each in relations:
            _load(connection, each)
        for statement in SHUT:
            connection.execute(statement)
        yield connection


def run(
    connection: duckdb.DuckDBPyConnection, sql: str, *, most_rows: int = MOST_ROWS, seconds: float = 30.0
) -> Answer:
    """Raises Refused: `sql_slow`, `sql_memory`, `sql_failed`."""
    began = time.monotonic()
    is_over = threading.Event()

    def stop() -> None:
        is_over.set()
        connection.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.start()
    try:
        reader = connection.execute(sql).to_arrow_reader(2048)
        rows, is_cut = _taken(reader, most_rows)
    except duckdb.Error as error:
        if is_over.is_set():
            raise Refused("sql_slow", f"查询超过 {seconds:.0f} 秒，已停止", field="sql", value=seconds) from error
        if isinstance(error, duckdb.OutOfMemoryException):
            raise Refused("sql_memory", "查询需要的内存超过限额", field="sql") from error
        raise Refused("sql_failed", f"查询失败：{_words(error)}", field="sql") from error
    finally:
        timer.cancel()
    return Answer(rows, is_cut, time.monotonic() - began)


def _taken(reader: pa.RecordBatchReader, most: int) -> tuple[pa.Table, bool]:
    batches, count = [], 0
    for batch in reader:
        batches.append(batch)
        count += batch.num_rows
        if count > most:
            break
    table = pa.Table.from_batches(batches, schema=reader.schema)
    return table.slice(0, most), table.num_rows > most


def _load(connection: duckdb.DuckDBPyConnection, relation: Loaded) -> None:
    unit, key = relation.resource.split(".", 1)
    target = f"{name(unit)}.{name(key)}"
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name(unit)}")
    if relation.sql:
        connection.execute(f"CREATE TABLE {target} AS {relation.sql}", dict(relation.values or {}))
        return
    assert relation.batches is not None
    assert relation.schema is not None
    # Batch by batch: a reader would be read in DuckDB's threads, and the database's connection belongs to this one.
    _put(connection, relation.schema.empty_table(), f"CREATE TABLE {target} AS")
    for batch in relation.batches():
        _put(connection, pa.Table.from_batches([batch]), f"INSERT INTO {target}")


def _put(connection: duckdb.DuckDBPyConnection, rows: pa.Table, into: str) -> None:
    connection.register("incoming", rows)
    connection.execute(f"{into} SELECT * FROM incoming")  # noqa: S608 - quoted names
    connection.unregister("incoming")


def _words(error: duckdb.Error) -> str:
    return str(error).split("\n")[0].removeprefix("Error: ")[:300]


