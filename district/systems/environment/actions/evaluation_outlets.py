"""Emissions of outlets by day: means, masses, and the hours and days over their limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from district.kernel.clock import CHINA, day_bounds

from ..emissions import flow_weighted_mean, gas_mass_kg, ph_day, water_mass_kg
from ..exceedance import Limit, judge_day, judge_hours
from ..hour_evaluation import PLANT_STATES
from ..items import item as item_of
from ..models import Outlet, OutletDay, Permit, PermitLimit, StateMark
from ..validity import Verdict, is_day_valid, is_water_day_valid
from .evaluation_days import CORRECTED, PENDING, STOPPED, SUBSTITUTED, VALID, DayGrid, Floats
from .result_rows import upsert

GAS_FLOW, WATER_FLOW, PH = "a00000", "w00000", "w01001"

AUXILIARY = frozenset(
    {GAS_FLOW, WATER_FLOW, "a19001", "a01011", "a01012", "a01013", "a01014", "w01010", "w01003"}
)
"""Measured at outlets, but no pollutant: no row of its own."""

FIELDS = (
    "outlet_id",
    "item",
    "on",
    "mean",
    "maximum",
    "mass_kg",
    "flow_m3",
    "valid_hours",
    "substituted_hours",
    "exceeding_hours",
    "limit_hour",
    "limit_day",
    "exceeds_day",
    "validity",
)


@dataclass(frozen=True)
class OutletRules:
    """What judges an outlet: its limits, oldest first, and the declared states of the span."""

    outlet: Outlet
    limits: Sequence[PermitLimit]
    marks: Sequence[StateMark]


def write_outlets(grid: DayGrid) -> int:
    """A row for every pollutant of every outlet of the grid and day with evaluated hours."""
    limits, marks = _limits(), _marks(grid)
    rows: list[tuple] = []
    for outlet in Outlet.objects.filter(device__isnull=False):
        rules = OutletRules(outlet, limits[outlet.pk], marks[outlet.pk])
        places = grid.of(outlet_id=outlet.pk)
        for number, on in enumerate(grid.days):
            rows += _rows_of(rules, on, number, places, grid)
    return upsert(OutletDay, rows, FIELDS, ("outlet_id", "item", "on"))


def _marks(grid: DayGrid) -> dict[int, list[StateMark]]:
    start, end = day_bounds(grid.first)[0], day_bounds(grid.last)[1]
    found: dict[int, list[StateMark]] = defaultdict(list)
    for mark in StateMark.objects.filter(from_at__lt=end, until_at__gt=start, state__in=PLANT_STATES):
        found[mark.outlet_id].append(mark)
    return found


def _limits() -> dict[int, list[PermitLimit]]:
    found: dict[int, list[PermitLimit]] = defaultdict(list)
    for limit in PermitLimit.objects.filter(permit__status=Permit.Status.IN_FORCE).order_by("valid_from_on"):
        found[limit.outlet_id].append(limit)
    return found


def limit_on(limits: Sequence[PermitLimit], item: str, period: str, on: date) -> PermitLimit | None:
    """The limit that rules on a day; the one that began last when several do."""
    ruling = [
        limit
        for limit in limits
        if limit.item == item
        and limit.period == period
        and limit.valid_from_on <= on
        and (limit.valid_until_on is None or limit.valid_until_on >= on)
    ]
    return ruling[-1] if ruling else None


def _rows_of(
    rules: OutletRules, on: date, number: int, places: dict[tuple[str, str], int], grid: DayGrid
) -> list[tuple]:
    flow = hourly_flow_m3(rules.outlet.kind, number, places, grid)
    rows = []
    for item in sorted({item for item, _ in places} - AUXILIARY):
        measured = places.get((item, "avg"))
        judged = places.get((item, "zs_avg"), measured)
        if judged is None or (grid.codes[judged, number] == PENDING).all():
            continue
        values, codes = grid.values[judged, number], grid.codes[judged, number]
        mass = (
            None
            if item == PH
            else _mass(rules.outlet.kind, values if measured is None else grid.values[measured, number], flow)
        )
        rows.append((rules.outlet.pk, item, on, *_day(rules, item, on, values, codes, flow, mass)))
    return rows


def hourly_flow_m3(kind: str, number: int, places: dict[tuple[str, str], int], grid: DayGrid) -> Floats:
    """Cubic metres of each hour of a day: the reported total, or the mean flow over the hour."""
    item = GAS_FLOW if kind == Outlet.Kind.AIR else WATER_FLOW
    per_hour = 3600.0 if kind == Outlet.Kind.AIR else 3.6
    total, mean = places.get((item, "cou")), places.get((item, "avg"))
    flow: Floats = np.full(24, np.nan)
    if mean is not None:
        flow = grid.values[mean, number] * per_hour
    if total is not None:
        flow = np.where(np.isfinite(grid.values[total, number]), grid.values[total, number], flow)
    return flow


def _day(
    rules: OutletRules,
    item: str,
    on: date,
    values: Floats,
    codes: NDArray[np.int8],
    flow: Floats,
    mass: float | None,
) -> tuple[Any, ...]:
    """The values of FIELDS from `mean` on."""
    is_gas = rules.outlet.kind == Outlet.Kind.AIR
    by_hour, by_day = limit_on(rules.limits, item, "hour", on), limit_on(rules.limits, item, "day", on)
    mean = _mean(item, is_gas, values, flow)
    known = values[np.isfinite(values)]
    valid = int(((codes == VALID) | (codes == CORRECTED)).sum())
    places = item_of(item).decimals + 2
    return (
        _rounded(mean, places),
        _rounded(float(known.max()) if known.size else None, places),
        mass,
        _rounded(float(np.nansum(flow)) if np.isfinite(flow).any() else None, 2),
        valid,
        int((codes == SUBSTITUTED).sum()),
        _exceeding_hours(rules.marks, on, values, codes, by_hour),
        by_hour.limit if by_hour else None,
        by_day.limit if by_day else None,
        _exceeds_day(item, mean, values, by_day),
        _validity(is_gas, valid, int((codes == STOPPED).sum()), codes),
    )


def _mean(item: str, is_gas: bool, values: Floats, flow: Floats) -> float | None:
    if item == PH:
        return ph_day(values).mean
    known = values[np.isfinite(values)]
    plain = float(known.mean()) if known.size else None
    if is_gas:
        return plain
    weighted = flow_weighted_mean(values, flow)
    return plain if weighted is None else weighted


def _mass(kind: str, values: Floats, flow: Floats) -> float | None:
    masses = gas_mass_kg(values, flow) if kind == Outlet.Kind.AIR else water_mass_kg(values, flow)
    return round(float(np.nansum(masses)), 4) if np.isfinite(masses).any() else None


def _exceeds_day(item: str, mean: float | None, values: Floats, limit: PermitLimit | None) -> bool | None:
    if limit is None or mean is None:
        return None
    bounds = Limit(limit.limit, limit.lower_limit)
    if item == PH:
        found = ph_day(values)
        return any(judge_day(value, bounds)[0] for value in (found.lowest, found.highest))
    return judge_day(mean, bounds)[0]


def _exceeding_hours(
    marks: Sequence[StateMark], on: date, values: Floats, codes: NDArray[np.int8], limit: PermitLimit | None
) -> int:
    if limit is None:
        return 0
    worth = np.where((codes == VALID) | (codes == CORRECTED), Verdict.VALID, Verdict.INVALID).astype(np.int8)
    judged = judge_hours(values, Limit(limit.limit, limit.lower_limit), worth, plant_states(marks, on))
    return int(judged.is_exceeding.sum())


def plant_states(marks: Sequence[StateMark], on: date) -> list[str]:
    """The declared plant state in the middle of each hour of a day, in the words of the rules."""
    states = ["running"] * 24
    for hour in range(24):
        at = datetime(on.year, on.month, on.day, hour, 30, tzinfo=CHINA)
        for mark in marks:
            if mark.from_at <= at < mark.until_at:
                states[hour] = PLANT_STATES[mark.state]
    return states


def _validity(is_gas: bool, valid: int, stopped: int, codes: NDArray[np.int8]) -> str:
    if stopped == 24:
        return "stopped"
    owed = 24 - stopped
    if is_day_valid(valid, stopped) if is_gas else is_water_day_valid(valid, owed):
        return "valid"
    return "substituted" if (codes == SUBSTITUTED).any() else "invalid"


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)
