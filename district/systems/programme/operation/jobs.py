"""What keeps the operating company's account by itself."""

from __future__ import annotations

from district.kernel.clock import today
from district.kernel.jobs.work import every
from district.kernel.people.refused import Refused

from ..models import Contract, Statement
from ..projects.rules import months_later
from .actions import accept_silent, make_statement
from .sampling import look


@every("* * * * *")
def look_at_the_platform() -> None:
    look()


@every("10 3 * * *")
def settle_last_month() -> None:
    """On the first, and on any day after it when that was missed."""
    month = months_later(today().replace(day=1), -1)
    running = Contract.objects.filter(
        kind=Contract.Kind.OPERATION, state=Contract.State.APPROVED, begins_on__lt=today()
    )
    for contract in running.exclude(pk__in=Statement.objects.filter(month=month).values("contract_id")):
        try:
            make_statement(contract, month)
        except Refused:
            continue  # without terms or measures there is no account to make; the page says so
    accept_silent()
