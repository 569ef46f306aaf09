"""Units are told through their liaisons, in the inbox of each."""

from __future__ import annotations

from collections.abc import Iterable

from district.kernel.alerts.notices import notify
from district.kernel.people.models import Account, Duty, Organisation

LIAISON, LEADER = "programme.liaison", "programme.leader"


def liaisons_of(units: Iterable[Organisation]) -> list[Account]:
    """Those whose duty is with one of the units."""
    holders = Duty.objects.live().filter(role=LIAISON, organisation__in=list(units)).values("account_id")
    return list(Account.objects.active().filter(pk__in=holders).order_by("pk"))


def tell(units: Iterable[Organisation], title: str, body: str, url: str) -> int:
    """How many accounts were told."""
    told = liaisons_of(units)
    for account in told:
        notify(account, title=title, severity=1, body=body, url=url)
    return len(told)
