"""Ambient air judged against GB 3095 by date, and the yearly figures of HJ 663-2013.

Limits and concentrations in ug/m3, CO in mg/m3. Grade 1 is for class 1 areas, grade 2 for class 2 areas.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache

from district.systems.environment.air_means import is_month_valid, is_year_valid
from district.systems.environment.air_quality import EXCEEDING_ABOVE, POLLUTANTS, decimals_of
from district.systems.environment.quantities import (
    BadQuantity,
    Number,
    exact,
    exact_sum,
    half_even,
    is_absent,
)
from district.systems.environment.standards import edition_on, table

DAY_PERIOD = dict.fromkeys(POLLUTANTS, "24h") | {"O3": "daily max 8h"}

_LIMIT_COLUMN = {
    "GB 3095-2012": "gb3095_2012_grade{}",
    "GB 3095-2026 transition": "gb3095_2026_transition_grade{}",
    "GB 3095-2026 final": "gb3095_2026_final_grade{}",
}


@dataclass(frozen=True)
class PollutantYear:
    """One pollutant over a period. `mean` and `percentile` are rounded as concentrations are; None of no data.

    `single_index` is C/S of the composite index. `day_exceedances` counts days above the daily limit.
    `meets` is None when the days do not make the period valid.
    """

    pollutant: str
    days: int
    is_valid: bool
    mean: Fraction | None
    percentile: Fraction | None
    percent: int
    day_exceedances: int
    single_index: Fraction | None
    meets: bool | None


@dataclass(frozen=True)
class AirEvaluation:
    """A period's evaluation. `composite_index` (环境空气质量综合指数) is None when one of the six is missing."""

    standard: str
    pollutants: tuple[PollutantYear, ...]
    composite_index: Fraction | None
    meets: bool | None


@cache
def _limits() -> dict[tuple[str, str], Mapping[str, str]]:
    return {(row["pollutant"], row["period"]): row for row in table("ambient_air_limits")}


@lru_cache(maxsize=8192)
def ambient_limit(pollutant: str, period: str, on: date, grade: int = 2) -> Fraction:
    """Limit of GB 3095 in force on a day. `period`: annual, 24h, 1h, `daily max 8h`, season.

    BadQuantity `unknown_limit` when the standard sets none.
    """
    row = _limits().get((pollutant, period))
    if row is None or grade not in (1, 2):
        raise BadQuantity("unknown_limit", f"GB 3095 没有 {pollutant} {period} {grade} 级限值", "pollutant")
    return exact(row[_LIMIT_COLUMN[edition_on("ambient_air", on).name].format(grade)])


def exceed_multiple(concentration: Number, limit: Number) -> Fraction:
    """超标倍数 (C-S)/S, 0 when the limit is kept; full values are compared, without rounding."""
    value, bound = exact(concentration), exact(limit)
    return max((value - bound) / bound, Fraction(0))


def percentile(values: Iterable[Number], percent: int) -> Fraction:
    """Percentile of HJ 663-2013 annex A: k = 1 + (n-1)p, linear between neighbours; ValueError of no values."""
    # Fractions are compared only where the nearest floats are equal: comparing them all takes most of a page's time.
    ordered = sorted((exact(value) for value in values), key=lambda value: (float(value), value))
    if not ordered:
        raise ValueError("a percentile of no values")
    whole, hundredths = divmod((len(ordered) - 1) * percent, 100)
    if hundredths == 0:
        return ordered[whole]
    return ordered[whole] + (ordered[whole + 1] - ordered[whole]) * Fraction(hundredths, 100)


def evaluate_year(
    daily: Mapping[str, Mapping[date, Number | None]], year: int, grade: int = 2, weights: Mapping[str, int] | None = None
) -> AirEvaluation:
    """Yearly evaluation from daily values (O3: daily maximum 8 h) by the limits in force at the year's end."""
    return _evaluate(daily, date(year, 1, 1), date(year, 12, 31), grade, weights)


def evaluate_month(
    daily: Mapping[str, Mapping[date, Number | None]], first: date, last: date, grade: int = 2,
    weights: Mapping[str, int] | None = None,
) -> AirEvaluation:
    """Evaluation of a calendar month, `first` to `last` day, against the annual limits as rankings do.

    `weights` turns the composite index into a weighted sum (some 2026 programmes use PM2.5 3, O3 2, NO2 2).
    """
    return _evaluate(daily, first, last, grade, weights)


def _evaluate(
    daily: Mapping[str, Mapping[date, Number | None]], first: date, last: date, grade: int,
    weights: Mapping[str, int] | None,
) -> AirEvaluation:
    parts = tuple(
        _pollutant(
            row["pollutant"], int(row["percentile"]), row["index_statistic"] == "mean",
            {day: exact(value) for day, value in daily.get(row["pollutant"], {}).items()
             if first <= day <= last and value is not None and not is_absent(value)},
            first, last, grade,
        )
        for row in table("air_percentiles")
    )
    composite = None
    if all(part.single_index is not None for part in parts):
        weighted = [(part.single_index or Fraction(0)) * (weights or {}).get(part.pollutant, 1) for part in parts]
        composite = half_even(sum(weighted, Fraction(0)), 2)
    verdicts = [part.meets for part in parts]
    meets = False if False in verdicts else (None if None in verdicts else True)
    return AirEvaluation(edition_on("ambient_air", last).name, parts, composite, meets)


def _pollutant(
    pollutant: str, percent: int, by_mean: bool, values: Mapping[date, Fraction], first: date, last: date, grade: int
) -> PollutantYear:
    is_valid = _is_period_valid(values, first, last)
    over = sum(
        value > ambient_limit(pollutant, DAY_PERIOD[pollutant], day, grade) for day, value in values.items()
    )
    if not values:
        return PollutantYear(pollutant, 0, False, None, None, percent, 0, None, None)
    places = decimals_of(pollutant)
    mean = half_even(exact_sum(values.values()) / len(values), places)
    high = half_even(percentile(values.values(), percent), places)
    day_limit = ambient_limit(pollutant, DAY_PERIOD[pollutant], last, grade)
    meets = high <= day_limit
    single = high / ambient_limit(pollutant, DAY_PERIOD[pollutant], last)
    if by_mean:
        meets = meets and mean <= ambient_limit(pollutant, "annual", last, grade)
        single = mean / ambient_limit(pollutant, "annual", last)
    return PollutantYear(
        pollutant, len(values), is_valid, mean, high, percent, over, single, meets if is_valid else None
    )


def _is_period_valid(values: Mapping[date, Fraction], first: date, last: date) -> bool:
    if (first.month, first.year) == (last.month, last.year):
        return is_month_valid(first.year, first.month, len(values))
    return is_year_valid(values)


def good_day_rate(aqis: Sequence[int | None]) -> tuple[int, int, float | None]:
    """(good days, valid days, share in percent) of daily AQIs; good is AQI <= 100 (优良天数比例)."""
    valid = [aqi for aqi in aqis if aqi is not None]
    good = sum(aqi <= EXCEEDING_ABOVE for aqi in valid)
    return good, len(valid), 100 * good / len(valid) if valid else None


def heavy_pollution_level(aqis: Sequence[int | None]) -> str:
    """Start level 红, 橙, 黄 or "" of the heavy-pollution plan for daily AQIs forecast from the first day on."""
    for row in table("heavy_pollution_levels"):
        run = _longest_run(aqis, int(row["aqi_above"]))
        also = not row["and_days"] or _longest_run(aqis, int(row["and_aqi_above"])) >= int(row["and_days"])
        if run >= int(row["days"]) and also:
            return row["colour_zh"]
    return ""


def _longest_run(aqis: Sequence[int | None], above: int) -> int:
    longest = run = 0
    for aqi in aqis:
        run = run + 1 if aqi is not None and aqi > above else 0
        longest = max(longest, run)
    return longest
