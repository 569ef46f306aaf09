"""Numbers of cases: prefix, day, serial of the day. No number is given twice and none is left out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import connection

NEXT = """
    INSERT INTO cases_casecounter AS counter (prefix, "on", last) VALUES (%s, %s, %s)
    ON CONFLICT (prefix, "on") DO UPDATE SET last = counter.last + excluded.last RETURNING last
"""


def numbers(prefix: str, day: date, count: int) -> Iterable[str]:
    """The next `count` numbers. In the transaction that uses them: rolled back, they are given again.

    Others who number with the same prefix wait for the end of that transaction, so ask late.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [prefix, day, count])
        last = cursor.fetchone()[0]
    return [f"{prefix}{day:%Y%m%d}{serial:05d}" for serial in range(last - count + 1, last + 1)]
