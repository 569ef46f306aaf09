"""Who may do what with the programme's money, in words when not. The database keeps the persons apart as well."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from district.kernel.people.access import may, scope_of
from district.kernel.people.refused import Refused

ASK = ("programme.owner", "programme.office")
DECIDE = ("programme.finance", "programme.office")
PAY = ("programme.treasurer",)
KEEP = ("programme.finance", "programme.treasurer")
"""Who enters and confirms what came into the treasury."""
READ = tuple(f"programme.{post}" for post in ("office", "finance", "treasurer", "leader", "auditor", "owner"))


def needs(account: Any, roles: tuple[str, ...]) -> None:
    """Raises Refused: the account has no such duty."""
    if not may(account, *roles):
        raise Refused("not_your_duty", _("您没有办理此事的职责"))


def covers(account: Any, organisation_id: int) -> None:
    """Raises Refused: the unit is none of the account's."""
    if not scope_of(account, "programme").covers(organisation_id):
        raise Refused("not_your_unit", _("不在您的单位范围内"))


def another(account: Any, *others: int | None) -> None:
    """Raises Refused when the account is one of those who acted before."""
    if account.pk in others:
        raise Refused("needs_another", _("本人经办过这笔业务，须由另一人办理"))
