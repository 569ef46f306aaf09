"""Changes in force, and the trips of a day with them."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

from django.db.models import Q

from district.kernel.clock import now, today

from ..editions.queries import schedule_in_force
from ..models import Change
from .applying import PlannedTrip, Told, planned_on


def in_force(begin: datetime | None = None, end: datetime | None = None) -> list[Change]:
    """Published changes that hold at some time from `begin` to `end` (now)."""
    begin = begin or now()
    end = end or begin
    holds = Q(end_at__isnull=True) | Q(end_at__gt=begin)
    return list(Change.objects.filter(holds, state=Change.State.PUBLISHED, begin_at__lte=end).order_by("published_at", "pk"))


def told(change: Change) -> Told:
    """A change for the pure functions."""
    return Told(
        change.pk, change.kind, frozenset(change.lines), change.direction, frozenset(change.stops), frozenset(change.trips),
        change.begin_at.timestamp(), change.end_at.timestamp() if change.end_at else math.inf, change.details,
    )  # fmt: skip


def trips_of(day: date | None = None) -> list[PlannedTrip]:
    """The trips of a service day with all changes; empty without an edition."""
    day = day or today()
    schedule = schedule_in_force(day)
    if schedule is None:
        return []
    first = datetime.combine(day, datetime.min.time(), now().tzinfo)
    return planned_on(schedule, day, [told(each) for each in in_force(first - timedelta(hours=1), first + timedelta(hours=30))])
