"""The demonstration's own records; running it again changes nothing."""

from __future__ import annotations

from .demo.seed_network import seed_network
from .fleet.seed import seed_fleet


def seed() -> None:
    """Needs the organisations."""
    seed_network()
    seed_fleet()
