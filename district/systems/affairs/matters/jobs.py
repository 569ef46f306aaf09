"""Background work of tasks: the clock calls those whose time runs out."""

from __future__ import annotations

from district.kernel.clock import now
from district.kernel.jobs import every

from .actions import call_by_the_clock


@every("10 8-18 * * *")
def call_units_by_the_clock() -> None:
    call_by_the_clock(now())
