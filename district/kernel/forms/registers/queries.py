"""Which records an account may see, and which of them want settling."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from district.kernel.forms.models import Entity, Register, WaitingState, WaitingWrite
from district.kernel.forms.queries import (
    FILLERS,
    entities_visible_to,
    registers_led_by,
    registers_visible_to,
)
from district.kernel.people.access import may
from district.kernel.people.scope import scope_in_roles

__all__ = [
    "conflicting", "entities_in_sight", "entities_visible_to", "registers_led_by", "registers_visible_to",
    "waiting_in",
]  # fmt: skip


def entities_in_sight(account: Any) -> QuerySet[Entity]:
    """Of all registers: those of registers led, and those in the divisions of the account's scope as filler."""
    wanted = Q(register__in=registers_led_by(account).values("pk"))
    if may(account, *FILLERS):
        scope = scope_in_roles(account, FILLERS)
        within = scope.condition(division_field="division_code")
        if scope.is_whole or within:
            wanted |= within if within else Q(pk__isnull=False)
    return Entity.objects.filter(wanted, deleted_at=None)


def conflicting(account: Any, register: Register) -> QuerySet[Entity]:
    """Visible records with an item of several values."""
    return entities_visible_to(account, register).exclude(conflicts={})


def waiting_in(register: Register) -> QuerySet[WaitingWrite]:
    """What forms said that the register has not taken."""
    return WaitingWrite.objects.filter(register=register).exclude(state=WaitingState.TAKEN)
