"""Noise: day and night levels, limits by zone, background correction and quality levels. All in dB(A).

GB 3096-2008 (environment), GB 12348-2008 (factories), GB 22337-2008 (shops and leisure), GB 12523-2011 (building
sites), HJ 640-2012 (levels of a town). Day is 06:00-22:00, night 22:00-06:00.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from district.systems.environment.quantities import BadQuantity, Number, exact, half_even
from district.systems.environment.standards import table

Period = Literal["day", "night"]
Scope = Literal["ambient", "factory", "social", "construction"]

DAY_FROM, DAY_UNTIL = 6, 22
DAY_HOURS = DAY_UNTIL - DAY_FROM
NIGHT_HOURS = 24 - DAY_HOURS
NIGHT_PENALTY_DB = 10
QUIETEST_DB, LOUDEST_DB = -20.0, 200.0
"""No sound in air is louder than about 194 dB, no room quieter than about -20 dB(A)."""
ENOUGH_DAY_HOURS, ENOUGH_NIGHT_HOURS = 12, 6
"""Three quarters of the hours: our default for a usable Ld and Ln, the standards leave it to the network."""


@dataclass(frozen=True)
class NoiseLimits:
    """Limits of a zone; bursts at night are limited to `night` plus the given decibels."""

    standard: str
    zone: str
    day: float
    night: float
    night_frequent_above: float
    night_occasional_above: float
    zh: str


@dataclass(frozen=True)
class DayNight:
    """Ld, Ln and Ldn of a day (None where too few hours) and the hours used."""

    day: float | None
    night: float | None
    day_night: float | None
    day_hours: int
    night_hours: int


@dataclass(frozen=True)
class NoiseJudgement:
    """A level as it is compared (ambient 0.1 dB, sources whole dB), its limit, and how far above."""

    level: float
    limit: float
    excess: float
    is_exceeding: bool


def period_of(hour: int) -> Period:
    """Whether the hour that begins at `hour` (0–23) is day or night."""
    return "day" if DAY_FROM <= hour < DAY_UNTIL else "night"


def energy_mean(levels: ArrayLike) -> float | None:
    """Energy average 10 lg(mean(10^(L/10))) of levels, NaN left out; None of no levels."""
    values = np.asarray(levels, dtype=np.float64)
    values = values[~np.isnan(values)]
    if values.size == 0:
        return None
    if values.max() > LOUDEST_DB or values.min() < QUIETEST_DB:
        raise BadQuantity("out_of_range", f"声级应在 {QUIETEST_DB:.0f}–{LOUDEST_DB:.0f} dB 之间", "level")
    return float(10 * np.log10(np.mean(10 ** (values / 10))))


def day_night_level(day: float, night: float) -> float:
    """Ldn = 10 lg((16·10^(0.1 Ld) + 8·10^(0.1 (Ln+10)))/24)."""
    _plausible(day)
    _plausible(night)
    energy = DAY_HOURS * 10 ** (day / 10) + NIGHT_HOURS * 10 ** ((night + NIGHT_PENALTY_DB) / 10)
    return 10 * math.log10(energy / (DAY_HOURS + NIGHT_HOURS))


def day_night(hourly: Sequence[float | None], first_hour: int = 0) -> DayNight:
    """Ld, Ln, Ldn from 24 hourly Leq that begin at `first_hour` (0 for a natural day, 6 for a monitoring day)."""
    if len(hourly) != DAY_HOURS + NIGHT_HOURS:
        raise BadQuantity("wrong_length", f"需要 24 个小时值，得到 {len(hourly)} 个", "hourly")
    parts: dict[Period, list[float]] = {"day": [], "night": []}
    for place, level in enumerate(hourly):
        if level is not None and not math.isnan(level):
            parts[period_of((first_hour + place) % 24)].append(level)
    day = energy_mean(parts["day"]) if len(parts["day"]) >= ENOUGH_DAY_HOURS else None
    night = energy_mean(parts["night"]) if len(parts["night"]) >= ENOUGH_NIGHT_HOURS else None
    both = None if day is None or night is None else day_night_level(day, night)
    return DayNight(day, night, both, len(parts["day"]), len(parts["night"]))


@cache
def _limits() -> Mapping[tuple[str, str], NoiseLimits]:
    return {
        (row["scope"], row["zone"]): NoiseLimits(
            row["standard"], row["zone"], float(row["day"]), float(row["night"]), float(row["night_frequent_above"]),
            float(row["night_occasional_above"]), row["zh"],
        )
        for row in table("noise_limits")
    }


def noise_limits(zone: str, scope: Scope = "ambient") -> NoiseLimits:
    """Limits of a zone (0, 1, 2, 3, 4a, 4b; sources 0–4; building sites ""); BadQuantity `unknown_zone`."""
    try:
        return _limits()[scope, str(zone)]
    except KeyError:
        raise BadQuantity("unknown_zone", f"没有声功能区 {zone!r}（{scope}）", "zone") from None


def judge(level: Number, zone: str, period: Period, scope: Scope = "ambient", burst: str = "") -> NoiseJudgement:
    """A level against its limit. `burst` "frequent" or "occasional" judges the maximum of a sudden night noise.

    Levels are rounded before comparing: to 0.1 dB in the environment, to 1 dB at sources (HJ 706-2014).
    """
    limits = noise_limits(zone, scope)
    if period not in ("day", "night"):
        raise BadQuantity("unknown_period", f"时段应为 day 或 night，而不是 {period!r}", "period")
    limit = limits.day if period == "day" else limits.night
    if burst:
        if period != "night" or burst not in ("frequent", "occasional"):
            raise BadQuantity("unknown_burst", f"{period} 没有突发噪声限值 {burst!r}", "burst")
        limit += limits.night_frequent_above if burst == "frequent" else limits.night_occasional_above
    compared = half_even(_plausible(level), 1 if scope == "ambient" else 0)
    excess = max(compared - exact(limit), exact(0))
    return NoiseJudgement(float(compared), limit, float(excess), excess > 0)


def source_level(measured: Number, background: Number) -> float | None:
    """Level of a source without its background (GB 12348-2008, 5.7), None when they differ by less than 3 dB and
    the measurement must be repeated in quieter conditions.

    Differences of 3–10 dB are rounded to whole decibels to enter the table, above 10 nothing is corrected.
    """
    level, quiet = _plausible(measured), _plausible(background)
    difference = level - quiet
    if difference < 3:
        return None
    if difference > 10:
        return float(level)
    whole = half_even(difference, 0)
    for row in table("noise_background_correction"):
        if int(row["difference_from"]) <= whole <= int(row["difference_to"]):
            return float(level + int(row["correction"]))
    raise AssertionError(f"the correction table has a hole at {whole}")


def quality_level(mean_level: Number, period: Period, scope: Literal["area", "road"] = "area") -> int:
    """Level 1 (best) to 5 of a town's mean Leq, rounded to 0.1 dB first (HJ 640-2012, tables 4 and 6)."""
    compared = half_even(_plausible(mean_level), 1)
    for row in table("noise_levels"):
        if (row["scope"], row["period"]) == (scope, period):
            bounds = (exact(row[f"level_{number}_to"]) for number in range(1, 5))
            return next((number for number, bound in enumerate(bounds, 1) if compared <= bound), 5)
    raise BadQuantity("unknown_scope", f"HJ 640 没有 {scope!r} {period!r}", "scope")


def _plausible(level: Number) -> Fraction:
    number = exact(level, "level")
    if not QUIETEST_DB <= number <= LOUDEST_DB:
        raise BadQuantity("out_of_range", f"声级 {level} dB 不可能", "level")
    return number
