"""The law's clock on personal records: hourly, because a run that was missed is left out."""

from __future__ import annotations

from district.kernel.clock import today
from district.kernel.jobs import every

from .actions.endings import close_expired, delete_ended
from .actions.figures import make_figures


@every("7 * * * *")
def end_care_records() -> None:
    """Closes what has reached its last day, then deletes what need not be kept."""
    close_expired(today())
    delete_ended(today())


@every("17 * * * *")
def count_care_records() -> None:
    """The figures of a month are made once, in its first hour with a worker."""
    make_figures(today())
