"""Who sends tasks down, who does them, who judges what comes up."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from district.kernel.people.access import live_duties, may, scope_of
from district.kernel.people.models import Duty, Organisation
from district.kernel.people.scope import scope_includes

from ..models import Piece

SYSTEM = "affairs"
ISSUERS = ("affairs.asker", "affairs.town", "affairs.manager")
DOERS = ("affairs.clerk", "affairs.town")
READERS = ("affairs.leader", "affairs.manager")


def may_issue(account: Any, organisation: Organisation) -> bool:
    """Whether the account sends tasks in the name of a unit."""
    return may(account, *ISSUERS) and scope_includes(scope_of(account, SYSTEM), organisation)


def holds(account: Any, piece: Piece) -> bool:
    """Whether the account does the piece: by a post in that very unit, so that a town does not answer for a village."""
    return any(
        duty.organisation_id == piece.organisation_id and duty.role in DOERS for duty in _live(account)
    )


def judges(account: Any, piece: Piece) -> bool:
    """Whether the account looks at what the unit sent: as the unit that sent the task, or the town that passed it on."""
    if holds(account, piece) or not may(account, *ISSUERS):
        return False
    scope = scope_of(account, SYSTEM)
    if scope_includes(scope, piece.assignment.organisation):
        return True
    return piece.parent_id is not None and scope.covers(piece.parent.organisation_id)


def issuing_units(account: Any) -> list[Organisation]:
    """The units in whose name the account sends tasks, by its posts."""
    found = {duty.organisation_id: duty.organisation for duty in _live(account) if duty.role in ISSUERS}
    return list(found.values())


def duties_of(roles: tuple[str, ...]) -> QuerySet[Duty]:
    return Duty.objects.live().filter(role__in=roles)


def _live(account: Any) -> tuple[Duty, ...]:
    return live_duties(account)
