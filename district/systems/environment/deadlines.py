"""By when a supervision case must be answered, counted in working hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

OPENS = time(8, 30)
CLOSES = time(17, 30)
"""Office hours; the lunch break is not taken out."""

ANSWER_HOURS = {
    "over_limit_hour": 9,
    "over_limit_day": 9,
    "illogical": 18,
    "constant": 18,
    "zero": 18,
    "spike": 18,
    "missing": 18,
    "offline": 9,
    "quantity": 45,
    "duty": 45,
}
"""Working hours to answer, by kind of case; nine are one working day."""


@lru_cache(maxsize=2048)
def is_working_day(day: date) -> bool:
    """Whether offices in China work on a day; knows public holidays and make-up working days."""
    return holidays.country_holidays("CN", years=day.year).is_working_day(day)


def answer_due_at(
    kind: str, opened_at: datetime, is_working: Callable[[date], bool] = is_working_day
) -> datetime:
    """The deadline of a case of `kind`; KeyError for an unknown kind. `opened_at` is local and aware."""
    return after_working_hours(opened_at, ANSWER_HOURS[kind], is_working)


def after_working_hours(
    start: datetime, hours: float, is_working: Callable[[date], bool] = is_working_day
) -> datetime:
    """The moment `hours` working hours after `start`; nights, weekends and holidays do not count."""
    left = timedelta(hours=hours)
    at = start
    while True:
        opens = datetime.combine(at.date(), OPENS, at.tzinfo)
        closes = datetime.combine(at.date(), CLOSES, at.tzinfo)
        at = max(at, opens)
        if is_working(at.date()) and at < closes:
            if left <= closes - at:
                return at + left
            left -= closes - at
        at = datetime.combine(at.date() + timedelta(days=1), OPENS, at.tzinfo)
