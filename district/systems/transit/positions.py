"""Positions of vehicles as columns, from a CSV of a day.

Columns: vehicle (or vehicle_id), time (or timestamp) with its zone or Unix seconds, lat/latitude, lon/longitude; optional
trip_id, route_id, bearing, speed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

NAMES = {
    "vehicle": ("vehicle", "vehicle_id"), "time": ("time", "timestamp"), "lat": ("lat", "latitude"),
    "lon": ("lon", "longitude"), "trip_id": ("trip_id",), "route_id": ("route_id",), "bearing": ("bearing",),
    "speed": ("speed",),
}  # fmt: skip
NEEDED = ("vehicle", "time", "lat", "lon")


class PositionsError(ValueError):
    """A file of positions that cannot be used."""


def read(path: Path) -> tuple[pd.DataFrame, int]:
    """Positions sorted by vehicle and time, each instant of a vehicle once, and how many rows were not usable.

    Columns vehicle, at (Unix seconds, float), lat, lon, trip_id, route_id ("" when not told). Raises PositionsError.
    """
    try:
        rows = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError, pd.errors.ParserError) as error:
        raise PositionsError(f"{path.name}：不能读（{error}）") from error
    rows.columns = rows.columns.str.strip().str.lower()
    given = {name: next((each for each in known if each in rows.columns), None) for name, known in NAMES.items()}
    lacking = [name for name in NEEDED if given[name] is None]
    if lacking:
        raise PositionsError(f"{path.name}：缺少字段 {'、'.join(lacking)}")
    made = pd.DataFrame({
        "vehicle": rows[given["vehicle"]], "at": unix_seconds(rows[given["time"]]),
        "lat": pd.to_numeric(rows[given["lat"]], errors="coerce"), "lon": pd.to_numeric(rows[given["lon"]], errors="coerce"),
        "trip_id": rows[given["trip_id"]] if given["trip_id"] else "",
        "route_id": rows[given["route_id"]] if given["route_id"] else "",
    })  # fmt: skip
    is_real = made["at"].notna() & made["lat"].between(-90, 90) & made["lon"].between(-180, 180)
    is_real &= ~((made["lat"] == 0) & (made["lon"] == 0)) & (made["vehicle"] != "")
    kept = made[is_real].drop_duplicates(["vehicle", "at"], keep="last").sort_values(["vehicle", "at"], ignore_index=True)
    return kept, int((~is_real).sum())


def unix_seconds(texts: pd.Series) -> pd.Series:
    """ISO 8601 with a zone, or Unix seconds (thirteen digits: milliseconds); NaN for what is neither."""
    numbers = pd.to_numeric(texts, errors="coerce")
    if numbers.notna().mean() > 0.5:
        return numbers.where(numbers < 1e11, numbers / 1000)
    moments = pd.to_datetime(texts, utc=True, errors="coerce", format="ISO8601")
    return pd.Series(np.where(moments.notna(), moments.astype("datetime64[us, UTC]").astype("int64") / 1e6, np.nan), texts.index)
