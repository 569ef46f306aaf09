"""The demonstration's own records of the brain, one module a sub-feature; running it again changes nothing."""

from __future__ import annotations

from district.kernel import registry

from .sharing.seed import seed_sharing
from .themes.seed import seed_themes

DEMO_ORGANISATIONS = {"provider": "education"}
DEMO_DUTIES = {
    "leader": tuple(f"{system.name}.reader" for system in registry.systems() if "reader" in system.role_keys())
}
"""A leader of the district reads what every system has readers for."""


def seed() -> None:
    """Needs the organisations."""
    seed_themes()
    seed_sharing()
