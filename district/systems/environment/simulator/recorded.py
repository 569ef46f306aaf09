"""Recorded days in place of the air model: hourly files of stations elsewhere, laid over the district's stations.

Reads the Parquet layout of the UCI Beijing multi-site set: year, month, day, hour, PM2.5 … O3 (CO in µg/m³), TEMP, PRES,
DEWP, wd, WSPM.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from district.systems.environment.simulator.chance import Column
from district.systems.environment.simulator.weather import hours_of, moment_of

ITEMS = {"PM2.5": "a34004", "PM10": "a34002", "SO2": "a21026", "NO2": "a21004", "CO": "a21005", "O3": "a05024",
         "TEMP": "a01001", "PRES": "a01006", "WSPM": "a01007"}
COMPASS = (
    "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
LONGEST_BRIDGE_H = 3
WHOLE_YEARS = (2014, 2015)
"""The years the recording holds from January to December."""


@dataclass(frozen=True)
class Recording:
    """One recorded station: items by hour since `first_hour` (hours since 1970, Beijing time), NaN in gaps."""

    first_hour: float
    columns: dict[str, Column]

    def at(self, hours: Column) -> dict[str, Column]:
        """The same calendar hours of a recorded year, in between in proportion."""
        rows = np.array([self._row(hour) for hour in np.atleast_1d(hours)])
        found = {}
        for item, column in self.columns.items():
            low = np.clip(np.floor(rows).astype(int), 0, len(column) - 1)
            high = np.minimum(low + 1, len(column) - 1)
            found[item] = column[low] + (rows - low) * (column[high] - column[low])
        east, north = found.pop("east"), found.pop("north")
        found["a01008"] = np.rad2deg(np.arctan2(-east, -north)) % 360
        return found

    def _row(self, hour: float) -> float:
        at = moment_of(float(hour))
        year = WHOLE_YEARS[at.year % len(WHOLE_YEARS)]
        day = 28 if (at.month, at.day) == (2, 29) else at.day
        return hours_of(at.replace(year=year, day=day)) - self.first_hour


def recordings(folder: Path) -> list[Recording]:
    """All recorded stations of a folder, in order of their names. FileNotFoundError when there are none."""
    paths = sorted(folder.glob("prsa_*.parquet"))
    if not paths:
        raise FileNotFoundError(f"{folder} 中没有 prsa_*.parquet（no recorded days there）")
    return [_read(path) for path in paths]


def _read(path: Path) -> Recording:
    table = pd.read_parquet(path)
    table.index = pd.DatetimeIndex(pd.to_datetime(table[["year", "month", "day", "hour"]]))
    table = table[~table.index.duplicated()]
    table = table.reindex(pd.date_range(table.index.min(), table.index.max(), freq="h"))
    direction = np.deg2rad(table["wd"].map({name: place * 22.5 for place, name in enumerate(COMPASS)}).astype(float))
    columns = {item: table[name].astype(float) for name, item in ITEMS.items()}
    columns["a21005"] = columns["a21005"] / 1000
    columns["a01006"] = columns["a01006"] / 10
    columns["a01002"] = 100 * _vapour(table["DEWP"].astype(float)) / _vapour(table["TEMP"].astype(float))
    columns["east"] = -table["WSPM"].astype(float) * np.sin(direction)
    columns["north"] = -table["WSPM"].astype(float) * np.cos(direction)
    bridged = {item: column.interpolate(limit=LONGEST_BRIDGE_H).to_numpy() for item, column in columns.items()}
    first = table.index[0].to_pydatetime()
    return Recording(hours_of(first.replace(tzinfo=moment_of(0).tzinfo)), bridged)


def _vapour(temperature_c: pd.Series) -> pd.Series:
    """Saturation vapour pressure, hPa (Magnus)."""
    return 6.112 * np.exp(17.62 * temperature_c / (243.12 + temperature_c))
