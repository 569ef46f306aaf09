"""The demonstration's outside feed: registered and paused, for there is no other supplier."""

from __future__ import annotations

from ..models import OutsideFeed


def seed_feeds() -> None:
    """Nothing is asked of anybody: an operator gives it an address and lets it go on."""
    OutsideFeed.objects.get_or_create(
        key="demo",
        defaults={
            "name": "演示外部公交（示例，未启用）", "url": "https://example.org/gtfs-rt/vehicle-positions.pb", "interval_s": 15,
            "is_active": False, "is_simulated": True,
        },
    )  # fmt: skip
