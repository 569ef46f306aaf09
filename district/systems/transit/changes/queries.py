"""Changes in force, and the trips of a day with them."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

from django.db.models import F, Q

from district.kernel.clock import now, today

from ..editions.queries import schedule_in_force
from ..models import Change
from ..schedule import Stop
from .applying import PlannedTrip, Told, planned_on, stops_with


def in_force(begin: datetime | None = None, end: datetime | None = None) -> list[Change]:
    """Changes that hold, or held until they were ended, at some time from `begin` to `end` (now)."""
    begin = begin or now()
    end = end or begin
    holds = Q(end_at__isnull=True) | Q(end_at__gt=begin)
    # One that was ended held until then: a day that is past stays what it was. `end_at` is when it was ended.
    told = Q(state=Change.State.PUBLISHED) | Q(state=Change.State.ENDED, ended_at__gt=F("begin_at"), published_at__isnull=False)
    return list(Change.objects.filter(holds & told, begin_at__lte=end).order_by("published_at", "pk"))


def told(change: Change) -> Told:
    """A change for the pure functions."""
    return Told(
        change.pk, change.kind, frozenset(change.lines), change.direction, frozenset(change.stops), frozenset(change.trips),
        change.begin_at.timestamp(), change.end_at.timestamp() if change.end_at else math.inf, change.details,
    )  # fmt: skip


def stops_now() -> dict[str, Stop]:
    """All stops as they stand now: moved ones where they are for a time, those of detours too; empty without an edition."""
    schedule = schedule_in_force()
    return stops_with(schedule, [told(each) for each in in_force()]) if schedule is not None else {}


def trips_of(day: date | None = None) -> list[PlannedTrip]:
    """The trips of a service day with all changes; empty without an edition."""
    day = day or today()
    schedule = schedule_in_force(day)
    if schedule is None:
        return []
    first = datetime.combine(day, datetime.min.time(), now().tzinfo)
    return planned_on(schedule, day, [told(each) for each in in_force(first - timedelta(hours=1), first + timedelta(hours=30))])
