"""The one source of now, so that tests can stop it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")

_frozen: datetime | None = None


def now() -> datetime:
    """The present moment, aware, in China Standard Time (UTC+8)."""
    return _frozen or datetime.now(CHINA)


def today() -> date:
    """The present day in China Standard Time."""
    return now().date()


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Holds `now()` at `moment` (aware) inside the block."""
    global _frozen
    if moment.tzinfo is None:
        raise ValueError("moment must be aware")
    before, _frozen = _frozen, moment.astimezone(CHINA)
    try:
        yield
    finally:
        _frozen = before


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Start and end (exclusive) of a natural day in China Standard Time."""
    start = datetime(day.year, day.month, day.day, tzinfo=CHINA)
    return start, start + timedelta(days=1)
