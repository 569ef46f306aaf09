"""The demonstration's day has buses."""

from __future__ import annotations

from district.kernel.clock import today

from ..models import Assignment, Bus
from .actions import assign_day


def seed_assignments() -> None:
    """Today's trips, where all buses are the demonstration's own."""
    if not Assignment.objects.filter(day=today()).exists() and not Bus.objects.filter(is_simulated=False).exists():
        assign_day(today())
