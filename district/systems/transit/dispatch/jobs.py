"""Buses for the day, given before it begins."""

from __future__ import annotations

from district.kernel.clock import today
from district.kernel.jobs.work import every

from .actions import assign_day


@every("20 3 * * *")
def assign_today() -> int:
    """Trips that no dispatcher has given a bus get one by chains."""
    return assign_day(today())
