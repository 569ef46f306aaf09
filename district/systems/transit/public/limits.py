"""How often one address may ask or write: counted in the database, so that all processes count together."""

from __future__ import annotations

import time

from django.db import connection

COUNT = """
    INSERT INTO transit_publicvisit AS known (mark, span, count) VALUES (%s, %s, 1)
    ON CONFLICT (mark, span) DO UPDATE SET count = known.count + 1 RETURNING count
"""


class TooOften(Exception):
    """`wait_s`: after so long it may ask again."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"too often, wait {wait_s} s")
        self.wait_s = wait_s


def hold_back(what: str, who: str, most: int, every_s: int = 600) -> None:
    """Counts a visit; raises TooOften from the one after `most` within a span of `every_s` seconds."""
    now_s = int(time.time())
    begin = now_s // every_s * every_s
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [f"{what}:{who}"[:120], begin])
        (count,) = cursor.fetchone()
    if count > most:
        raise TooOften(begin + every_s - now_s)


def forget_old(before_s: float) -> int:
    """Removes the counts of spans that began before; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM transit_publicvisit WHERE span < %s", [int(before_s)])
        return cursor.rowcount
