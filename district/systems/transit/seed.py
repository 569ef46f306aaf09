"""The demonstration's own records; running it again changes nothing."""

from __future__ import annotations

from .cards.seed import seed_cards
from .changes.seed import seed_changes
from .demo.seed_network import seed_network
from .dispatch.seed import seed_assignments
from .feedback.seed import seed_feedback
from .feeds.seed import seed_feeds
from .fleet.seed import seed_fleet
from .screens.seed import seed_public


def seed() -> None:
    """Needs the organisations."""
    seed_network()
    seed_fleet()
    seed_changes()
    seed_feeds()
    seed_assignments()
    seed_public()
    seed_feedback()
    seed_cards()
