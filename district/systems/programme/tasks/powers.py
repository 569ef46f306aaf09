"""Who may do what with tasks: the office for all, a liaison for the units of the duty, nobody for their own request."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from district.kernel.people.access import may
from district.kernel.people.models import Organisation
from district.kernel.people.scope import scope_in_roles

from .refused import Refused

OFFICE, LIAISON, LEADER = "programme.office", "programme.liaison", "programme.leader"
WAITING_READERS = ("office", "leader", "auditor")
"""Who sees what waits for the office."""


def is_office(account: Any) -> bool:
    return may(account, OFFICE)


def may_see_waiting(account: Any) -> bool:
    return may(account, *(f"programme.{role}" for role in WAITING_READERS))


def may_speak_for(account: Any, unit: Organisation | int) -> bool:
    """Whether the account is the liaison of that unit."""
    return scope_in_roles(account, (LIAISON,)).covers(unit if isinstance(unit, int) else unit.pk)


def check_office(account: Any) -> None:
    """Raises Refused."""
    if not is_office(account):
        raise Refused("not_office", _("只有推进办可以办理"))


def check_speaks_for(account: Any, unit: Organisation) -> None:
    """Raises Refused."""
    if not may_speak_for(account, unit):
        raise Refused("not_unit", _("只有%(unit)s的联络员可以办理") % {"unit": unit.name}, field="unit", value=unit.code)


def check_another(account: Any, first: int | None) -> None:
    """Nobody decides on what they asked for or handed in themselves. Raises Refused."""
    if first is not None and first == account.pk:
        raise Refused("own", _("不能审批本人提交的事项，须由他人办理"))


def checked_words(text: str, field: str, most: int = 300) -> str:
    """Raises Refused when it is empty."""
    if not text.strip():
        raise Refused("empty", _("请填写说明或原因"), field=field)
    return text.strip()[:most]
