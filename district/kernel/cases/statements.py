"""Several statements in one round trip, rows to models and models to rows: for what is done a thousand times a second.

Django's cursors put parameters in on this side, so statements may be sent together; each sees what those before it did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)
Statement = tuple[str, Sequence[Any]]


def sent(*statements: Statement) -> list[list[tuple[Any, ...]]]:
    """Runs them in order; the rows of each."""
    text = ";\n".join(statement for statement, _ in statements)
    given = [each for _, parameters in statements for each in parameters]
    with connection.cursor() as wrapped, connection.wrap_database_errors:
        # Past the wrappers: pghistory's, in a request, reads on to the last result.
        cursor = wrapped.cursor
        cursor.execute(text, given)
        results = [cursor.fetchall() if cursor.description else []]
        while cursor.nextset():
            results.append(cursor.fetchall() if cursor.description else [])
    return results


@cache
def columns(model: Any, without: tuple[str, ...] = ()) -> str:
    """The columns of a table for SELECT, in the order `taken` reads them."""
    return ", ".join(f'{model._meta.db_table}."{field.column}"' for field in _fields(model, without))


def taken(model: type[Row], row: Sequence[Any], without: tuple[str, ...] = ()) -> Row:
    """A model of one row of `columns`; fields left out are read when they are asked for."""
    kind: Any = model
    names, converters = _reading(kind, without)
    values = [convert(value) if convert else value for value, convert in zip(row, converters, strict=True)]
    return model.from_db(connection.alias, names, values)


def insertion(rows: Sequence[Model], *, is_keyed: bool = False) -> Statement:
    """INSERT of rows of one model, giving their keys; `is_keyed`: they have them already."""
    model: Any = type(rows[0])
    fields = _fields(model, ()) if is_keyed else _written(model)
    names = ", ".join(f'"{field.column}"' for field in fields)
    one = f"({', '.join(['%s'] * len(fields))})"
    values = [
        field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows for field in fields
    ]  # fmt: skip
    all_rows = ", ".join([one] * len(rows))
    text = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES {all_rows} RETURNING id'  # noqa: S608 - our own tables
    return text, values


def alteration(row: Model, names: Iterable[str]) -> Statement:
    """UPDATE of these fields of a row, to what they are in the model."""
    found = [row._meta.get_field(name) for name in sorted(names)]
    sets = ", ".join(f'"{field.column}" = %s' for field in found)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in found]
    return f'UPDATE "{row._meta.db_table}" SET {sets} WHERE id = %s', [*values, row.pk]  # noqa: S608 - as above


def fresh_keys(model: Any, count: int) -> Statement:
    """That many keys no row has yet."""
    return "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [
        model._meta.db_table,
        count,
    ]


def keyed(row: Model, key: int) -> None:
    """The row has this key and is about to be in the database."""
    row.pk = key
    row._state.adding = False
    row._state.db = connection.alias


@cache
def _fields(model: Any, without: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(field for field in model._meta.concrete_fields if field.name not in without)


@cache
def _written(model: Any) -> tuple[Any, ...]:
    return tuple(field for field in model._meta.concrete_fields if not field.primary_key)


@cache
def _reading(
    model: Any, without: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[Callable[[Any], Any] | None, ...]]:
    fields = _fields(model, without)
    return tuple(field.attname for field in fields), tuple(_converter(field) for field in fields)


def _converter(field: Any) -> Callable[[Any], Any] | None:
    steps = field.get_db_converters(connection)
    if not steps:
        return None
    column = field.get_col(field.model._meta.db_table)

    def convert(value: Any) -> Any:
        for step in steps:
            value = step(value, column, connection)
        return value

    return convert
