"""The hourly record of one station, as plain arrays: what a forecast is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from district.systems.environment.air_quality import POLLUTANTS
from district.systems.environment.air_quality_columns import MISSING, index_columns

Column = NDArray[np.float64]

AQI = "AQI"
WEATHER = ("wind_speed", "wind_from_deg", "temperature_c", "pressure_hpa", "humidity_percent", "rain_mm")
HOUR = timedelta(hours=1)


class BadHistory(ValueError):
    """A record that cannot be used; `code` is stable for machines, the text is for people."""

    def __init__(self, code: str, detail: str, field: str = "") -> None:
        super().__init__(f"{field}: {detail}" if field else detail)
        self.code = code
        self.detail = detail
        self.field = field


@dataclass(frozen=True)
class History:
    """Hourly columns of equal length; row i is the hour that begins at `start_at` + i hours, gaps are NaN.

    `values`: pollutant → µg/m³ (CO mg/m³), and AQI when `with_aqi` was asked. `weather`: any of WEATHER
    (m/s, degrees the wind comes from, °C, hPa, %, mm in the hour). `start_at` is local time on a full hour.
    """

    start_at: datetime
    values: Mapping[str, Column]
    weather: Mapping[str, Column] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.start_at != self.start_at.replace(minute=0, second=0, microsecond=0):
            raise BadHistory("not_a_full_hour", f"{self.start_at.isoformat()} 不是整点", "start_at")
        columns = {**self.values, **self.weather}
        if not columns:
            raise BadHistory("empty", "没有任何数据列", "values")
        unknown = sorted(set(self.weather) - set(WEATHER))
        if unknown:
            raise BadHistory("unknown_weather", f"只接受 {'、'.join(WEATHER)}", unknown[0])
        length = len(next(iter(columns.values())))
        for name, column in columns.items():
            if np.ndim(column) != 1 or len(column) != length:
                raise BadHistory("uneven", f"各列应为等长一维数组（{length} 小时）", name)

    def __len__(self) -> int:
        return len(next(iter({**self.values, **self.weather}.values())))

    def hour_at(self, index: int) -> datetime:
        return self.start_at + index * HOUR

    def index_at(self, at: datetime) -> int:
        """Row of the hour that begins at `at`; BadHistory `outside` when the record does not hold it."""
        index = int((at - self.start_at) // HOUR)
        if not 0 <= index < len(self):
            raise BadHistory("outside", f"{at.isoformat()} 不在记录之内", "at")
        return index

    def rows(self, first: int, end: int) -> History:
        """The same station from row `first` up to, not including, row `end`."""
        first = max(first, 0)
        return replace(
            self,
            start_at=self.hour_at(first),
            values={name: column[first:end] for name, column in self.values.items()},
            weather={name: column[first:end] for name, column in self.weather.items()},
        )

    def hours_of_day(self) -> NDArray[np.int64]:
        return (np.arange(len(self)) + self.start_at.hour) % 24

    def days_of_year(self) -> NDArray[np.float64]:
        return self.start_at.timetuple().tm_yday + (self.start_at.hour + np.arange(len(self))) / 24

    def with_aqi(self, standard: str) -> History:
        """Adds the real-time AQI of every hour by one standard, so that an old record and the hours to come are
        measured with the same ruler. Hours without any pollutant, or where it must not be published, are NaN."""
        given = {name: self.values[name] for name in POLLUTANTS if name in self.values}
        if not given:
            raise BadHistory("no_pollutant", f"至少需要 {'、'.join(POLLUTANTS)} 之一", "values")
        # `computed` rather than the published value: an item missing for an hour would tear holes in the series.
        index = index_columns("realtime", given, standard).computed.astype(float)
        return replace(self, values={**self.values, AQI: np.where(index == MISSING, np.nan, index)})
