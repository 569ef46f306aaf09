"""When a permit's duties fall due, and how near the end of a permit is. Pure; days are natural days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

RENEWAL_DAYS = 60
"""A holder applies for renewal 60 days before the permit ends (order 736, article 14)."""

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}

State = Literal["done", "done_late", "overdue", "due_soon", "waiting"]


@dataclass(frozen=True)
class Due:
    """A duty for one period: last day of the period, last day to do it, and how it stands."""

    period_ends_on: date
    due_on: date
    state: State
    done_on: date | None = None


def period_ends(every: str, start: date, end: date) -> Iterator[date]:
    """The last days of the calendar periods that end within [start, end]. `every`: a key of MONTHS."""
    step = MONTHS[every]
    year, month = start.year, (start.month - 1) // step * step + step
    while True:
        last = (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)
        if last > end:
            return
        if last >= start:
            yield last
        month += step
        if month > 12:
            year, month = year + 1, step


def dues(
    every: str,
    grace_days: int,
    start: date,
    end: date,
    today: date,
    done: dict[date, date],
    soon_days: int = 15,
) -> list[Due]:
    """All periods of a duty from `start` up to the one running at `today`, latest first.

    `done` maps the end of a period to the day the duty was done.
    """
    result = []
    for ends_on in period_ends(every, start, end):
        due_on = ends_on + timedelta(days=grace_days)
        done_on = done.get(ends_on)
        result.append(Due(ends_on, due_on, _state(ends_on, due_on, done_on, today, soon_days), done_on))
        if ends_on >= today:
            break
    return result[::-1]


def _state(ends_on: date, due_on: date, done_on: date | None, today: date, soon_days: int) -> State:
    if done_on is not None:
        return "done" if done_on <= due_on else "done_late"
    if today > due_on:
        return "overdue"
    if today > ends_on or (due_on - today).days <= soon_days:
        return "due_soon"
    return "waiting"


@dataclass(frozen=True)
class Expiry:
    """How a permit stands: days left (negative when over) and the stage it is in."""

    days_left: int
    stage: Literal["fine", "renew", "expired"]


def expiry(valid_until_on: date, today: date) -> Expiry:
    """The stage of a permit: fine, renew (60 days or less to go), expired."""
    left = (valid_until_on - today).days
    stage: Literal["fine", "renew", "expired"] = (
        "expired" if left < 0 else "renew" if left <= RENEWAL_DAYS else "fine"
    )
    return Expiry(left, stage)
