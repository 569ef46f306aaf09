"""The demonstration's own records, one module a sub-feature; running it again changes nothing."""

from __future__ import annotations

from .circulation.seed import seed_concerns
from .desk.seed import seed_visits

DEMO_TOWN = "town_370306102"
DEMO_ORGANISATIONS = {"town": (DEMO_TOWN, "subtree"), "clerk": "village_370306102201", "asker": "agriculture"}


def seed() -> None:
    """Needs the organisations and divisions."""
    seed_concerns()
    seed_visits()
