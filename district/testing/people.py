"""Accounts and units for tests: made in a line, with the duties a test needs."""

from __future__ import annotations

from functools import cache
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password

from district.kernel import clock
from district.kernel.people.models import Account, Duty, Organisation

PASSWORD = "Correct-Horse-7"  # noqa: S105 - of accounts that exist for the length of a test
_numbers = count(1)


@cache
def _encoded(password: str) -> str:
    """Hashing is slow on purpose; once per run is enough."""
    return make_password(password)


def organisation(code: str = "zhoucun", *, parent: Organisation | None = None, **fields: Any) -> Organisation:
    """The unit of that code, made when it is not there yet."""
    found = Organisation.objects.filter(code=code).first()
    if found is not None:
        return found
    made = Organisation(code=code, parent=parent, **{"name": code, "kind": "department", **fields})
    made.save()
    return made


def account(
    *roles: str, unit: Organisation | None = None, scope: str = "district", password: str = PASSWORD, **fields: Any
) -> Account:
    """An account in use that holds `roles`, with PASSWORD or the password given."""
    number = next(_numbers)
    home_unit = unit or organisation()
    made = Account(
        **{
            "username": f"T{number:05}", "name": f"测试人员{number}", "organisation": home_unit,
            "password_changed_at": clock.now(), **fields,
        }
    )
    made.password = _encoded(password)
    made.save()
    for role in roles:
        Duty.objects.create(account=made, role=role, organisation=home_unit, scope=scope)
    return made
