"""Timers of the tasks: reports are asked for, late ones told, the light of each day is kept."""

from __future__ import annotations

from district.kernel.clock import today
from district.kernel.jobs.work import every


@every("5 6 * * *")
def ask_for_monthly_reports() -> int:
    """Every morning from the 25th on, so that a day without the platform loses none; how many were asked for."""
    from .actions import ask_for_reports

    return len(ask_for_reports())


@every("10 8 * * *")
def tell_of_late_reports() -> int:
    from .actions import escalate_late_reports

    return escalate_late_reports()


@every("50 23 * * *")
def keep_the_day() -> int:
    """How each task stands at the end of the day."""
    from .days import keep_day

    return keep_day(today())
