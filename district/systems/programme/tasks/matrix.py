"""The 5×5 matrix of risks: likelihood times impact. Pure."""

from __future__ import annotations

from enum import StrEnum

STEPS = range(1, 6)
HIGH, MEDIUM = 15, 6
"""From this product on a risk is high, or medium."""


class Level(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


def level(likelihood: int, impact: int) -> Level:
    """Raises ValueError for a step that is not 1 to 5."""
    if likelihood not in STEPS or impact not in STEPS:
        raise ValueError(f"risk: likelihood {likelihood!r} and impact {impact!r} must be 1 to 5")
    product = likelihood * impact
    return Level.HIGH if product >= HIGH else Level.MEDIUM if product >= MEDIUM else Level.LOW
