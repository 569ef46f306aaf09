"""Numbers the district set for projects; printed on the pages that use them. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

ANSWER_HOURS = 24
"""An expert answers an invitation within these, or the next is asked."""
OPEN_HOURS = 24
"""A witness opens his share within these, or the draw is void."""
LARGE_CHANGE = 0.10
"""Changes that add up to more of the contract than this are reviewed by experts before they are decided."""
MONTHS_AFTER = 6
"""Months of operation between acceptance and evaluation."""
REPORT_DAY = 5
"""A month's supervision report is due on this day of the next."""
RUN_DAYS = 7
"""How old the run may be on which a project is accepted."""


def months_later(day: date, months: int) -> date:
    """The same day months later, or the last of that month."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def report_months(begun_on: date, ended_on: date) -> list[date]:
    """First days of the months that want a report: each of delivery that is over, the first one and the last in part."""
    found, month = [], begun_on.replace(day=1)
    while month <= ended_on:
        found.append(month)
        month = months_later(month, 1)
    return found


def report_due(month: date) -> date:
    return months_later(month, 1).replace(day=REPORT_DAY)


def missing_reports(begun_on: date, on: date, given: set[date]) -> list[date]:
    """Months whose report is due before `on` and was not taken."""
    return [month for month in report_months(begun_on, on - timedelta(days=1)) if report_due(month) < on and month not in given]


def is_large(changes_fen: int, contract_fen: int) -> bool:
    """Of the sum of all changes, without their sign, to the contract."""
    return contract_fen > 0 and abs(changes_fen) > LARGE_CHANGE * contract_fen
