"""How often one place may ask: counted in the database, so that every process counts together."""

from __future__ import annotations

import time

from django.db import connection

COUNT = """
    INSERT INTO governance_visits AS known (mark, span, count) VALUES (%s, %s, 1)
    ON CONFLICT (mark, span) DO UPDATE SET count = known.count + 1 RETURNING count
"""


class TooOften(Exception):
    """`wait_s` is how long until it may ask again."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"too often, wait {wait_s} s")
        self.wait_s = wait_s


def hold_back(what: str, who: str, most: int, every_s: int = 60) -> None:
    """Counts a visit. Raises TooOften from the one after `most` in a span of `every_s` seconds."""
    now_s = int(time.time())
    span = now_s // every_s
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [f"{what}:{who}"[:120], span * every_s])
        (count,) = cursor.fetchone()
    if count > most:
        raise TooOften((span + 1) * every_s - now_s)


def forget_old(before_s: float) -> int:
    """Removes counts of spans that began before; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM governance_visits WHERE span < %s", [int(before_s)])
        return cursor.rowcount
