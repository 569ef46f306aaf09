"""Which records an account may see, and which of them want settling."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from district.kernel.forms.models import Entity, Register, WaitingState, WaitingWrite
from district.kernel.forms.queries import entities_visible_to, registers_led_by, registers_visible_to

__all__ = [
    "conflicting", "entities_visible_to", "registers_led_by", "registers_visible_to", "waiting_in",
]  # fmt: skip


def conflicting(account: Any, register: Register) -> QuerySet[Entity]:
    """Visible records with an item of several values."""
    return entities_visible_to(account, register).exclude(conflicts={})


def waiting_in(register: Register) -> QuerySet[WaitingWrite]:
    """What forms said that the register has not taken."""
    return WaitingWrite.objects.filter(register=register).exclude(state=WaitingState.TAKEN)
