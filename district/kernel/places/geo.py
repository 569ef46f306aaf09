"""Positions on the ground, without Django: datums, distances, areas, cells, point in polygon.

Longitude before latitude everywhere, in degrees. WGS-84 unless a name says otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import h3
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""

H3_RESOLUTION = 9
"""Cells of about 0.1 km², a few street blocks."""

# The Krasovsky 1940 ellipsoid, on which GCJ-02 lays its offset.
_KRASOVSKY_A = 6_378_245.0
_KRASOVSKY_EE = 0.00669342162296594323

# Outside this box GCJ-02 is by definition the same as WGS-84.
_CHINA = (72.004, 0.8293, 137.8347, 55.8271)


def wgs84_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """GCJ-02 position of a WGS-84 one; the same position outside the box around China."""
    if not _in_china(lon, lat):
        return lon, lat
    east, north = _offset(lon, lat)
    return lon + east, lat + north


def gcj02_to_wgs84(lon: float, lat: float) -> tuple[float, float]:
    """WGS-84 position of a GCJ-02 one, to well below a millimetre.

    GCJ-02 has no closed inverse; its offset changes so slowly with place that correcting by the remaining
    error converges by a factor of some hundreds a step.
    """
    if not _in_china(lon, lat):
        return lon, lat
    guess_lon, guess_lat = lon, lat
    for _ in range(10):
        east, north = _offset(guess_lon, guess_lat)
        error_lon, error_lat = lon - (guess_lon + east), lat - (guess_lat + north)
        guess_lon, guess_lat = guess_lon + error_lon, guess_lat + error_lat
        if abs(error_lon) < 1e-11 and abs(error_lat) < 1e-11:
            break
    return guess_lon, guess_lat


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Great-circle distance in metres (haversine on the mean sphere, within 0.5 % of the ellipsoid)."""
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    half_chord = (
        math.sin((other_phi - phi) / 2) ** 2
        + math.cos(phi) * math.cos(other_phi) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, half_chord)))


def bearing_deg(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Initial bearing from the first position to the other, degrees clockwise from north, 0 ≤ b < 360."""
    phi, other_phi, turn = math.radians(lat), math.radians(other_lat), math.radians(other_lon - lon)
    east = math.sin(turn) * math.cos(other_phi)
    north = math.cos(phi) * math.sin(other_phi) - math.sin(phi) * math.cos(other_phi) * math.cos(turn)
    return math.degrees(math.atan2(east, north)) % 360.0


def h3_cell(lon: float, lat: float, resolution: int = H3_RESOLUTION) -> str:
    """Name of the H3 cell that holds the position."""
    return h3.latlng_to_cell(lat, lon, resolution)


def area_m2(shape: BaseGeometry) -> float:
    """Area on the sphere, through the sinusoidal projection, which keeps areas."""
    return float(shapely.transform(shape, _sinusoidal).area)


def is_within(lon: float, lat: float, shape: BaseGeometry) -> bool:
    """Whether the position is inside the shape or on its border."""
    return bool(shapely.intersects_xy(shape, lon, lat))


def converted(shape: BaseGeometry) -> BaseGeometry:
    """A shape drawn in GCJ-02, in WGS-84, repaired when vertices touch themselves."""
    moved = shapely.transform(
        shape, lambda points: np.array([gcj02_to_wgs84(lon, lat) for lon, lat in points])
    )
    return moved if moved.is_valid else moved.buffer(0)


class ShapeIndex:
    """Finds the shapes that hold a position, through an R-tree over prepared polygons.

    On a shared border the position belongs to the shape that was given first.
    """

    def __init__(self, shapes: Iterable[tuple[Any, BaseGeometry]]) -> None:
        pairs = list(shapes)
        self._keys = [key for key, _ in pairs]
        geometries = [shape for _, shape in pairs]
        shapely.prepare(geometries)
        self._tree = STRtree(geometries)

    def at(self, lon: float, lat: float) -> Any | None:
        """The key of the shape that holds the position, or None."""
        found = self._tree.query(shapely.Point(lon, lat), predicate="intersects")
        return self._keys[int(found.min())] if len(found) else None

    def at_many(self, lons: Sequence[float], lats: Sequence[float]) -> list[Any | None]:
        """As `at` for columns of positions."""
        points = shapely.points(np.asarray(lons, dtype=float), np.asarray(lats, dtype=float))
        result: list[Any | None] = [None] * len(points)
        pairs = self._tree.query(points, predicate="intersects")
        # From the last shape to the first, so that the first one has the final say.
        for point, shape in sorted(zip(*pairs.tolist(), strict=True), key=lambda pair: -pair[1]):
            result[point] = self._keys[shape]
        return result


def _in_china(lon: float, lat: float) -> bool:
    west, south, east, north = _CHINA
    return west <= lon <= east and south <= lat <= north


def _offset(lon: float, lat: float) -> tuple[float, float]:
    """What GCJ-02 adds to a WGS-84 position, in degrees east and north."""
    x, y = lon - 105.0, lat - 35.0
    ripple = (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0
    north_m = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + ripple
    north_m += (20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    north_m += (160.0 * math.sin(y / 12.0 * math.pi) + 320.0 * math.sin(y * math.pi / 30.0)) * 2.0 / 3.0
    east_m = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + ripple
    east_m += (20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    east_m += (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2.0 / 3.0
    phi = math.radians(lat)
    flattening = 1 - _KRASOVSKY_EE * math.sin(phi) ** 2
    meridian = (_KRASOVSKY_A * (1 - _KRASOVSKY_EE)) / (flattening * math.sqrt(flattening))
    parallel = _KRASOVSKY_A / math.sqrt(flattening) * math.cos(phi)
    return math.degrees(east_m / parallel), math.degrees(north_m / meridian)


def _sinusoidal(points: np.ndarray) -> np.ndarray:
    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    return np.column_stack((lon * np.cos(lat), lat)) * EARTH_RADIUS_M


def box_around(lon: float, lat: float, radius_m: float) -> tuple[float, float, float, float]:
    """West, south, east, north of a box that encloses the circle; the circle itself is for `distance_m` to cut."""
    high = math.degrees(radius_m / EARTH_RADIUS_M)
    wide = high / max(0.01, math.cos(math.radians(lat)))
    return lon - wide, lat - high, lon + wide, lat + high
