"""What tracing needs, from the evaluated hours: a station's values, the winds, and what outlets emitted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from django.db.models import Sum
from numpy.typing import NDArray

from district.kernel.clock import day_bounds, now

from ..actions.evaluation_days import DayGrid, day_grid
from ..actions.evaluation_outlets import hourly_flow_m3
from ..emissions import gas_mass_kg
from ..items import code_of_pollutant
from ..models import MonitoringPoint, Outlet, OutletDay
from ..pollution_rose import Rose, rose
from ..source_tracing import BadTrace, Emitter, Trace, WindRecord, trace
from .series import evaluated_series

Column = NDArray[np.float64]

WIND_SPEED, WIND_FROM = "a01007", "a01008"
USUAL_DAYS = 30
DEFAULT_STACK_M = 15.0
LONGEST_HOURS = 31 * 24


@dataclass(frozen=True)
class Traced:
    """A trace with the columns behind it. `at` are the hours of the window; `notice` says why there is no trace."""

    at: list[datetime]
    values: Column
    speed: Column
    wind_from: Column
    rose: Rose
    wind_rose: Rose
    trace: Trace | None
    emitters: dict[str, Emitter]
    notice: str = ""


def trace_station(point: MonitoringPoint, pollutant: str, start: datetime, end: datetime) -> Traced:
    """Roses and suspects for the hours from `start` to `end` (exclusive; both full hours in China Standard Time).

    BadTrace: unknown_pollutant, bad_window (empty or longer than a month).
    """
    hours = int((end - start).total_seconds() // 3600)
    if not 0 < hours <= LONGEST_HOURS:
        raise BadTrace("bad_window", f"时段应为 1 至 {LONGEST_HOURS} 小时，而不是 {hours} 小时")
    first, last = start.date() - timedelta(days=1), (end - timedelta(hours=1)).date()
    points = list(MonitoringPoint.objects.filter(element="air", device__isnull=False))
    outlets = list(Outlet.objects.filter(kind=Outlet.Kind.AIR, device__isnull=False).select_related("source"))
    wanted = {WIND_SPEED, WIND_FROM, code_of_pollutant(pollutant)}
    ids = [one.device_id for one in (*points, *outlets) if one.device_id is not None]
    series = [
        one
        for one in evaluated_series(ids)
        if (one.point_id is None or one.item in wanted) and not one.is_inlet
    ]
    grid = day_grid(series, first, last, now())
    row = int((start - day_bounds(first)[0]).total_seconds() // 3600)
    values = _column(grid, point, code_of_pollutant(pollutant))
    winds = [_winds(grid, one) for one in points]
    own = next(wind for wind, one in zip(winds, points, strict=True) if one.pk == point.pk)
    emitters = [_emitter(grid, outlet, usual) for outlet, usual in _usual(outlets, first)]
    inside = slice(row, row + hours)
    found, notice = None, ""
    try:
        found = trace(point.lon, point.lat, pollutant, values, winds, emitters, window=(row, row + hours))
    except BadTrace as refusal:
        if refusal.code in ("unknown_pollutant", "bad_window"):
            raise
        notice = refusal.detail
    return Traced(
        [start + timedelta(hours=offset) for offset in range(hours)],
        values[inside],
        own.speed[inside],
        own.from_deg[inside],
        rose(own.from_deg[inside], own.speed[inside], values[inside]),
        rose(own.from_deg[inside], own.speed[inside]),
        found,
        {one.code: one for one in emitters},
        notice,
    )


def _column(grid: DayGrid, point: MonitoringPoint, item: str) -> Column:
    place = grid.of(point_id=point.pk).get((item, "avg"))
    if place is None:
        return np.full(len(grid.days) * 24, np.nan)
    return grid.measured[place].ravel()


def _winds(grid: DayGrid, point: MonitoringPoint) -> WindRecord:
    return WindRecord(point.lon, point.lat, _column(grid, point, WIND_SPEED), _column(grid, point, WIND_FROM))


def _usual(outlets: list[Outlet], before: date) -> list[tuple[Outlet, dict[str, float]]]:
    """Each outlet with kg/h of an ordinary hour, from the days before."""
    rows = (
        OutletDay.objects.filter(
            outlet__in=outlets,
            on__gte=before - timedelta(days=USUAL_DAYS),
            on__lt=before,
            mass_kg__isnull=False,
        )
        .values_list("outlet_id", "item")
        .annotate(mass=Sum("mass_kg"), hours=Sum("valid_hours"))
        .order_by()
    )
    usual: dict[int, dict[str, float]] = {}
    for outlet_id, item, mass, hours in rows:
        if hours:
            usual.setdefault(outlet_id, {})[item] = mass / hours
    return [(outlet, usual.get(outlet.pk, {})) for outlet in outlets]


def _emitter(grid: DayGrid, outlet: Outlet, usual: dict[str, float]) -> Emitter:
    places = grid.of(outlet_id=outlet.pk)
    flow = np.concatenate(
        [hourly_flow_m3(outlet.kind, number, places, grid) for number in range(len(grid.days))]
    )
    emissions = {
        item: gas_mass_kg(grid.values[place].ravel(), flow)
        for (item, statistic), place in places.items()
        if statistic == "avg" and (item.startswith("a2") or item.startswith("a3"))
    }
    lon = outlet.lon if outlet.lon is not None else outlet.source.lon
    lat = outlet.lat if outlet.lat is not None else outlet.source.lat
    return Emitter(
        f"{outlet.source.code}-{outlet.code}",
        f"{outlet.source.name} {outlet.code}",
        lon or 0.0,
        lat or 0.0,
        emissions,
        usual,
        outlet.height_m or DEFAULT_STACK_M,
    )
