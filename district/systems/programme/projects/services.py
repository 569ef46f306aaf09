"""How well a service of the platform ran, from what the platform itself wrote down.

`jobs`: background work that ended well, of all that ended. Finished work is kept for a week, so a longer time says less.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True)
class Share:
    """`good` of `counted`; `share` 0…1."""

    good: int
    counted: int

    @property
    def share(self) -> float:
        return self.good / self.counted


def share_of(key: str, since: datetime, until: datetime) -> Share | None:
    """None when nothing was recorded, or for a service nobody records."""
    found = RECORDED[key](since, until) if key in RECORDED else None
    return found if found is not None and found.counted else None


def _jobs(since: datetime, until: datetime) -> Share:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE type = 'succeeded'), count(*) FROM procrastinate_events"
            " WHERE type IN ('succeeded', 'failed') AND at BETWEEN %s AND %s",
            [since, until],
        )
        good, counted = cursor.fetchone() or (0, 0)
    return Share(good, counted)


RECORDED: dict[str, Callable[[datetime, datetime], Share]] = {"jobs": _jobs}
