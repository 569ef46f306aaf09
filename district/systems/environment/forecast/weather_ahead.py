"""What a weather forecast for the coming days adds: trees on what the plain model got wrong in like weather."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from district.systems.environment.forecast.features import HORIZONS, WEEK, Matrix, wind_components
from district.systems.environment.forecast.history import WEATHER, Column, History
from district.systems.environment.forecast.trees import Trees, fit_trees

HOURS_FITTED = (1, 3, 6, 12, 18, 24, 30, 36, 42, 48, 54, 60, 66, 72)
ROWS_AN_HOUR = 2500
SHRINK = 0.8
"""The weather used for fitting was measured, the weather ahead will be guessed: take a little less of its advice."""


@dataclass(frozen=True)
class WeatherAhead:
    trees: Trees

    def shift(self, weather: Mapping[str, Column], row: int, log_mean: Matrix, hours: int, hour_of_day: int) -> Matrix:
        """Log correction for `hours` hours after `row` of weather columns that reach past it; 0 where unknown."""
        shift = np.zeros(HORIZONS)
        rows = np.array([row])
        for ahead in range(1, hours + 1):
            found = _rows(weather, rows, ahead, log_mean[None, :], np.array([hour_of_day]))
            if np.isfinite(found[0, 0]):
                shift[ahead - 1] = SHRINK * float(self.trees.predict(found)[0])
        return shift


def fit_weather_ahead(history: History, log_means: Matrix, truth: Matrix, rows: NDArray[np.int64]) -> WeatherAhead:
    """`log_means`, `truth`: (rows × HORIZONS) of the plain model and of the record."""
    random = np.random.default_rng(1)
    hours_of_day = history.hours_of_day()
    inputs, wanted = [], []
    for ahead in HOURS_FITTED:
        usable = np.flatnonzero(np.isfinite(truth[:, ahead - 1]) & (rows + ahead < len(history)))
        drawn = random.choice(usable, min(ROWS_AN_HOUR, len(usable)), replace=False)
        inputs.append(_rows(history.weather, rows[drawn], ahead, log_means[drawn], hours_of_day[rows[drawn]]))
        wanted.append(truth[drawn, ahead - 1] - log_means[drawn, ahead - 1])
    return WeatherAhead(fit_trees(np.vstack(inputs), np.concatenate(wanted), rounds=100))


def _rows(
    weather: Mapping[str, Column], rows: NDArray[np.int64], ahead: int, log_means: Matrix,
    hours_of_day: NDArray[np.int64],
) -> Matrix:
    """Weather at the hour itself, against the last week, and on the way there. The first column is the wind."""
    columns = []
    given = dict(weather)
    unknown = np.full(len(next(iter(given.values()))), np.nan)
    speed = given.get("wind_speed", unknown)
    east, north = wind_components(speed, given.get("wind_from_deg", unknown))
    for series in (speed, east, north, given.get("humidity_percent", unknown), given.get("rain_mm", unknown)):
        columns += [series[rows + ahead], _mean_between(series, rows, rows + ahead),
                    _mean_between(series, rows + ahead - 6, rows + ahead)]
    for name in WEATHER[2:4]:
        series = given.get(name, unknown)
        columns += [series[rows + ahead] - _mean_between(series, rows - WEEK, rows),
                    series[rows + ahead] - series[rows]]
    columns += [log_means[:, ahead - 1], np.full(len(rows), float(ahead)), (hours_of_day + ahead) % 24]
    return np.column_stack(columns)


def _mean_between(series: Column, after: NDArray[np.int64], until: NDArray[np.int64]) -> Column:
    """Mean over the rows after `after` up to and with `until`, NaN left out."""
    known = np.isfinite(series)
    total = np.concatenate([[0.0], np.cumsum(np.where(known, series, 0.0))])
    count = np.concatenate([[0], np.cumsum(known)])
    first = np.clip(after + 1, 0, len(series))
    many = count[until + 1] - count[first]
    return np.where(many > 0, (total[until + 1] - total[first]) / np.maximum(many, 1), np.nan)
