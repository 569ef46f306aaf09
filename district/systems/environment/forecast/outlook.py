"""The coming natural days of a station: daily AQI from the hourly forecasts of its pollutants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from district.systems.environment.air_quality import POLLUTANTS, AirQualityIndex, daily_index
from district.systems.environment.forecast.features import Matrix
from district.systems.environment.forecast.forecaster import Forecast

FEWEST_HOURS = 20
"""A day mean needs so many hourly values (GB 3095-2012, table 4)."""

O3_WINDOW = 8


@dataclass(frozen=True)
class DayOutlook:
    """`low` and `high` take every hour at its bound at once: a cautious range for the day."""

    on: date
    index: AirQualityIndex
    low: int | None
    high: int | None


def outlook(forecasts: Mapping[str, Forecast]) -> list[DayOutlook]:
    """One entry for each natural day of which at least FEWEST_HOURS are forecast. Keys: pollutants; AQI is ignored."""
    given = {name: forecasts[name] for name in POLLUTANTS if name in forecasts}
    if not given:
        return []
    hours = next(iter(given.values())).at
    found = []
    for on in sorted({at.date() for at in hours}):
        rows = np.flatnonzero([at.date() == on for at in hours])
        if len(rows) >= FEWEST_HOURS:
            index, low, high = (
                daily_index({name: _day_value(name, getattr(one, part)[rows]) for name, one in given.items()}, on)
                for part in ("mean", "low", "high")
            )
            found.append(DayOutlook(on, index, low.computed_aqi, high.computed_aqi))
    return found


def _day_value(pollutant: str, hourly: Matrix) -> float:
    if pollutant != "O3":
        return round(float(hourly.mean()), 6)
    means = np.convolve(hourly, np.ones(O3_WINDOW) / O3_WINDOW, mode="valid")
    return round(float(means.max()), 6)
