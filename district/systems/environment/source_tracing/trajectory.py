"""The way the air came: back from the station against the recorded winds, less certain with every step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]

METRES_PER_DEGREE = 111_320.0
STEP_S = 300.0
GUSTINESS = 0.5
"""Standard deviation (m/s) of the wind between what a mast reports in an hour and what moves the air: it decides how
wide a cone opens, and in weak wind it opens to all sides."""
START_SPREAD_M = 150.0
NEAR_M = 500.0
"""Softens the weight of a mast that stands at the very place."""


@dataclass(frozen=True)
class WindRecord:
    """Hourly wind of one mast: m/s and degrees it comes from, NaN where unknown; row 0 is the hour all records share."""

    lon: float
    lat: float
    speed: Column
    from_deg: Column

    def components(self) -> tuple[Column, Column]:
        """Eastward and northward movement of the air."""
        radians = np.deg2rad(self.from_deg)
        return -self.speed * np.sin(radians), -self.speed * np.cos(radians)


@dataclass(frozen=True)
class Trajectory:
    """Points from the station backwards: metres east and north of it, age in seconds, length of way, wind speed there,
    and the standard deviation of the place across the way."""

    lon: float
    lat: float
    east: Column
    north: Column
    age_s: Column
    way_m: Column
    speed: Column
    spread_m: Column

    def positions(self) -> list[tuple[float, float]]:
        """(lon, lat) of the points."""
        return [_degrees(self.lon, self.lat, east, north) for east, north in zip(self.east, self.north, strict=True)]


def _degrees(lon: float, lat: float, east: float, north: float) -> tuple[float, float]:
    scale = METRES_PER_DEGREE * float(np.cos(np.deg2rad(lat)))
    return round(lon + float(east) / scale, 6), round(lat + float(north) / METRES_PER_DEGREE, 6)


def metres(lon: float, lat: float, other_lon: float, other_lat: float) -> tuple[float, float]:
    """East and north of the first place to the second (flat earth: good for the size of a district)."""
    scale = METRES_PER_DEGREE * float(np.cos(np.deg2rad(lat)))
    return (other_lon - lon) * scale, (other_lat - lat) * METRES_PER_DEGREE


def back_trajectory(
    lon: float, lat: float, arrival_hour: float, winds: Sequence[WindRecord], hours_back: float = 4.0
) -> Trajectory | None:
    """`back_trajectories` for one arrival."""
    return back_trajectories(lon, lat, [arrival_hour], winds, hours_back)[0]


def back_trajectories(
    lon: float, lat: float, arrival_hours: Sequence[float], winds: Sequence[WindRecord], hours_back: float = 4.0
) -> list[Trajectory | None]:
    """The way of the air that is at the place at each arrival (in rows of the records, half past the first is 0.5).

    Wind in between masts is weighted by distance and between hours in proportion. None when no mast knows the wind at
    arrival; the way ends early where knowledge ends. All arrivals go back together, step by step.
    """
    field = _field(lon, lat, winds)
    arrivals = np.asarray(arrival_hours, dtype=float)
    steps = int(hours_back * 3600 / STEP_S)
    east, north, way, speed, turning = np.zeros((5, len(arrivals), steps + 1))
    known = np.ones(len(arrivals), dtype=bool)
    lengths = np.zeros(len(arrivals), dtype=int)
    for step in range(steps):
        u, v, disagreement = _wind_at(field, east[:, step], north[:, step], arrivals - step * STEP_S / 3600)
        known &= np.isfinite(u)
        if not known.any():
            break
        lengths += known
        speed[:, step + 1] = np.hypot(u, v)
        east[:, step + 1], north[:, step + 1] = east[:, step] - u * STEP_S, north[:, step] - v * STEP_S
        way[:, step + 1] = way[:, step] + speed[:, step + 1] * STEP_S
        # Errors of the wind last for hours, so the place errs in proportion to the time, not to its root.
        turning[:, step + 1] = turning[:, step] + np.hypot(GUSTINESS, disagreement) * STEP_S
    speed[:, 0] = speed[:, min(1, steps)]
    age_s = np.arange(steps + 1, dtype=np.float64) * STEP_S
    return [
        Trajectory(lon, lat, east[row, :end], north[row, :end], age_s[:end], way[row, :end], speed[row, :end],
                   START_SPREAD_M + turning[row, :end]) if end > 1 else None
        for row, end in enumerate(lengths + 1)
    ]  # fmt: skip


@dataclass(frozen=True)
class _Field:
    """All masts: where they are (metres from the station), `u` and `v` by mast and row, rows of each mast."""

    x: Column
    y: Column
    u: Column
    v: Column
    rows: NDArray[np.int64]


def _field(lon: float, lat: float, winds: Sequence[WindRecord]) -> _Field:
    places = np.array([metres(lon, lat, record.lon, record.lat) for record in winds]).reshape(-1, 2)
    rows = np.array([len(record.speed) for record in winds], dtype=np.int64)
    u, v = np.full((2, len(winds), int(rows.max(initial=1))), np.nan)
    for mast, record in enumerate(winds):
        u[mast, : rows[mast]], v[mast, : rows[mast]] = record.components()
    return _Field(places[:, 0], places[:, 1], u, v, rows)


def _wind_at(field: _Field, east: Column, north: Column, hour: Column) -> tuple[Column, Column, Column]:
    """Eastward, northward wind and how far (m/s) the masts disagree, at a place and hour each; NaN where none knows."""
    us, vs = _between(field, hour)
    is_known = np.isfinite(us) & np.isfinite(vs)
    apart = (field.x - east[:, None]) ** 2 + (field.y - north[:, None]) ** 2
    weights = np.where(is_known, 1 / (NEAR_M**2 + apart), 0.0)
    total = weights.sum(axis=1)
    share = weights / np.where(total > 0, total, np.nan)[:, None]
    us, vs = np.where(is_known, us, 0.0), np.where(is_known, vs, 0.0)
    mean_u, mean_v = (share * us).sum(axis=1), (share * vs).sum(axis=1)
    square = (us - mean_u[:, None]) ** 2 + (vs - mean_v[:, None]) ** 2
    return mean_u, mean_v, np.sqrt((share * square).sum(axis=1) / 2)


def _between(field: _Field, hour: Column) -> tuple[Column, Column]:
    """The wind of every mast at each hour (hours × masts). An hourly mean stands for the middle of its hour; beside a
    gap the nearer hour counts alone."""
    place = hour[:, None] - 0.5
    inside = (place >= -0.5) & (place <= field.rows - 0.5)
    first = np.clip(np.floor(place), 0, np.maximum(field.rows - 1, 0)).astype(np.int64)
    second = np.minimum(first + 1, np.maximum(field.rows - 1, 0))
    part = np.clip(place - first, 0.0, 1.0)
    mast = np.arange(len(field.rows))
    found = []
    for column in (field.u, field.v):
        low, high = column[mast, first], column[mast, second]
        between = low + part * (high - low)
        value = np.where(np.isnan(between), np.where(part >= 0.5, high, low), between)
        found.append(np.where(inside, value, np.nan))
    return found[0], found[1]


def cone(trajectory: Trajectory, deviations: float = 2.0) -> list[tuple[float, float]]:
    """Ring (lon, lat; closed) around the way, `deviations` standard deviations to each side."""
    along_east, along_north = np.gradient(trajectory.east), np.gradient(trajectory.north)
    length = np.maximum(np.hypot(along_east, along_north), 1e-6)
    across_east, across_north = -along_north / length, along_east / length
    reach = deviations * trajectory.spread_m
    left = list(zip(trajectory.east + across_east * reach, trajectory.north + across_north * reach, strict=True))
    right = list(zip(trajectory.east - across_east * reach, trajectory.north - across_north * reach, strict=True))
    tip = _cap(trajectory, float(reach[-1]), float(along_east[-1] / length[-1]), float(along_north[-1] / length[-1]))
    ring = [_degrees(trajectory.lon, trajectory.lat, x, y) for x, y in [*left, *tip, *reversed(right)]]
    return [*ring, ring[0]]


def _cap(trajectory: Trajectory, reach: float, east: float, north: float) -> list[tuple[float, float]]:
    """The round end of the cone, from its left corner to its right one."""
    angles = np.linspace(np.pi / 2, -np.pi / 2, 9)[1:-1]
    return [
        (float(trajectory.east[-1] + reach * (np.cos(a) * east - np.sin(a) * north)),
         float(trajectory.north[-1] + reach * (np.cos(a) * north + np.sin(a) * east)))
        for a in angles
    ]
