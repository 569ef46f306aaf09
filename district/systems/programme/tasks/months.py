"""When a month's report is due. Pure: working days are those of the kernel's calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from district.kernel.cases.calendar import is_working_day, next_working_day, working_days

ASKED_ON = 25
"""The day of the month on which reports are asked for."""


def month_of(day: date) -> date:
    return day.replace(day=1)


def last_working_day(month: date) -> date:
    """Of the month of that day."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    return next(day for day in reversed(list(working_days(month_of(month), last))) if is_working_day(day))


def report_due_on(asked_on: date) -> date:
    """The last working day of the month; asked for on that day or later, the next working day."""
    last = last_working_day(asked_on)
    return last if asked_on < last else next_working_day(asked_on)
