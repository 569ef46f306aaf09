"""Numbers of documents of the programme: HY-2026-003."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection


def next_number(model: Any, prefix: str, day: date) -> str:
    """The next of its year. Needs a transaction: two who ask at once wait for one another until it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"programme.number.{prefix}"])
    begins = f"{prefix}-{day.year}-"
    taken = model.objects.filter(number__startswith=begins).values_list("number", flat=True)
    last = max((int(tail) for number in taken if (tail := number.removeprefix(begins)).isdigit()), default=0)
    return f"{begins}{last + 1:03}"
