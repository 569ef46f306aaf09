"""How well a service of the platform ran, from what the platform itself wrote down.

`web`: minutes in which the platform's own door answered (`ServiceMinute`), of all minutes since the first look; a minute at which
nobody looked counts as not proven. `jobs`: background work that ended well, of all that ended; finished work is kept for a week.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Min, Q

from ..models import ServiceMinute


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


def _web(since: datetime, until: datetime) -> Share:
    looks = ServiceMinute.objects.filter(at__gte=since, at__lt=until, is_simulated=False)
    found = looks.aggregate(first=Min("at"), up=Count("at", filter=Q(is_up=True)), seen=Count("at"))
    if found["first"] is None:
        return Share(0, 0)
    return Share(found["up"], max(found["seen"], (until - found["first"]) // timedelta(minutes=1)))


def _jobs(since: datetime, until: datetime) -> Share:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE type = 'succeeded'), count(*) FROM procrastinate_events"
            " WHERE type IN ('succeeded', 'failed') AND at BETWEEN %s AND %s",
            [since, until],
        )
        good, counted = cursor.fetchone() or (0, 0)
    return Share(good, counted)


RECORDED: dict[str, Callable[[datetime, datetime], Share]] = {"web": _web, "jobs": _jobs}
