"""Says that days must be evaluated again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from district.kernel.clock import CHINA, now

from ..models import EvaluatedDay


def mark_days(days: Iterable[date], reason: str) -> None:
    """The next run of the evaluation takes these days again."""
    at = now()
    EvaluatedDay.objects.bulk_create(
        [EvaluatedDay(on=day, marked_at=at, reason=reason) for day in sorted(set(days))],
        update_conflicts=True,
        unique_fields=["on"],
        update_fields=["marked_at", "reason"],
    )


def days_of(start: datetime, end: datetime) -> list[date]:
    """The natural days that [start, end) touches."""
    first, last = start.astimezone(CHINA).date(), (end - timedelta(microseconds=1)).astimezone(CHINA).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
