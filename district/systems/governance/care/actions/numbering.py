"""Numbers of records: given by the database, so that a row nobody may see still takes its number."""

from __future__ import annotations

from typing import Any

from django.db import connection

from district.kernel.clock import today


def next_number(model: Any, prefix: str) -> tuple[int, str]:
    """The key of a new row and its number, such as `BF2026000017`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        key = cursor.fetchone()[0]
    return key, f"{prefix}{today().year}{key:06}"
