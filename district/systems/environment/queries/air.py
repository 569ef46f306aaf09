"""Air quality of the stations and of the district as a whole, by hours and by days.

The district is the mean of its stations' concentrations, judged like a station (HJ 663-2013, 4.3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from district.kernel.clock import CHINA, now

from ..air_quality import POLLUTANTS, AirQualityIndex, daily_index, decimals_of, realtime_index
from ..models import AirDay, AirHour, MonitoringPoint
from .instants import AT_S

HOURLY_KEYS = (*POLLUTANTS, "SO2_24h", "O3_8h")
DAILY_KEYS = (*POLLUTANTS, "O3_1h")


@dataclass(frozen=True)
class AirDayRow:
    """A natural day of one station or of the district; `concentrations` in the units of the daily report."""

    on: date
    aqi: int | None
    primary: tuple[str, ...]
    concentrations: Mapping[str, float]
    standard: str


@dataclass(frozen=True)
class AirNow:
    """The newest hour of the district, its index, and how many stations are in it."""

    at: datetime
    index: AirQualityIndex
    concentrations: Mapping[str, float]
    stations: int


def air_points() -> list[MonitoringPoint]:
    """Air stations in use, in order of code."""
    return list(MonitoringPoint.objects.filter(element="air", is_in_use=True).order_by("code"))


def district_now() -> AirNow | None:
    """The newest hour with data, at most a day old; None when there is none."""
    hours = district_hours(now() - timedelta(hours=24), now())
    return hours[-1] if hours else None


def district_hours(start: datetime, end: datetime) -> list[AirNow]:
    """The hours of the district from `start` (inclusive) to `end`, oldest first; hours without data are left out."""
    found = []
    for at, stations, *means in _means("environment_airhour", "at", HOURLY_KEYS, start, end):
        local = at.astimezone(CHINA)
        concentrations = _known(HOURLY_KEYS, means)
        found.append(AirNow(local, realtime_index(concentrations, local.date()), concentrations, stations))
    return found


def district_days(first: date, last: date) -> list[AirDayRow]:
    """The days of the district from `first` to `last`, both inclusive."""
    found = []
    for on, _stations, *means in _means(
        "environment_airday", '"on"', DAILY_KEYS, first, last + timedelta(days=1)
    ):
        concentrations = _known(DAILY_KEYS, means)
        index = daily_index(concentrations, on)
        found.append(AirDayRow(on, index.aqi, index.primary, concentrations, index.standard))
    return found


def station_days(point: MonitoringPoint, first: date, last: date) -> list[AirDayRow]:
    """The days of one station from `first` to `last`, both inclusive."""
    rows = AirDay.objects.filter(point=point, on__range=(first, last)).order_by("on")
    return [
        AirDayRow(row.on, row.aqi, tuple(row.primary_pollutants), row.concentrations, row.standard)
        for row in rows
    ]


def station_aqi(
    point: MonitoringPoint, start: datetime, end: datetime
) -> tuple[list[datetime], list[int | None]]:
    """The evaluated hours of one station in China Standard Time, oldest first, and the AQI of each."""
    rows = AirHour.objects.filter(point=point, at__gte=start, at__lt=end).order_by("at")
    pairs = list(rows.values_list(AT_S, "aqi"))
    return [datetime.fromtimestamp(at, CHINA) for at, _aqi in pairs], [aqi for _at, aqi in pairs]


def by_pollutant(days: list[AirDayRow]) -> dict[str, dict[date, float]]:
    """Daily values by pollutant and day, as `air_evaluation` takes them."""
    return {
        name: {day.on: day.concentrations[name] for day in days if name in day.concentrations}
        for name in POLLUTANTS
    }


def _known(keys: tuple[str, ...], means: list[float | None]) -> dict[str, float]:
    return {
        key: round(mean, 1 + decimals_of(key.partition("_")[0]))
        for key, mean in zip(keys, means, strict=True)
        if mean is not None
    }


def _means(table: str, time: str, keys: tuple[str, ...], start: Any, end: Any) -> list[tuple[Any, ...]]:
    # Table, time column and keys are constants of this module; the bounds are parameters.
    means = ", ".join(f"avg((concentrations ->> '{key}')::float8)" for key in keys)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {time}, count(*), {means} FROM {table}"  # noqa: S608
            f" WHERE {time} >= %s AND {time} < %s AND concentrations <> '{{}}' GROUP BY 1 ORDER BY 1",
            [start, end],
        )
        return list(cursor.fetchall())
