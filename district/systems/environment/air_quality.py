"""Air quality index (AQI) of one day or one hour: HJ 633-2012 and HJ 633-2026, chosen by the date of the data.

Concentrations are in the units of the breakpoint tables: CO in mg/m3, everything else in ug/m3. Arithmetic is
on integers and fractions, so nodes and rounding ties come out exactly. Whole columns: `air_quality_columns`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

from district.systems.environment.quantities import BadQuantity, Number, is_absent, not_negative
from district.systems.environment.standards import edition_named, edition_on, table

Report = Literal["daily", "realtime"]

POLLUTANTS = ("PM2.5", "PM10", "SO2", "NO2", "CO", "O3")
IAQI_NODES = (0, 50, 100, 150, 200, 300, 400, 500)
TOP_IAQI = 500
PRIMARY_ABOVE = 50
EXCEEDING_ABOVE = 100

AVERAGING: dict[Report, dict[str, str]] = {
    "daily": dict.fromkeys(POLLUTANTS, "24h") | {"O3": "8h"},
    "realtime": dict.fromkeys(POLLUTANTS, "1h"),
}
"""What each report averages over; O3 in the daily report is the daily maximum of 8 h moving means."""

STAND_IN: dict[Report, dict[str, str]] = {"daily": {"O3": "1h"}, "realtime": {"SO2": "24h", "O3": "8h"}}
"""HJ 633-2012, table 1 notes: the averaging that counts when the usual column ends below the concentration."""

CAPPED_2026 = {("SO2", "1h"): 200, ("O3", "8h"): 300}
"""HJ 633-2026: where the column ends early the sub-index stays at the column's last node."""


@dataclass(frozen=True)
class Grade:
    """A row of the grades table: `level` 一级…六级, names, and the colour of HJ 633 appendix A."""

    level: str
    zh: str
    en: str
    colour_zh: str
    colour: str
    low: int
    high: int | None


@dataclass(frozen=True)
class SubIndex:
    """IAQI of one pollutant. `concentration` is the rounded one that was used.

    `rule`: "" interpolated, `above_last_node` (500), `capped` (2026), `above_column` (2012: no sub-index,
    `iaqi` is None and the stand-in averaging counts).
    """

    pollutant: str
    averaging: str
    concentration: Decimal
    iaqi: int | None
    rule: str = ""


@dataclass(frozen=True)
class AirQualityIndex:
    """AQI of a report. `aqi` is what may be published, `computed_aqi` the largest sub-index there is.

    `status`: `complete`; `incomplete` (published, but items are missing: the true AQI may be higher);
    `withheld` (HJ 633-2026: incomplete and at most 100, publish NA); `no_data`.
    `companions` are sub-indices reported beside the AQI that do not count in it.
    """

    standard: str
    report: Report
    status: str
    aqi: int | None
    computed_aqi: int | None
    grade: Grade | None
    primary: tuple[str, ...]
    exceeding: tuple[str, ...]
    sub_indices: tuple[SubIndex, ...]
    companions: tuple[SubIndex, ...]
    missing: tuple[str, ...]
    not_computed: tuple[str, ...]


def decimals_of(pollutant: str) -> int:
    """Decimals a concentration is rounded to before use: CO 1, all others 0 (GB/T 8170 half-even)."""
    return 1 if pollutant == "CO" else 0


@cache
def breakpoints(standard: str, pollutant: str, averaging: str) -> tuple[int, ...]:
    """Node concentrations in steps of the last rounded decimal (CO: tenths of mg/m3), as far as the column goes.

    Hourly PM2.5 and PM10 use the 24 h nodes (HJ 633-2026; the practice under HJ 633-2012).
    BadQuantity `unknown_pollutant`, `unknown_averaging`.
    """
    if pollutant not in POLLUTANTS:
        raise BadQuantity("unknown_pollutant", f"{pollutant!r} 不在 {'、'.join(POLLUTANTS)} 之中", "pollutant")
    column = "24h" if pollutant.startswith("PM") and averaging == "1h" else averaging
    for row in table("aqi_breakpoints"):
        if (row["standard"], row["pollutant"], row["averaging"]) == (standard, pollutant, column):
            nodes = (row[f"c_at_iaqi_{iaqi}"] for iaqi in IAQI_NODES)
            return tuple(int(Decimal(node) * 10 ** decimals_of(pollutant)) for node in nodes if node)
    raise BadQuantity("unknown_averaging", f"{standard} 没有 {pollutant} {averaging} 的分指数", "averaging")


def aqi_standard(on: date) -> str:
    """Name of the AQI standard for data of that day."""
    return edition_on("aqi", on).name


def sub_index(pollutant: str, averaging: str, concentration: Number, standard: str) -> SubIndex:
    """IAQI, rounded up to an integer (HJ 633, 4.2), of a concentration in the table's unit.

    Raises BadQuantity for a negative or non-numeric concentration and for an unknown pollutant or averaging,
    LookupError for an unknown standard.
    """
    edition_named("aqi", standard)
    breakpoints(standard, pollutant, averaging)  # an unknown pollutant is said before a strange concentration
    steps = round(not_negative(concentration, pollutant) * 10 ** decimals_of(pollutant))
    return _of_steps(pollutant, averaging, steps, standard)


@lru_cache(maxsize=16_384)
def _of_steps(pollutant: str, averaging: str, steps: int, standard: str) -> SubIndex:
    nodes = breakpoints(standard, pollutant, averaging)
    rounded = Decimal(steps) / 10 ** decimals_of(pollutant)
    if steps > nodes[-1]:
        iaqi, rule = _above_column(pollutant, averaging, standard, len(nodes))
        return SubIndex(pollutant, averaging, rounded, iaqi, rule)
    return SubIndex(pollutant, averaging, rounded, _interpolated(steps, nodes))


def _interpolated(steps: int, nodes: tuple[int, ...]) -> int:
    upper = max(1, bisect_left(nodes, steps))
    low, high = nodes[upper - 1], nodes[upper]
    iaqi_low, iaqi_high = IAQI_NODES[upper - 1], IAQI_NODES[upper]
    rise = (iaqi_high - iaqi_low) * (steps - low)
    return iaqi_low - (-rise // (high - low))  # integer division of the negative rounds the IAQI up


def _above_column(pollutant: str, averaging: str, standard: str, node_count: int) -> tuple[int | None, str]:
    if node_count == len(IAQI_NODES):
        return TOP_IAQI, "above_last_node"
    if standard == "HJ 633-2012":
        return None, "above_column"
    return CAPPED_2026[pollutant, averaging], "capped"


@lru_cache(maxsize=1)
def grades() -> tuple[Grade, ...]:
    """The six grades, best first."""
    return tuple(
        Grade(
            row["level"], row["category_zh"], row["category_en"], row["colour_zh"], row["rgb_hex"],
            int(row["aqi_low"]), int(row["aqi_high"]) if row["aqi_high"] else None,
        )
        for row in table("aqi_grades")
    )


def grade_of(aqi: int) -> Grade:
    """The grade of an AQI; ValueError below zero."""
    if aqi < 0:
        raise ValueError(f"AQI {aqi} is below zero")
    return next(grade for grade in grades() if grade.high is None or aqi <= grade.high)


def daily_index(
    concentrations: Mapping[str, Number | None], on: date | None = None, *, standard: str | None = None
) -> AirQualityIndex:
    """AQI of a natural day. Keys: the six `POLLUTANTS` (O3 = daily maximum 8 h mean), and `O3_1h` as stand-in.

    None or NaN is a missing item. Give the day or the name of a standard.
    """
    return _index("daily", concentrations, _chosen(on, standard))


def realtime_index(
    concentrations: Mapping[str, Number | None], on: date | None = None, *, standard: str | None = None
) -> AirQualityIndex:
    """AQI of an hour from 1 h means. Companion keys `SO2_24h`, `O3_8h`, `PM2.5_24h`, `PM10_24h` are reported
    beside it; of those SO2_24h and O3_8h count when the 1 h column has no sub-index (HJ 633-2012)."""
    return _index("realtime", concentrations, _chosen(on, standard))


def _chosen(on: date | None, standard: str | None) -> str:
    if standard is not None:
        return edition_named("aqi", standard).name
    if on is None:
        raise BadQuantity("no_date", "需要日期或标准名称", "on")
    return aqi_standard(on)


def _index(report: Report, concentrations: Mapping[str, Number | None], standard: str) -> AirQualityIndex:
    given = _sub_indices(report, concentrations, standard)
    counted: list[SubIndex] = []
    missing: list[str] = []
    not_computed: list[str] = []
    for pollutant in POLLUTANTS:
        usual = given.get((pollutant, AVERAGING[report][pollutant]))
        if usual is None:
            missing.append(pollutant)
            continue
        used = usual
        if usual.iaqi is None:
            used = given.get((pollutant, STAND_IN[report].get(pollutant, "")), usual)
        counted.append(used)
        if used.iaqi is None:
            not_computed.append(pollutant)
    companions = [one for one in given.values() if one not in counted]
    return _judged(report, standard, counted, companions, missing, not_computed)


def _sub_indices(
    report: Report, concentrations: Mapping[str, Number | None], standard: str
) -> dict[tuple[str, str], SubIndex]:
    found: dict[tuple[str, str], SubIndex] = {}
    for key, value in concentrations.items():
        pollutant, _, averaging = key.partition("_")
        if pollutant not in POLLUTANTS:
            raise BadQuantity("unknown_pollutant", f"{key!r} 不在 {'、'.join(POLLUTANTS)} 之中", key)
        if value is None or is_absent(value):
            continue
        averaging = averaging or AVERAGING[report][pollutant]
        if (pollutant, averaging) in found:
            raise BadQuantity("given_twice", f"{pollutant} {averaging} 给出了两次", key)
        found[pollutant, averaging] = sub_index(pollutant, averaging, value, standard)
    return found


def _judged(
    report: Report, standard: str, counted: list[SubIndex], companions: list[SubIndex],
    missing: list[str], not_computed: list[str],
) -> AirQualityIndex:
    values = {one.pollutant: one.iaqi for one in counted if one.iaqi is not None}
    computed = max(values.values(), default=None)
    status = _status(standard, computed, bool(missing or not_computed))
    aqi = computed if status in ("complete", "incomplete") else None
    primary: tuple[str, ...] = ()
    if aqi is not None and aqi > PRIMARY_ABOVE:
        primary = tuple(pollutant for pollutant, iaqi in values.items() if iaqi == aqi)
    return AirQualityIndex(
        standard, report, status, aqi, computed, None if aqi is None else grade_of(aqi), primary,
        tuple(pollutant for pollutant, iaqi in values.items() if iaqi > EXCEEDING_ABOVE),
        tuple(counted), tuple(companions), tuple(missing), tuple(not_computed),
    )


def _status(standard: str, computed: int | None, lacks_items: bool) -> str:
    if computed is None:
        return "no_data"
    if not lacks_items:
        return "complete"
    return "withheld" if standard != "HJ 633-2012" and computed <= EXCEEDING_ABOVE else "incomplete"
