"""Numbers of documents: prefix, year, and one more than the last."""

from __future__ import annotations

from typing import Any

from django.db import connection

from district.kernel.clock import today


def next_number(model: Any, prefix: str) -> str:
    """`ZF2026-0007`. Inside a transaction: the next to ask waits for its end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"programme.number.{prefix}"])
    begin = f"{prefix}{today().year}-"
    last = (
        model.objects.filter(number__startswith=begin)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return f"{begin}{int(last[len(begin) :]) + 1 if last else 1:04d}"
