"""The demonstration's own records; running it again changes nothing."""

from __future__ import annotations

from .demo.seed_network import seed_network
from .fleet.seed import seed_fleet

DEMO_ORGANISATIONS = {role: "transport" for role in ("dispatcher", "planner", "operator", "editor", "cashier", "reader")}


def seed() -> None:
    """Needs the organisations."""
    seed_network()
    seed_fleet()
