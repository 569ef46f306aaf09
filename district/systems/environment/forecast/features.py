"""What is known at an hour, as numbers a regression can use: own lags, recent level, others, weather.

Everything is in logarithms relative to the station's level of the last seven days, so that a model fitted on one
winter still holds in the next, and a regression that has learned nothing answers "as in the last week at this hour".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from district.systems.environment.forecast.history import AQI, History

HORIZONS = 72
MEMORY_HOURS = 33 * 24
"""How far back a feature looks, and a little more."""

LAGS = 24
WEEK = 168
Matrix = NDArray[np.float64]

CROSSED = ("lag0", "mean6", "mean24", "mean72", "wind", "u", "v", "u24", "v24", "humidity24", "temperature24",
           "pressure_change24", "pressure24", "sin_year", "cos_year", "level", "mean720")
"""Features whose products with each other and with the hour of day the linear model may use."""


@dataclass(frozen=True)
class Sheet:
    """One row an hour: `features` (rows × names, NaN where unknown), the log series, and `ground`.

    `ground` (rows × HORIZONS) is the plain expectation for each hour ahead: log mean of the same hour over the last
    seven days; NaN only where the record holds nothing of the last week.
    """

    names: tuple[str, ...]
    features: Matrix
    log_values: Matrix
    ground: Matrix
    hours_of_day: NDArray[np.int64]

    def column(self, name: str) -> Matrix:
        return self.features[:, self.names.index(name)]

    def ordered(self, names: tuple[str, ...]) -> Sheet:
        """The same sheet with exactly these columns; what this record does not have is unknown."""
        unknown = np.full(len(self.features), np.nan)
        columns = [self.column(name) if name in self.names else unknown for name in names]
        return replace(self, names=names, features=np.column_stack(columns))


def log_offset(values: NDArray[np.float64]) -> float:
    """Keeps the logarithm tame near zero, where instruments only report noise: a tenth of the usual value."""
    usual = np.nanmedian(values) if np.isfinite(values).any() else 1.0
    return max(float(usual) * 0.1, 1e-3)


def sheet(history: History, target: str, offset: float) -> Sheet:
    """The sheet of a whole record. `offset` comes from the fit, so that the same value means the same thing later."""
    series = pd.Series(np.log(np.maximum(history.values[target], 0.0) + offset))
    level = _mean(series, WEEK)
    same_hour = pd.concat([series.shift(24 * day) for day in range(7)], axis=1).mean(axis=1).fillna(level)
    found = _own(series, level, same_hour)
    for name, values in sorted(history.values.items()):
        if name not in (target, AQI) and np.isfinite(values).any():
            found |= _other(name, values)
    found |= _weather(history)
    season = 2 * np.pi * history.days_of_year() / 365.25
    found |= {"sin_year": pd.Series(np.sin(season)), "cos_year": pd.Series(np.cos(season))}
    names = tuple(found)
    return Sheet(
        names, np.column_stack([found[name].to_numpy(float) for name in names]), series.to_numpy(),
        _ground(same_hour.to_numpy(), level.to_numpy()), history.hours_of_day(),
    )


def targets(log_values: Matrix) -> Matrix:
    """Row t, column h-1: the value h hours after t; NaN past the end."""
    length = len(log_values)
    out = np.full((length, HORIZONS), np.nan)
    for ahead in range(1, min(HORIZONS, length - 1) + 1):
        out[: length - ahead, ahead - 1] = log_values[ahead:]
    return out


def _ground(same_hour: Matrix, level: Matrix) -> Matrix:
    length = len(same_hour)
    out = np.full((length, HORIZONS), np.nan)
    for ahead in range(1, HORIZONS + 1):
        back = -ahead % 24  # the last hour already seen that has the hour of day of the target
        out[back:, ahead - 1] = same_hour[: max(length - back, 0)]
    return np.where(np.isnan(out), level[:, None], out)


def _mean(series: pd.Series, hours: int) -> pd.Series:
    return series.rolling(hours, min_periods=max(1, hours // 4)).mean()


def _own(series: pd.Series, level: pd.Series, same_hour: pd.Series) -> dict[str, pd.Series]:
    recent = series.rolling(12, min_periods=3).mean() - level
    found = {
        f"lag{lag}": (series.shift(lag) - same_hour.shift(lag)).ffill(limit=6).fillna(recent)
        for lag in range(LAGS)
    }
    found |= {f"mean{hours}": _mean(series, hours) - level for hours in (3, 6, 12, 24, 48, 72, 336, 720)}
    for hours in (24, 72):
        window = series.rolling(hours, min_periods=hours // 3)
        found |= {f"sd{hours}": window.std(), f"max{hours}": window.max() - level,
                  f"min{hours}": window.min() - level}
    return found | {"sd168": series.rolling(WEEK, min_periods=60).std(), "level": level}


def _other(name: str, values: NDArray[np.float64]) -> dict[str, pd.Series]:
    series = pd.Series(np.log(np.maximum(values, 0.0) + log_offset(values)))
    level = _mean(series, WEEK)
    return {
        f"{name}_now": series.ffill(limit=6) - level,
        f"{name}_24": _mean(series, 24) - level,
        f"{name}_72": _mean(series, 72) - level,
    }


def wind_components(speed: NDArray[np.float64], from_deg: NDArray[np.float64]) -> tuple[Matrix, Matrix]:
    """Eastward and northward parts of the air's own movement."""
    radians = np.deg2rad(from_deg)
    return -speed * np.sin(radians), -speed * np.cos(radians)


def _weather(history: History) -> dict[str, pd.Series]:
    given = {name: pd.Series(column) for name, column in history.weather.items() if np.isfinite(column).any()}
    found: dict[str, pd.Series] = {}
    parts: dict[str, pd.Series] = {}
    if "wind_speed" in given:
        parts["wind"] = given["wind_speed"]
        if "wind_from_deg" in given:
            east, north = wind_components(history.weather["wind_speed"], history.weather["wind_from_deg"])
            parts |= {"u": pd.Series(east), "v": pd.Series(north)}
    if "humidity_percent" in given:
        parts["humidity"] = given["humidity_percent"]
    if "rain_mm" in given:
        parts["rain"] = np.log1p(given["rain_mm"].clip(lower=0))
    for key in ("temperature", "pressure"):
        name = next((name for name in given if name.startswith(key)), None)
        if name:
            parts[key] = given[name] - _mean(given[name], WEEK)
            found[f"{key}_change24"] = given[name].diff(24)
            found[f"{key}_change3"] = given[name].diff(3)
    for key, series in parts.items():
        found |= {key: series.ffill(limit=6), f"{key}6": _mean(series, 6), f"{key}24": _mean(series, 24)}
    return found
