"""One account for every role, to try the platform out: invented, marked as such, with one random password.

The password is made once per installation and kept in DISTRICT_HOME/secrets/demo_password, readable by its owner.
With DISTRICT_DEMO=0 there are none; those made before are suspended.
"""

from __future__ import annotations

import os
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from district.kernel import clock, home, registry
from district.kernel.people import passwords
from district.kernel.people.models import Account, Duty, Organisation, ScopeKind, Status
from district.kernel.people.roles import RoleEntry, all_roles

KERNEL_LEAD = "bigdata"
ENTERPRISE_ROLE = "enterprise"
"""By custom the key of a role whose holder speaks for a regulated enterprise, not for the authority."""
DEMO_ENTERPRISE = "demo_enterprise"

DemoRow = tuple[str, str, str, str]


def is_wanted() -> bool:
    return os.environ.get("DISTRICT_DEMO") != "0"


def demo_password() -> str:
    """The shared password of the demo accounts of this installation."""
    folder = home.home() / "secrets"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / "demo_password"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        made = passwords.handed_out()
        file.write(made)
    return made


@transaction.atomic
def seed_demo_accounts() -> list[DemoRow]:
    """Makes what is missing and returns (user name, role, unit, password) for each demo account."""
    if not is_wanted():
        Account.objects.filter(is_demo=True, status=Status.ACTIVE).update(status=Status.SUSPENDED)
        return []
    encoded = _encoded(demo_password())
    for entry in all_roles():
        _seed(entry, encoded)
    return accounts_to_show()


def accounts_to_show() -> list[DemoRow]:
    """The demo accounts with their password, for the terminal; empty when there are none."""
    accounts = Account.objects.active().filter(is_demo=True) if is_wanted() else Account.objects.none()
    names = {entry.key: entry.zh for entry in all_roles()}
    rows = []
    for account in accounts.select_related("organisation").prefetch_related("duties"):
        roles = "、".join(names.get(duty.role, duty.role) for duty in account.duties.all() if not duty.ended_at)
        rows.append((account.username, roles, account.organisation.name if account.organisation else "", demo_password()))
    return rows


def _encoded(password: str) -> str:
    """One hash for all of them: they share the password anyway, and hashing is slow on purpose."""
    current = Account.objects.filter(is_demo=True).values_list("password", flat=True).first()
    return current if current and check_password(password, current) else make_password(password)


def _seed(entry: RoleEntry, encoded: str) -> None:
    unit, scope = _place(entry)
    fixed = {"password": encoded, "status": Status.ACTIVE, "must_change_password": False}
    account, is_new = Account.objects.get_or_create(
        username=entry.key, is_demo=True,
        defaults={**fixed, "name": f"{entry.zh}（演示）", "organisation": unit, "password_changed_at": clock.now()},
    )
    if not is_new and any(getattr(account, name) != value for name, value in fixed.items()):
        Account.objects.filter(pk=account.pk).update(**fixed)
    for role in (entry.key, *_more_duties(entry)):
        if not Duty.objects.filter(account=account, role=role, ended_at=None).exists():
            Duty.objects.create(account=account, role=role, organisation=unit, scope=scope, reason="演示")


def _place(entry: RoleEntry) -> tuple[Organisation, str]:
    """The unit that fits a role, and how far it sees: a bureau the district, an enterprise itself.

    A system may name other units in its `seed.py`: `DEMO_ORGANISATIONS = {"enterprise": "<code>"}`; such a unit sees
    its own, or all below it where it is named as `("<code>", "subtree")`.
    """
    system_name, key = entry.key.split(".")
    named = _named_by_system(system_name).get(key) or (DEMO_ENTERPRISE if key == ENTERPRISE_ROLE else "")
    code, scope = named if isinstance(named, tuple) else (named, str(ScopeKind.OWN))
    unit = Organisation.objects.filter(code=code).first() if code else None
    if unit is not None:
        return unit, scope
    lead = entry.lead.replace("，", "、").split("、")[0]
    unit = Organisation.objects.filter(name=lead).first() if lead else None
    return unit or Organisation.objects.get(code=KERNEL_LEAD), str(ScopeKind.DISTRICT)


def _more_duties(entry: RoleEntry) -> tuple[str, ...]:
    """Full keys of other roles the demo account also carries: `DEMO_DUTIES = {"leader": (…)}` in a system's `seed.py`."""
    system_name, key = entry.key.split(".")
    return _said_by_system(system_name, "DEMO_DUTIES").get(key, ())


def _named_by_system(name: str) -> dict[str, str | tuple[str, str]]:
    return _said_by_system(name, "DEMO_ORGANISATIONS")


def _said_by_system(name: str, what: str) -> dict[str, Any]:
    if name not in {system.name for system in registry.systems()}:
        return {}
    module = registry.role_file(registry.system(name), "seed")
    return getattr(module, what, {}) if module else {}
