"""Rows with a key take the place of rows with the same key. In DuckDB, in bounded memory. No Django."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from district.kernel import home
from district.kernel.datasets.duck import literal, name
from district.kernel.datasets.version_files import DUCKDB_TYPES, GROUP_ROWS, ROW, RUN


@dataclass(frozen=True)
class Part:
    """A file below the lake's root and the columns it has."""

    path: str
    columns: tuple[str, ...]


def files_sql(parts: Sequence[Part], columns: Sequence[tuple[str, str]]) -> str:
    """SELECT of all rows: the named columns, `_row`, `_run`. A column a file has not got is null there."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    for part in parts:
        kinds.setdefault(part.columns, []).append(literal(str(home.lake() / part.path)))
    selects = []
    for present, paths in kinds.items():
        shown = [
            name(column) if column in present else f"CAST(NULL AS {DUCKDB_TYPES[kind]}) AS {name(column)}"
            for column, kind in columns
        ]
        wanted = ", ".join([*shown, ROW, RUN])
        selects.append(f"SELECT {wanted} FROM read_parquet([{', '.join(paths)}])")  # noqa: S608 - quoted
    return " UNION ALL ".join(selects)


@dataclass(frozen=True)
class Merged:
    """What of the older files stays, and the rows that stand instead of the others and of the delivered ones."""

    kept: list[Part]
    replaced: int
    batches: Iterator[pa.RecordBatch] | None


def upsert(
    engine: duckdb.DuckDBPyConnection,
    older: Sequence[Part],
    delivered: Sequence[Part],
    columns: Sequence[tuple[str, str]],
    keys: Sequence[str],
) -> Merged:
    """Of rows with one key in the delivery the last holds; it keeps the number of the row it replaces.

    Older files without such a key stay as they are. `batches` is None when the delivered files can stay as well.
    """  # fmt: skip
    listed = ", ".join(map(name, keys))
    engine.execute(f"""
        CREATE TEMP TABLE latest AS SELECT {listed}, max({ROW}) AS {ROW}, count(*) AS times
        FROM ({files_sql(delivered, columns)}) GROUP BY ALL""")  # noqa: S608 - quoted
    same = " AND ".join(f"old.{name(key)} IS NOT DISTINCT FROM latest.{name(key)}" for key in keys)
    touched = [part for part in older if _meets(engine, part, columns, same)]
    engine.execute("CREATE TEMP TABLE before (now BIGINT, earlier BIGINT)")
    if touched:
        engine.execute(f"""
            INSERT INTO before SELECT latest.{ROW}, min(old.{ROW})
            FROM ({files_sql(touched, columns)}) old JOIN latest ON {same} GROUP BY 1""")  # noqa: S608 - quoted
    replaced = _one(engine, "SELECT count(*) FROM before")
    kept = [part for part in older if part not in touched]
    if not touched and not _one(engine, "SELECT count(*) FROM latest WHERE times > 1"):
        return Merged(kept, replaced, None)
    shown = ", ".join(f"new.{name(column)}" for column, _ in columns)
    sql = f"""
        SELECT {shown}, coalesce(before.earlier, new.{ROW}) AS {ROW}, new.{RUN}
        FROM ({files_sql(delivered, columns)}) new JOIN latest ON latest.{ROW} = new.{ROW}
        LEFT JOIN before ON before.now = new.{ROW}"""  # noqa: S608 - quoted
    if touched:
        sql += f"""
            UNION ALL SELECT old.* FROM ({files_sql(touched, columns)}) old ANTI JOIN latest ON {same}"""  # noqa: S608
    return Merged(kept, replaced, rows(engine, sql))


def rows(engine: duckdb.DuckDBPyConnection, sql: str) -> Iterator[pa.RecordBatch]:
    """The answer as a stream."""
    yield from engine.execute(sql).to_arrow_reader(GROUP_ROWS)


def small(parts: Iterable[tuple[Part, int]], limit: int) -> list[Part]:
    """Those of fewer bytes than `limit`."""
    return [part for part, size in parts if size < limit]


def _meets(
    engine: duckdb.DuckDBPyConnection, part: Part, columns: Sequence[tuple[str, str]], same: str
) -> bool:
    sql = f"SELECT EXISTS (SELECT 1 FROM ({files_sql([part], columns)}) old SEMI JOIN latest ON {same})"  # noqa: S608
    return bool(_one(engine, sql))


def _one(engine: duckdb.DuckDBPyConnection, sql: str) -> int:
    found = engine.execute(sql).fetchone()
    assert found is not None
    return found[0]
