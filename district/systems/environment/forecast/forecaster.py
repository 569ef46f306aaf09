"""Fit on a station's own record, forecast up to 72 hours with an interval, and say which model did it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from district.systems.environment.forecast.features import (
    HORIZONS,
    MEMORY_HOURS,
    Matrix,
    Sheet,
    log_offset,
    sheet,
    targets,
)
from district.systems.environment.forecast.history import AQI, BadHistory, Column, History
from district.systems.environment.forecast.regression import Regression, fit_regression, unrest
from district.systems.environment.forecast.short_record import Damped, fit_level, fit_profile
from district.systems.environment.forecast.weather_ahead import WeatherAhead, fit_weather_ahead

Rows = NDArray[np.int64]

FEWEST_HOURS = 6
PROFILE_HOURS = 3 * 24
REGRESSION_HOURS = 75 * 24

MODELS = {
    "regression": "回归与提升树组合",
    "profile": "同时刻均值加衰减偏差",
    "level": "短记录水平外推",
}


@dataclass(frozen=True)
class Forecast:
    """`mean`, `low`, `high` for the hours that begin at `at`; units of the target, AQI in index points.

    The truth is expected between `low` and `high` with probability `coverage`. `age_hours`: how old the last valid
    reading was at the origin; `used_weather`: a weather forecast took part.
    """

    target: str
    origin_at: datetime
    at: tuple[datetime, ...]
    mean: Matrix
    low: Matrix
    high: Matrix
    model: str
    coverage: float
    age_hours: int
    used_weather: bool

    def points(self) -> list[tuple[datetime, float, float, float]]:
        return list(zip(self.at, self.mean.tolist(), self.low.tolist(), self.high.tolist(), strict=True))


@dataclass(frozen=True)
class Forecaster:
    """A fitted model of one target of one station; holds plain arrays only (see `storage`)."""

    target: str
    kind: str
    offset: float
    valid_hours: int
    fitted_until: datetime
    profile: Matrix
    """Log mean by hour of day over the whole record: the answer of last resort."""
    model: Regression | Damped
    weather_ahead: WeatherAhead | None = None

    def forecast(
        self, history: History, origin_at: datetime | None = None, hours: int = HORIZONS,
        weather: Mapping[str, Column] | None = None, coverage: float = 0.9,
    ) -> Forecast:
        """Hours after `origin_at`, the begin of the last hour that is known (default: the end of `history`).

        Only rows up to the origin are looked at. `weather`: columns as in History for the `hours` after the origin.
        """
        if not 1 <= hours <= HORIZONS:
            raise BadHistory("hours", f"预报时长 {hours} 应在 1–{HORIZONS} 小时之间", "hours")
        end = len(history) if origin_at is None else history.index_at(origin_at) + 1
        recent = history.rows(end - MEMORY_HOURS, end)
        known = self.sheet_of(recent)
        row = len(recent) - 1
        log_mean = self.log_means(known, np.array([row]))[0]
        is_weather_used = weather is not None and self.weather_ahead is not None
        if weather is not None and self.weather_ahead is not None:
            log_mean = log_mean + self.weather_ahead.shift(
                _continued(recent, weather, hours), row, log_mean, hours, int(recent.hours_of_day()[row]))
        low, high = self.band(known, np.array([row]), log_mean[None, :], coverage)
        valid = np.flatnonzero(np.isfinite(recent.values[self.target]))
        return Forecast(
            self.target, recent.hour_at(row), tuple(recent.hour_at(row + ahead) for ahead in range(1, hours + 1)),
            self.natural(log_mean)[:hours], low[0, :hours], high[0, :hours], self.kind, coverage,
            row - int(valid[-1]) if len(valid) else len(recent), is_weather_used,
        )

    def sheet_of(self, history: History) -> Sheet:
        """The features this model was fitted with, from any record of the same station."""
        if self.target not in history.values:
            raise BadHistory("no_target", f"记录中没有 {self.target}", "values")
        made = sheet(history, self.target, self.offset)
        hours = (made.hours_of_day[:, None] + np.arange(1, HORIZONS + 1)) % 24
        made = replace(made, ground=np.where(np.isnan(made.ground), self.profile[hours], made.ground))
        return made.ordered(self.model.names) if isinstance(self.model, Regression) else made

    def log_means(self, known: Sheet, rows: Rows) -> Matrix:
        means = self.model.log_means(known, rows)
        return np.where(np.isnan(means), known.ground[rows], means)

    def band(self, known: Sheet, rows: Rows, log_means: Matrix, coverage: float) -> tuple[Matrix, Matrix]:
        below, above = self.model.spread.band(coverage)
        width = unrest(known, rows)[:, None]
        # A point forecast outside its own band would be read as a mistake.
        return (self.natural(log_means + np.minimum(below, 0) * width),
                self.natural(log_means + np.maximum(above, 0) * width))

    def natural(self, logs: Matrix) -> Matrix:
        values = np.maximum(np.exp(logs) - self.offset, 0.0)
        return np.minimum(values, 500.0) if self.target == AQI else values


def fit(history: History, target: str, learns_weather_ahead: bool = False) -> Forecaster:
    """Fits the best model the record allows; BadHistory `too_short` under FEWEST_HOURS valid hours.

    A couple of seconds for years of record. `learns_weather_ahead` doubles that and lets `forecast` use `weather`.
    """
    if target not in history.values:
        raise BadHistory("no_target", f"记录中没有 {target}", "values")
    values = np.asarray(history.values[target], dtype=float)
    valid = int(np.isfinite(values).sum())
    if valid < FEWEST_HOURS:
        raise BadHistory("too_short", f"只有 {valid} 个有效小时，至少需要 {FEWEST_HOURS} 个", target)
    # Two threads win little here, and on a busy machine they spin waiting for each other: ten times the work.
    with threadpool_limits(1):
        return _fitted(history, target, values, valid, learns_weather_ahead)


def _fitted(history: History, target: str, values: Column, valid: int, learns_weather_ahead: bool) -> Forecaster:
    offset = log_offset(values)
    known = sheet(history, target, offset)
    kind = "regression" if valid >= REGRESSION_HOURS else "profile" if valid >= PROFILE_HOURS else "level"
    makers: dict[str, Callable[[Sheet], Regression | Damped]] = {
        "regression": fit_regression, "profile": fit_profile, "level": fit_level,
    }
    fitted = Forecaster(
        target, kind, offset, valid, history.hour_at(len(history) - 1), _profile(known), makers[kind](known))
    if learns_weather_ahead and kind == "regression" and "wind_speed" in history.weather:
        rows = np.arange(MEMORY_HOURS, len(history) - 1, 7)
        fitted = replace(fitted, weather_ahead=fit_weather_ahead(
            history, fitted.log_means(known, rows), targets(known.log_values)[rows], rows))
    return fitted


def _profile(known: Sheet) -> Matrix:
    overall = np.nanmean(known.log_values)
    by_hour = np.full(24, overall)
    for hour in range(24):
        values = known.log_values[known.hours_of_day == hour]
        if np.isfinite(values).any():
            by_hour[hour] = np.nanmean(values)
    return by_hour


def _continued(recent: History, weather: Mapping[str, Column], hours: int) -> dict[str, Column]:
    names = set(recent.weather) | set(weather)
    unknown = np.full(len(recent), np.nan)
    return {
        name: np.concatenate([recent.weather.get(name, unknown), np.asarray(
            weather.get(name, np.full(hours, np.nan)), dtype=float)[:hours]])
        for name in names
    }
