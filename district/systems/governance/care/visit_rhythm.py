"""When the next visit is due. Pure: days in, days out.

国家基本公共卫生服务规范 (严重精神障碍患者): stable at least four times a year, basically stable within a month,
unstable within two weeks. The condition is what the doctor's office recorded, never reckoned here.
"""

from __future__ import annotations

from datetime import date, timedelta

from .bases import Basis

DAYS_BY_CONDITION = {"stable": 90, "basically_stable": 30, "unstable": 14}


def rhythm_days(basis: Basis, condition: str = "") -> int:
    """Days between two visits by rule; the recorded condition goes before the rhythm of the statute's row."""
    return min(basis.visit_days, DAYS_BY_CONDITION.get(condition, basis.visit_days))


def next_visit_on(basis: Basis, last_on: date, expires_on: date, condition: str = "") -> date | None:
    """The day the next visit is due; None when the record ends before it."""
    due = last_on + timedelta(days=rhythm_days(basis, condition))
    return due if due < expires_on else None


def light(due_on: date | None, today: date, warn_days: int = 7) -> str:
    """`none`, `green`, `yellow` within `warn_days`, `red` past due."""
    if due_on is None:
        return "none"
    if due_on < today:
        return "red"
    return "yellow" if due_on <= today + timedelta(days=warn_days) else "green"
