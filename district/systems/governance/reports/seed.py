"""The demonstration's reports. Made once."""

from __future__ import annotations

from ..models import ProgramKey
from .simulator import play

COUNT = 170


def seed_reports() -> None:
    """Needs the organisations, the divisions and the grid."""
    if not ProgramKey.objects.filter(is_simulator=True).exists():
        play(COUNT)
