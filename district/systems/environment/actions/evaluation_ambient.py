"""Air quality, water class and noise levels of days, from the evaluated hours of ambient points."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from district.kernel.clock import day_bounds

from ..air_means import daily_means, moving_means, needed, ozone_daily_maximum
from ..air_quality import EXCEEDING_ABOVE, POLLUTANTS, aqi_standard, grade_of
from ..air_quality_columns import IndexColumns, index_columns_by_day, pollutants_of
from ..items import code_of_pollutant
from ..models import AirDay, AirHour, MonitoringPoint, NoiseDay, WaterDay
from ..noise import LOUDEST_DB, DayNight, day_night, judge
from ..quantities import BadQuantity
from ..queries.series import LEVEL
from ..surface_water import TEMPERATURE, WaterQuality, assess_section, item_key, water_grades
from .evaluation_days import DayGrid, Floats
from .result_rows import upsert

Columns = dict[str, Floats]

AIR_FIELDS = ("aqi", "category", "primary_pollutants", "concentrations", "sub_indices", "standard")


def write_air(grid: DayGrid, first: date) -> int:
    """AQI of every hour and of every day that is over, of every air station of the grid, from `first` on.

    The grid should begin a day earlier: moving means of the first hours look back.
    """
    changed = 0
    for point in _points(MonitoringPoint.Element.AIR):
        places = grid.of(point_id=point.pk)
        codes = {pollutant: (code_of_pollutant(pollutant), "avg") for pollutant in POLLUTANTS}
        hours = {pollutant: grid.measured[places[key]] for pollutant, key in codes.items() if key in places}
        if hours:
            changed += _write_air_hours(point, grid, hours, first)
            is_wanted = grid.is_over & np.array([on >= first for on in grid.days])
            changed += _write_air_days(point, grid, hours, is_wanted)
    return changed


def _points(element: MonitoringPoint.Element) -> QuerySet[MonitoringPoint]:
    return MonitoringPoint.objects.filter(element=element, device__isnull=False)


def _write_air_hours(point: MonitoringPoint, grid: DayGrid, hours: Columns, first: date) -> int:
    columns = {pollutant: values.ravel() for pollutant, values in hours.items()}
    if "SO2" in hours:
        columns["SO2_24h"] = moving_means(columns["SO2"], 24, needed("day"))
    if "O3" in hours:
        columns["O3_8h"] = moving_means(columns["O3"], 8, needed("ozone_8h"))
    days = np.repeat(np.array(grid.days, dtype="datetime64[D]"), 24)
    index = index_columns_by_day("realtime", columns, days)
    start = day_bounds(grid.first)[0]
    is_known = np.isfinite(np.array([columns[name] for name in hours])).any(axis=0)
    rows = [
        (point.pk, start + timedelta(hours=row), *_air_row(columns, index, row, grid.days[row // 24]))
        for row in np.flatnonzero(is_known).tolist()
        if grid.days[row // 24] >= first
    ]
    return upsert(AirHour, rows, ("point_id", "at", *AIR_FIELDS), ("point_id", "at"))


def _write_air_days(
    point: MonitoringPoint, grid: DayGrid, hours: Columns, is_wanted: NDArray[np.bool_]
) -> int:
    columns = {
        pollutant: (ozone_daily_maximum(values) if pollutant == "O3" else daily_means(values)).value
        for pollutant, values in hours.items()
    }
    if "O3" in hours:
        columns["O3_1h"] = _row_maxima(hours["O3"])
    index = index_columns_by_day("daily", columns, np.array(grid.days, dtype="datetime64[D]"))
    rows = []
    for row, on in enumerate(grid.days):
        if is_wanted[row] and any(np.isfinite(columns[name][row]) for name in hours):
            exceeding = [
                name
                for name, iaqi in zip(POLLUTANTS, index.sub_indices[row], strict=True)
                if iaqi > EXCEEDING_ABOVE
            ]
            rows.append((point.pk, on, *_air_row(columns, index, row, on), exceeding))
    return upsert(AirDay, rows, ("point_id", "on", *AIR_FIELDS, "exceeding_pollutants"), ("point_id", "on"))


def _row_maxima(values: Floats) -> Floats:
    highest = np.where(np.isnan(values), -np.inf, values).max(axis=1)
    return np.where(np.isinf(highest), np.nan, highest)


def _air_row(columns: Columns, index: IndexColumns, row: int, on: date) -> tuple[Any, ...]:
    aqi = int(index.aqi[row])
    concentrations = {
        name: round(float(values[row]), 3) for name, values in columns.items() if np.isfinite(values[row])
    }
    sub_indices = {
        name: int(iaqi) for name, iaqi in zip(POLLUTANTS, index.sub_indices[row], strict=True) if iaqi >= 0
    }
    return (
        None if aqi < 0 else aqi,
        "" if aqi < 0 else grade_of(aqi).zh,
        list(pollutants_of(int(index.primary[row]))),
        concentrations,
        sub_indices,
        aqi_standard(on),
    )


def write_water(grid: DayGrid) -> int:
    """Class of every section for every day that is over, from the daily means of its items."""
    rows = []
    for point in _points(MonitoringPoint.Element.SURFACE_WATER):
        places = {
            item: place
            for (item, statistic), place in grid.of(point_id=point.pk).items()
            if statistic == "avg"
        }
        for row, on in enumerate(grid.days):
            values = {item: _mean(grid.measured[place, row]) for item, place in places.items()}
            if grid.is_over[row] and any(value is not None for value in values.values()):
                rows.append((point.pk, on, *_water_row(point, values)))
    fields = (
        "point_id",
        "on",
        "water_class",
        "deciding_items",
        "exceeding_items",
        "concentrations",
        "meets_target",
    )
    return upsert(WaterDay, rows, fields, ("point_id", "on"))


ENOUGH_HOURS = 6
"""Automatic sections measure every four hours: six values make a day."""


def _mean(hours: Floats) -> float | None:
    known = hours[np.isfinite(hours)]
    return None if known.size < ENOUGH_HOURS else round(float(known.mean()), 5)


def _water_row(point: MonitoringPoint, values: dict[str, float | None]) -> tuple[Any, ...]:
    named: dict[str, float | None] = {}
    for item, value in values.items():
        try:
            key = item_key(item)
        except BadQuantity:
            continue  # turbidity, conductivity: measured, but not part of the standard
        named[key] = value
    temperature = named.pop(TEMPERATURE, None)
    target = next((number for number, grade in water_grades().items() if grade.name == point.target_class), 3)
    found = _assessed(named, "lake" if point.is_lake else "river", temperature, min(target, 5))
    multiples = {
        one.item.key: None if one.multiple is None else round(float(one.multiple), 3)
        for one in found.items
        if one.is_exceeding
    }
    known = {key: value for key, value in {**named, "temperature": temperature}.items() if value is not None}
    name = "" if found.water_class is None else water_grades()[found.water_class].name
    return name, list(found.deciding), multiples, known, found.meets_target


def _assessed(
    values: dict[str, float | None], water: Literal["river", "lake"], temperature: float | None, target: int
) -> WaterQuality:
    """The class of a section; a value no water can have is left out, as if it had not been measured."""
    while True:
        try:
            return assess_section(values, water, temperature=temperature, target_class=target)
        except BadQuantity as bad:
            if values.pop(bad.field, None) is None:
                raise


def write_noise(grid: DayGrid) -> int:
    """Ld, Ln and Ldn of every noise point for every day that is over, against the limits of its zone."""
    rows = []
    for point in _points(MonitoringPoint.Element.NOISE):
        place = grid.of(point_id=point.pk).get((LEVEL, "data"))
        if place is None:
            continue
        for row, on in enumerate(grid.days):
            levels = grid.measured[place, row]
            levels = np.where(np.abs(levels) <= LOUDEST_DB, levels, np.nan)
            if grid.is_over[row] and np.isfinite(levels).any():
                found = day_night([None if np.isnan(level) else float(level) for level in levels])
                rows.append((point.pk, on, *_noise_row(point.zone, found)))
    fields = (
        "point_id",
        "on",
        "day_level",
        "night_level",
        "day_night_level",
        "exceeds_day",
        "exceeds_night",
        "day_hours",
        "night_hours",
    )
    return upsert(NoiseDay, rows, fields, ("point_id", "on"))


def _noise_row(zone: str, found: DayNight) -> tuple[Any, ...]:
    over_day = None if found.day is None else judge(found.day, zone, "day").is_exceeding
    over_night = None if found.night is None else judge(found.night, zone, "night").is_exceeding
    levels = (
        None if level is None else round(level, 2) for level in (found.day, found.night, found.day_night)
    )
    return (*levels, over_day, over_night, found.day_hours, found.night_hours)
