"""How far the yearly quantity of a discharge permit is used, and when it will run out (许可排放量)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from district.systems.environment.quantities import BadQuantity

RATE_DAYS = 30
WARN_SHARE = 0.8


@dataclass(frozen=True)
class QuantityUse:
    """Use of a year's allowed quantity up to a day. `share` is used/allowed.

    `status`: `used_up`; `will_run_out` (the projection passes the quantity before the year ends); `near`
    (80 % used); `within`. `run_out_on` is the day the sum passed or will pass the quantity, None when it will not.
    `rate_kg_day` is the mean of the last days with data, None without any.
    """

    allowed_kg: float
    used_kg: float
    share: float
    days_with_data: int
    rate_kg_day: float | None
    projected_kg: float | None
    run_out_on: date | None
    status: str


def quantity_use(allowed_tonnes: float, daily_kg: Mapping[date, float], on: date) -> QuantityUse:
    """Use in the calendar year of `on`, projecting the mean of the last 30 days with data to 31 December.

    Days without data are not projected backwards: the sum is what was measured (substitutes included).
    """
    if not math.isfinite(allowed_tonnes) or allowed_tonnes <= 0:
        raise BadQuantity("not_positive", "许可排放量必须大于 0", "allowed_tonnes")
    allowed = allowed_tonnes * 1000
    masses = {day: kg for day, kg in sorted(daily_kg.items()) if date(on.year, 1, 1) <= day <= on}
    used = math.fsum(masses.values())
    recent = list(masses.values())[-RATE_DAYS:]
    rate = math.fsum(recent) / len(recent) if recent else None
    year_end = date(on.year, 12, 31)
    projected = None if rate is None else used + rate * (year_end - on).days
    passed_on = _passed_on(masses, allowed)
    run_out_on = passed_on
    if passed_on is None and rate and projected is not None and projected > allowed:
        run_out_on = min(on + timedelta(days=math.floor((allowed - used) / rate) + 1), year_end)
    return QuantityUse(
        allowed, used, used / allowed, len(masses), rate, projected, run_out_on,
        _status(passed_on, run_out_on, used / allowed),
    )


def _passed_on(masses: Mapping[date, float], allowed: float) -> date | None:
    total = 0.0
    for day, kg in masses.items():
        total += kg
        if total > allowed:
            return day
    return None


def _status(passed_on: date | None, run_out_on: date | None, share: float) -> str:
    if passed_on is not None:
        return "used_up"
    if run_out_on is not None:
        return "will_run_out"
    return "near" if share >= WARN_SHARE else "within"
