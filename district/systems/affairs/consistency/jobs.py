"""Timers of the comparison."""

from __future__ import annotations

from datetime import timedelta

from district.kernel.clock import now
from district.kernel.jobs.work import every

LOOKS_BACK = timedelta(minutes=25)
"""More than twice the time between two runs: looking twice at a record changes nothing, missing one would."""


@every("*/10 * * * *")
def find_contradictions() -> None:
    """Of records that were changed, or that somebody filled in a form about."""
    from .finding import find

    find(now() - LOOKS_BACK)


@every("40 2 * * *")
def find_all_contradictions() -> None:
    """Of all records: rules may have changed, and departments' data with them."""
    from .finding import find

    find()
