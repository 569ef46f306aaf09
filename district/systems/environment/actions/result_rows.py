"""Writes rows of results in one statement a table; rows that would not change are left alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def upsert(
    model: type[models.Model],
    rows: Sequence[Sequence[Any]],
    fields: Sequence[str],
    key: Sequence[str],
    keep: Sequence[str] = (),
) -> int:
    """Inserts or replaces rows by `key`; gives how many were new or different.

    `fields` are attribute names (`series_id`, `at`, …) in the order of the values of a row; those in `keep`
    are written when a row is made and stay as they are afterwards.
    """
    if not rows:
        return 0
    columns = [model._meta.get_field(_field_name(name)) for name in fields]
    names = [connection.ops.quote_name(column.column) for column in columns]
    kinds = [_array_type(column) for column in columns]
    keys = ", ".join(
        connection.ops.quote_name(model._meta.get_field(_field_name(name)).column) for name in key
    )
    others = [name for name, field in zip(names, fields, strict=True) if field not in (*key, *keep)]
    table = connection.ops.quote_name(model._meta.db_table)
    values = ", ".join(
        f"u.{name}::{kind}" if kind == "jsonb" else f"u.{name}"
        for name, kind in zip(names, kinds, strict=True)
    )
    sent = ", ".join(f"%s::{'text' if kind == 'jsonb' else kind}[]" for kind in kinds)
    # Names come from the models, values are parameters.
    statement = f"""
        INSERT INTO {table} AS old ({", ".join(names)})
        SELECT {values} FROM unnest({sent}) AS u({", ".join(names)})
        ON CONFLICT ({keys}) DO UPDATE SET {", ".join(f"{name} = EXCLUDED.{name}" for name in others)}
        WHERE ({", ".join(f"old.{name}" for name in others)})
              IS DISTINCT FROM ({", ".join(f"EXCLUDED.{name}" for name in others)})
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            [_sent(column, kind) for column, kind in zip(zip(*rows, strict=True), kinds, strict=True)],
        )
        return cursor.rowcount


def _sent(values: Sequence[Any], kind: str) -> list[Any]:
    return [json.dumps(value, ensure_ascii=False) for value in values] if kind == "jsonb" else list(values)


def _field_name(attribute: str) -> str:
    return attribute.removesuffix("_id")


def _array_type(column: models.Field) -> str:
    kind = (column.db_type(connection) or "").split("(")[0]
    # A foreign key is typed by what it points at, a serial key by its integer.
    return {"varchar": "text", "serial": "integer", "bigserial": "bigint"}.get(kind, kind)
