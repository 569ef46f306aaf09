"""The demonstration's own records of the governance system, one module a sub-feature; running it again changes nothing."""

from __future__ import annotations

from .grid.seed import seed_grid


def seed() -> None:
    """Needs the organisations and divisions."""
    seed_grid()
