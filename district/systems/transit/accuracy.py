"""How forecasts are judged: the ETA accuracy benchmark (TransitApp), coverage of intervals, errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bucket:
    """Forecasts made `from_s` to `to_s` before the arrival (upper bound out); right within `early_s` and `late_s`."""

    name: str
    from_s: float
    to_s: float
    early_s: float
    late_s: float


BUCKETS = (
    Bucket("0-3", 0, 180, 30, 90), Bucket("3-6", 180, 360, 60, 150), Bucket("6-10", 360, 600, 60, 210),
    Bucket("10-15", 600, 900, 90, 270),
)  # fmt: skip


def is_right(left_s: Floats, error_s: Floats) -> NDArray[np.bool_]:
    """Whether each forecast lies within its bucket's tolerance. left_s: from the sampling to the arrival; error_s: arrival
    less forecast, negative when the vehicle came before it. Outside of all buckets False."""
    right = np.zeros(len(left_s), dtype=bool)
    for each in BUCKETS:
        inside = (left_s >= each.from_s) & (left_s < each.to_s)
        right |= inside & (error_s >= -each.early_s) & (error_s <= each.late_s)
    return right


def by_bucket(left_s: Floats, error_s: Floats) -> dict[str, float | None]:
    """Bucket → per cent right, None without a sample."""
    right = is_right(left_s, error_s)
    found: dict[str, float | None] = {}
    for each in BUCKETS:
        inside = (left_s >= each.from_s) & (left_s < each.to_s)
        found[each.name] = round(100 * float(right[inside].mean()), 2) if inside.any() else None
    return found


def overall(buckets: dict[str, float | None]) -> float | None:
    """The plain mean of the buckets that have samples."""
    known = [value for value in buckets.values() if value is not None]
    return round(sum(known) / len(known), 2) if known else None
