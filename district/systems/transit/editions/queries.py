"""Which timetable is in force, and that timetable in memory."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from django.db.models import F

from district.kernel.cases.calendar import is_working_day
from district.kernel.clock import today

from ..models import Edition
from ..schedule import Schedule, read


def in_force(day: date | None = None) -> Edition | None:
    """The edition of a day without its feed, None when there is none."""
    day = day or today()
    published = Edition.objects.filter(state=Edition.State.PUBLISHED, valid_from__lte=day, valid_to__gte=day)
    return published.order_by(F("published_at").desc(), "-pk").defer("feed").first()


@lru_cache(maxsize=3)
def schedule_of(edition_id: int) -> Schedule:
    """The timetable of an edition; kept, since a published edition never changes."""
    return read(bytes(Edition.objects.values_list("feed", flat=True).get(pk=edition_id)))


def schedule_in_force(day: date | None = None) -> Schedule | None:
    """The timetable of a day, None when no edition holds it."""
    edition = in_force(day)
    return schedule_of(edition.pk) if edition is not None else None


def feed_in_force() -> Edition | None:
    """The edition to give to others with its feed: the one of today, else the one published last that is yet to come."""
    edition = in_force()
    if edition is None:
        coming = Edition.objects.filter(state=Edition.State.PUBLISHED, valid_from__gt=today())
        edition = coming.order_by("valid_from", "-pk").first()
    return edition


def day_types_of(edition: Edition) -> tuple[date, date]:
    """A working day and a Saturday or Sunday of the edition to look at: the first from today on, or of its first days."""
    first = min(max(edition.valid_from, today()), edition.valid_to)
    days = [first + timedelta(days=n) for n in range(14) if first + timedelta(days=n) <= edition.valid_to] or [first]
    working = next((day for day in days if is_working_day(day)), days[0])
    return working, next((day for day in days if day.weekday() > 4 and not is_working_day(day)), days[-1])
