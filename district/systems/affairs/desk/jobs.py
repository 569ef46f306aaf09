"""The time of keeping of visits."""

from __future__ import annotations

from district.kernel.jobs import every

from .actions import forget_old_visits


@every("37 3 * * *")
def forget_old_village_visits() -> int:
    """Households, notes and recordings whose time of keeping is over."""
    return forget_old_visits()
