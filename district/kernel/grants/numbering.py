"""Numbers of requests, grants and objections: letters, day, running number."""

from __future__ import annotations

from django.db import connection
from django.db.models import Model

from district.kernel import clock

PREFIXES = {"request": "SX", "grant": "SQ", "objection": "YH"}
"""申请 SX, 授权 SQ, 异议 YH."""


def next_number(model: type[Model]) -> tuple[int, str]:
    """The key and the number of the next row of a model, taken once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        (key,) = cursor.fetchone()
    return key, f"{PREFIXES[str(model._meta.model_name)]}{clock.today():%Y%m%d}{key:05}"
