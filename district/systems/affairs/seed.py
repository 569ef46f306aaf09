"""The demonstration's own records, one module a sub-feature; running it again changes nothing."""

from __future__ import annotations

from . import demo_people
from .circulation.seed import seed_concerns
from .consistency.seed import seed_consistency
from .desk.seed import seed_visits
from .ledgers.seed import seed_ledgers
from .matters.seed import seed_matters
from .village.seed import seed_village

DEMO_TOWN = demo_people.TOWN
DEMO_ORGANISATIONS = {"town": (DEMO_TOWN, "subtree"), "clerk": demo_people.VILLAGE, "asker": "agriculture"}


def seed() -> None:
    """Needs the organisations and divisions."""
    players = demo_people.players()
    seed_ledgers()
    seed_consistency()
    if players is not None:
        seed_matters(players)
        seed_village(players)
    seed_concerns()
    seed_visits()
