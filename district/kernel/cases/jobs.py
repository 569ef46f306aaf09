"""Timers of cases."""

from __future__ import annotations

from district.kernel.cases.cards import give_cards
from district.kernel.jobs.work import every


@every("* * * * *")
def give_due_cards() -> int:
    """Yellow and red cards, a minute late at most."""
    return give_cards()
