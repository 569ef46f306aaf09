"""更新周期: how often a resource is renewed, and from what age on it is late. No Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from district.kernel.datasets.classes import rows_of


@dataclass(frozen=True)
class CycleRule:
    """`max_age` is None where nothing is promised; `frequency` is the URI of Dublin Core's collection of frequencies."""

    key: str
    zh: str
    frequency: str
    max_age: timedelta | None


@cache
def cycle_rules() -> dict[str, CycleRule]:
    """All cycles by key."""
    return {
        row["cycle"]: CycleRule(
            row["cycle"], row["update_cycle_zh"], row["dublin_core_frequency"],
            timedelta(hours=int(row["max_age_hours"])) if row["max_age_hours"] else None,
        )
        for row in rows_of("update_frequency_map.csv")
    }  # fmt: skip


def late_since(cycle: str, renewed_at: datetime, at: datetime) -> datetime | None:
    """The moment from which something last renewed then is late, or None while it is not."""
    most = cycle_rules()[cycle].max_age
    if most is None or at <= renewed_at + most:
        return None
    return renewed_at + most
