"""Statements prepared on the server once a connection, for what is asked many times a second.

Django binds values into the text, so that the server plans each statement anew; the long lists of masked columns are
worth planning once. Left to itself the server would plan them anew with each set of values all the same, since it cannot
know that these plans hardly differ; that took longer than reading a page. And psycopg would look for the names of values
in a text of more than four thousand letters each time: they are looked for once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import psycopg
from django.db import connection

AFTER = 2
"""A statement is prepared the third time it is asked."""


@lru_cache(maxsize=2000)
def numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """`sql` with `$1`, `$2`… for its `%(name)s`, and the names in that order."""
    names: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return f"${names.setdefault(found[1], len(names) + 1)}" if found[1] else "%"

    return re.sub(r"%(?:\((\w+)\)s|%)", number, sql).encode(), tuple(names)


def _asked(sql: str, values: dict[str, Any]) -> psycopg.Cursor[Any]:
    """The cursor of this connection that prepares. Django's own bind their values themselves and never prepare."""
    connection.ensure_connection()
    raw = connection.connection
    cursor: psycopg.RawCursor[Any] | None = getattr(raw, "preparing", None)
    if cursor is None:
        raw.execute("SET plan_cache_mode = force_generic_plan")
        raw.prepare_threshold = AFTER
        cursor = raw.preparing = psycopg.RawCursor(raw)
    text, names = numbered(sql)
    try:
        return cursor.execute(text, [values[name] for name in names])
    except psycopg.OperationalError:
        if raw.closed:  # the server was started anew: this thread must not ask a dead connection again
            connection.close()
        raise


def one(sql: str, values: dict[str, Any]) -> Any:
    """The first row."""
    return _asked(sql, values).fetchone()


def every(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    return _asked(sql, values).fetchall()


def run(sql: str, values: dict[str, Any]) -> None:
    _asked(sql, values)
