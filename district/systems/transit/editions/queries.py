"""Which timetable is in force, and that timetable in memory."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.db.models import F

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
