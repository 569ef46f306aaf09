"""What tables there are and what columns they have, compared with what is wanted before the first row. No Django."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from district.kernel.connectors.databases.description import Wanted
from district.kernel.connectors.refused import Refused

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

MOST_TABLES = 2_000


@dataclass(frozen=True)
class Column:
    """`type` as the database calls it, for people."""

    name: str
    type: str
    arrow: pa.DataType
    is_key: bool = False


def tables(connection: Connection, schema: str = "") -> list[str]:
    """Tables and views that may be read, by name."""
    from sqlalchemy import inspect

    found = inspect(connection)
    names = found.get_table_names(schema or None) + found.get_view_names(schema or None)
    return sorted(names)[:MOST_TABLES]


def reflected(connection: Connection, wanted: Wanted) -> Table:
    """The table as it is now. Raises Refused when it is not there."""
    from sqlalchemy import MetaData, Table
    from sqlalchemy.exc import NoSuchTableError
    from sqlalchemy.types import NullType

    if not wanted.table:
        raise Refused("setting_missing", "请选择要读取的表或视图", field="table")
    try:
        table = Table(
            wanted.table,
            MetaData(),
            schema=wanted.schema or None,
            autoload_with=connection,
            resolve_fks=False,
        )
    except NoSuchTableError:
        place = f"{wanted.schema}.{wanted.table}" if wanted.schema else wanted.table
        raise Refused("table_missing", f"没有表或视图“{place}”", field="table", value=place) from None
    for column in table.columns:
        column.info.update(said=_type_text(column.type), arrow=arrow_type(column.type))
        if wanted.engine == "sqlite":  # any value may stand in any column there: they are taken as they are
            column.type = NullType()
            if column.info["arrow"] not in (pa.int64(), pa.float64()):
                column.info["arrow"] = pa.string()
    return table


def columns_of(table: Table, wanted: Wanted) -> list[Column]:
    """Those that are read, in order. Raises Refused when a wanted one is gone."""
    present = [column.name for column in table.columns]
    asked = [*wanted.columns, *wanted.key, *(each.column for each in wanted.conditions)]
    asked += [wanted.cursor_column] if wanted.cursor_column else []
    gone = [name for name in dict.fromkeys(asked) if name not in present]
    if gone:
        shown = "、".join(gone)
        raise Refused(
            "column_missing", f"表“{wanted.table}”里没有列“{shown}”；现有的列：{'、'.join(present[:30])}",
            field="select", value=shown,
        )  # fmt: skip
    names = wanted.columns or tuple(present)
    if wanted.cursor_column and wanted.cursor_column not in names:
        names = (*names, wanted.cursor_column)
    keys = key_of(table, wanted)
    infos = {name: table.columns[name].info for name in names}
    return [Column(name, infos[name]["said"], infos[name]["arrow"], name in keys) for name in names]


def _type_text(sql_type: Any) -> str:
    """NULL for a type SQLAlchemy does not know, as those of extensions."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        return str(sql_type)
    except SQLAlchemyError:
        return type(sql_type).__name__


def key_of(table: Table, wanted: Wanted) -> tuple[str, ...]:
    """The columns that tell rows apart; empty when the table has no key and none is named."""
    return wanted.key or tuple(column.name for column in table.primary_key.columns)


def arrow_type(sql_type: Any) -> pa.DataType:
    """How values of an SQL type travel; what has no exact counterpart travels as text."""
    from sqlalchemy import types

    simple: Sequence[tuple[type, pa.DataType]] = (
        (types.Boolean, pa.bool_()), (types.Integer, pa.int64()), (types.Float, pa.float64()),
        (types.DateTime, pa.timestamp("us", tz="UTC") if getattr(sql_type, "timezone", False) else pa.timestamp("us")),
        (types.Date, pa.date32()),
    )  # fmt: skip
    for kind, arrow in simple:
        if isinstance(sql_type, kind) and not (kind is types.Integer and _is_unsigned(sql_type)):
            return arrow
    return pa.string()


def _is_unsigned(sql_type: Any) -> bool:
    """MySQL's BIGINT UNSIGNED does not fit into 64 bits with a sign."""
    return bool(getattr(sql_type, "unsigned", False)) and "BIGINT" in str(sql_type).upper()


def array_of(values: Sequence[Any], column: Column) -> pa.Array:
    """A column of a chunk. A value that is not of the declared type (SQLite allows it) makes the column text."""
    if not pa.types.is_string(column.arrow):
        try:
            return pa.array(values, column.arrow)
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
            pass
    return pa.array([None if value is None else said(value) for value in values], pa.string())


def said(value: Any) -> str:
    """Any value as text that says all of it."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, datetime | date):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)
