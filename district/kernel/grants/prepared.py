"""Statements prepared on the server once a connection, for what is asked many times a second.

Django binds values into the text, so that the server plans each statement anew; the long lists of masked columns are
worth planning once. Left to itself the server would plan them anew with each set of values all the same, since it cannot
know that these plans hardly differ; that took longer than reading a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

AFTER = 2
"""A statement is prepared the third time it is asked."""


@contextmanager
def _cursor() -> Iterator[psycopg.Cursor[Any]]:
    connection.ensure_connection()
    raw = connection.connection
    if getattr(raw, "plans_once", None) is None:
        raw.execute("SET plan_cache_mode = force_generic_plan")  # statements of Django are not prepared: not touched
        raw.plans_once = True
    before, raw.prepare_threshold = raw.prepare_threshold, AFTER
    try:
        with psycopg.Cursor(raw) as cursor:
            yield cursor
    finally:
        raw.prepare_threshold = before


def one(sql: str, values: dict[str, Any]) -> Any:
    """The first row."""
    with _cursor() as cursor:
        return cursor.execute(sql, values).fetchone()


def every(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with _cursor() as cursor:
        return cursor.execute(sql, values).fetchall()


def run(sql: str, values: dict[str, Any]) -> None:
    with _cursor() as cursor:
        cursor.execute(sql, values)
