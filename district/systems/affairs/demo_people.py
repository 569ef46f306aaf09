"""Who plays in the demonstration: the accounts of the roles, and more clerks so that a village has turns to deal out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from district.kernel import clock
from district.kernel.people.demo import seed_demo_accounts
from district.kernel.people.models import Account, Duty, Organisation, ScopeKind

TOWN, VILLAGE = "town_370306102", "village_370306102201"
MORE = (("affairs.clerk2", "演示值班员甲", 0), ("affairs.clerk3", "演示值班员乙", 0), ("affairs.clerk4", "演示文书丙", 1),
        ("affairs.clerk5", "演示文书丁", 2), ("affairs.clerk6", "演示文书戊", 3))  # fmt: skip
"""User name, name, which village of the town: 0 is the one the demonstration is about."""


@dataclass(frozen=True)
class Players:
    clerk: Account
    town: Account
    asker: Account
    manager: Account
    clerks: dict[str, Account]
    """By the code of their village."""

    @property
    def village(self) -> Organisation:
        return unit_of(self.clerk)


def players() -> Players | None:
    """Nobody where there are no demo accounts, or not the town and villages of the demonstration."""
    if not seed_demo_accounts():
        return None
    found = {
        account.username.split(".")[1]: account
        for account in Account.objects.filter(username__startswith="affairs.", is_demo=True).select_related(
            "organisation"
        )
    }
    clerk, town = found.get("clerk"), found.get("town")
    units = {account.organisation.code for account in (clerk, town) if account and account.organisation}
    if clerk is None or town is None or units != {TOWN, VILLAGE}:
        return None
    clerks = _more_clerks(clerk, unit_of(town))
    return Players(clerk, town, found["asker"], found["manager"], clerks)


def unit_of(account: Account) -> Organisation:
    if account.organisation is None:
        raise ValueError(f"{account.username} has no unit")
    return account.organisation


def _more_clerks(clerk: Account, town: Organisation) -> dict[str, Account]:
    home = unit_of(clerk)
    villages = [
        home,
        *town.children.exclude(pk=home.pk).exclude(division_code="").order_by("division_code")[:3],
    ]
    found = {home.code: clerk}
    for username, name, place in MORE:
        if place >= len(villages):
            continue
        unit = villages[place]
        account, _is_new = Account.objects.get_or_create(
            username=username, is_demo=True,
            defaults={"name": name, "organisation": unit, "password": clerk.password,
                      "password_changed_at": clock.now(), "must_change_password": False},
        )  # fmt: skip
        Duty.objects.get_or_create(
            account=account, role="affairs.clerk", organisation=unit, ended_at=None,
            defaults={"scope": ScopeKind.OWN, "reason": "演示", "from_on": clock.today() - timedelta(days=60)},
        )  # fmt: skip
        found.setdefault(unit.code, account)
    return found
