"""The demonstration's own records of the brain, one module a sub-feature; running it again changes nothing."""

from __future__ import annotations

from district.kernel import registry
from district.kernel.people.demo import seed_demo_accounts

from .deliveries.seed import seed_deliveries
from .sharing.seed import seed_sharing
from .themes.seed import seed_themes
from .workspace.seed import seed_workspace

DEMO_ORGANISATIONS = {"provider": "education"}
DEMO_DUTIES = {
    "leader": tuple(
        f"{system.name}.reader" for system in registry.systems() if "reader" in system.role_keys()
    )
}
"""A leader of the district reads what every system has readers for."""


def seed() -> None:
    """Needs the organisations."""
    seed_themes()
    if seed_demo_accounts():
        seed_deliveries()
        seed_sharing()
        seed_workspace()
