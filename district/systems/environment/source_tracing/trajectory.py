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
    """The way of the air that is at the place at `arrival_hour` (in rows of the records, half past the first is 0.5).

    Wind in between masts is weighted by distance and between hours in proportion. None when no mast knows the wind at
    arrival; the way ends early where knowledge ends.
    """
    parts = [record.components() for record in winds]
    places = [metres(lon, lat, record.lon, record.lat) for record in winds]
    rows = [(0.0, 0.0, 0.0, 0.0, 0.0, START_SPREAD_M)]
    east = north = way = 0.0
    turning = 0.0
    for step in range(int(hours_back * 3600 / STEP_S)):
        found = _wind_at(east, north, arrival_hour - step * STEP_S / 3600, parts, places)
        if found is None:
            break
        u, v, disagreement = found
        speed = float(np.hypot(u, v))
        if step == 0:
            rows[0] = (0.0, 0.0, 0.0, 0.0, speed, START_SPREAD_M)
        east, north = east - u * STEP_S, north - v * STEP_S
        way += speed * STEP_S
        turning += float(np.hypot(GUSTINESS, disagreement)) * STEP_S
        # Errors of the wind last for hours, so the place errs in proportion to the time, not to its root.
        rows.append((east, north, (step + 1) * STEP_S, way, speed, START_SPREAD_M + turning))
    if len(rows) == 1:
        return None
    columns = np.array(rows).T
    return Trajectory(lon, lat, *columns)


def _wind_at(
    east: float, north: float, hour: float, parts: Sequence[tuple[Column, Column]],
    places: Sequence[tuple[float, float]],
) -> tuple[float, float, float] | None:
    """Eastward, northward wind and how far (m/s) the masts disagree."""
    weights, us, vs = [], [], []
    for (u, v), (x, y) in zip(parts, places, strict=True):
        values = _between(u, hour), _between(v, hour)
        if np.isfinite(values).all():
            weights.append(1 / (NEAR_M**2 + (x - east) ** 2 + (y - north) ** 2))
            us.append(values[0])
            vs.append(values[1])
    if not weights:
        return None
    share = np.array(weights) / np.sum(weights)
    mean_u, mean_v = float(share @ us), float(share @ vs)
    apart = (np.array(us) - mean_u) ** 2 + (np.array(vs) - mean_v) ** 2
    return mean_u, mean_v, float(np.sqrt(share @ apart / 2))


def _between(column: Column, hour: float) -> float:
    """An hourly mean stands for the middle of its hour."""
    place = hour - 0.5
    if not -0.5 <= place <= len(column) - 0.5:
        return float("nan")
    first = int(np.clip(np.floor(place), 0, len(column) - 1))
    second = min(first + 1, len(column) - 1)
    part = min(max(place - first, 0.0), 1.0)
    low, high = column[first], column[second]
    if np.isnan(low) or np.isnan(high):
        return float(high if np.isnan(low) and part >= 0.5 else low if part < 0.5 else high)
    return float(low + part * (high - low))


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
