"""Rows of a table or view, in chunks, from where the last reading ended. No Django.

By a cursor column: only what is new. Without one: all rows, as one state of the data, in the order of the key where
there is a key, so that a reading that was cut off goes on behind the last row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from district.kernel.connectors.databases.columns import Column, array_of, columns_of, key_of, reflected
from district.kernel.connectors.databases.description import Condition, Wanted
from district.kernel.connectors.databases.opening import opened
from district.kernel.connectors.databases.position import Position, decoded, encoded
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.rows import Rows

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select, Table

PREVIEW_ROWS = 20


def read(
    wanted: Wanted, password: str = "", cursor: dict[str, Any] | None = None, *, decides_by_key: bool = False,
    published_rows: int = 0,
) -> Iterator[Rows]:  # fmt: skip
    """All rows behind `cursor` (as a Rows of an earlier reading had it). The first Rows is empty: it has the columns.

    `decides_by_key`: the receiver replaces rows by key, so rows of the overlap may come again. `published_rows`: how
    many a full delivery is compared with. Raises Refused.
    """
    with opened(wanted, password) as connection:
        table = reflected(connection, wanted)
        columns = columns_of(table, wanted)
        yield Rows(_batch([], columns))
        if wanted.cursor_column:
            yield from _new_rows(connection, table, wanted, columns, cursor, decides_by_key)
        else:
            yield from _all_rows(connection, table, wanted, columns, cursor, published_rows)


def preview(wanted: Wanted, password: str = "", rows: int = PREVIEW_ROWS) -> pa.RecordBatch:
    """The first rows, read in the same way. Also the test whether the connection and the table are good."""
    with opened(wanted, password) as connection:
        table = reflected(connection, wanted)
        columns = columns_of(table, wanted)
        found = connection.execute(_selected(table, wanted, columns).limit(rows)).all()
        return _batch(found, columns)


def _new_rows(
    connection: Connection, table: Table, wanted: Wanted, columns: Sequence[Column], cursor: dict[str, Any] | None,
    decides_by_key: bool,
) -> Iterator[Rows]:  # fmt: skip
    by = table.columns[wanted.cursor_column]
    _refuse_nulls(connection, table, wanted)
    position = Position(cursor, wanted.overlap, remembers=not decides_by_key)
    keys = key_of(table, wanted)
    query = _selected(table, wanted, columns).order_by(by, *(table.columns[name] for name in keys))
    if position.start is not None:
        query = query.where(by >= position.start)
    names = [column.name for column in columns]
    at = names.index(wanted.cursor_column)
    told_by = [names.index(name) for name in keys if name in names] if set(keys) <= set(names) else []
    told_by = told_by or list(range(len(names)))
    for chunk in _chunks(connection, query, wanted):
        first = position.read + 1
        kept, places = [], []
        for place, row in enumerate(chunk, first):
            if position.take(_comparable(row[at]), [row[index] for index in told_by]):
                kept.append(row)
                places.append(place)
        yield Rows(_batch(kept, columns), np.array(places, dtype=np.int64), cursor=position.save())


def _all_rows(
    connection: Connection, table: Table, wanted: Wanted, columns: Sequence[Column], cursor: dict[str, Any] | None,
    published_rows: int,
) -> Iterator[Rows]:  # fmt: skip
    from sqlalchemy import tuple_

    keys = key_of(table, wanted)
    query = _selected(table, wanted, columns)
    names = [column.name for column in columns]
    is_keyed = bool(keys) and set(keys) <= set(names)
    total = 0
    if is_keyed:
        listed = [table.columns[name] for name in keys]
        query = query.order_by(*listed)
        if cursor:
            total = int(cursor["read"])
            after = [decoded(value) for value in cursor["after"]]
            query = query.where(tuple_(*listed) > tuple_(*after) if len(listed) > 1 else listed[0] > after[0])
    for chunk in _chunks(connection, query, wanted):
        first, total = total + 1, total + len(chunk)
        place: dict[str, Any] | None = None
        if is_keyed:
            place = {"after": [encoded(chunk[-1][names.index(name)]) for name in keys], "read": total}
        yield Rows(_batch(chunk, columns), np.arange(first, total + 1), cursor=place)
    if total < published_rows * wanted.least_share:
        raise Refused(
            "too_few_rows",
            f"全量读取只有 {total} 行，不到已发布 {published_rows} 行的 {wanted.least_share:.0%}，为防误删没有入库；"
            "确属正常时请调低“最少比例”",
            field="least_share", value=total,
        )  # fmt: skip
    yield Rows(_batch([], columns), cursor={"rows": total})


def _refuse_nulls(connection: Connection, table: Table, wanted: Wanted) -> None:
    from sqlalchemy import select

    by = table.columns[wanted.cursor_column]
    query = select(by).where(by.is_(None), *_conditions(table, wanted.conditions)).limit(1)
    if by.nullable is not False and connection.execute(query).first() is not None:
        raise Refused(
            "cursor_has_nulls", f"增量字段“{wanted.cursor_column}”有空值的行，这些行永远读不到；请换一列或改为全量",
            field="cursor_item", value=wanted.cursor_column,
        )  # fmt: skip


def _selected(table: Table, wanted: Wanted, columns: Sequence[Column]) -> Select[Any]:
    from sqlalchemy import select

    return select(*(table.columns[column.name] for column in columns)).where(
        *_conditions(table, wanted.conditions)
    )


def _conditions(table: Table, conditions: Sequence[Condition]) -> list[Any]:
    made: list[Any] = []
    for each in conditions:
        column = table.columns[each.column]
        if each.operator == "in":
            made.append(column.in_(each.value if isinstance(each.value, list) else [each.value]))
        elif each.operator.startswith("is"):
            made.append(column.is_(None) if each.operator == "is null" else column.is_not(None))
        else:
            made.append(column.op(each.operator, is_comparison=True)(each.value))
    return made


def _chunks(connection: Connection, query: Select[Any], wanted: Wanted) -> Iterator[list[Any]]:
    result = connection.execution_options(stream_results=True, yield_per=wanted.chunk_rows).execute(query)
    for chunk in result.partitions(wanted.chunk_rows):
        yield list(chunk)


def _batch(rows: Sequence[Any], columns: Sequence[Column]) -> pa.RecordBatch:
    values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    arrays = [array_of(each, column) for each, column in zip(values, columns, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, names=[column.name for column in columns])


def _comparable(value: Any) -> Any:
    return bytes(value).hex() if isinstance(value, bytes | bytearray) else value
