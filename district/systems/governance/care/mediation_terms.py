"""Terms of people's mediation. Pure.

人民调解工作若干规定 第三十三条: normally ended within a month (30 days here), longer when the parties agree.
人民调解法 第三十三条: judicial confirmation is asked for within 30 days after the agreement takes effect.
"""

from __future__ import annotations

from datetime import date, timedelta

MEDIATION_DAYS = 30
CONFIRMATION_DAYS = 30
FOLLOW_UP_DAYS = 30
KEEP_DAYS = 3 * 365
"""House rule: how long a closed dispute is kept with its parties' names; afterwards only counts remain."""


def mediation_due(accepted_on: date, extended_until_on: date | None = None) -> date:
    """The last day of mediation; an extension the parties agreed to moves it."""
    due = accepted_on + timedelta(days=MEDIATION_DAYS)
    return max(due, extended_until_on) if extended_until_on else due


def confirmation_due(effective_on: date) -> date:
    """The last day on which the parties can together ask the court to confirm."""
    return effective_on + timedelta(days=CONFIRMATION_DAYS)


def follow_up_due(effective_on: date) -> date:
    return effective_on + timedelta(days=FOLLOW_UP_DAYS)
