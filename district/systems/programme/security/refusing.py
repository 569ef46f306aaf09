"""Refusals that many acts share: nobody decides what is their own."""

from __future__ import annotations

from django.utils.translation import gettext as _

from district.kernel.people.access import may
from district.kernel.people.models import Account
from district.kernel.people.refused import Refused

KEEPERS = ("programme.security", "programme.office")
"""安全管理员 keeps the records; whoever of them did not make one may confirm it."""


def check_keeper(by: Account) -> None:
    if not may(by, *KEEPERS):
        raise Refused("not_keeper", _("只有安全管理员或推进办可以办理"), field="account", value=by.username)


def check_another(by: Account, *makers: int | None) -> None:
    """Raises Refused `own_request` when `by` made it, or it is about `by`."""
    if by.pk in makers:
        raise Refused(
            "own_request", _("须由另一人办理，不能审批本人提出的事项"), field="account", value=by.username
        )


def check_waiting(*, is_waiting: bool) -> None:
    if not is_waiting:
        raise Refused("decided", _("该事项已办理，不能再次办理"), field="state")
