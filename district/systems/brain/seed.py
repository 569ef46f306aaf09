"""The demonstration's own records of the brain, one module a sub-feature; running it again changes nothing."""

from __future__ import annotations

DEMO_ORGANISATIONS = {"provider": "education"}


def seed() -> None:
    """Needs the organisations."""
