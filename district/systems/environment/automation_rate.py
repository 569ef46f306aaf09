"""环境质量自动化监测率 (environment.P): 0.4 air + 0.4 surface water + 0.2 noise, each covered / total.

The indicator says "area covered by automatic monitoring / total area" and fixes no radius, so the coverage rule is
ours and configurable: air by radius around stations or by grid cells with a station, water by river reach, noise
by zone. Only stations that report count. Geometries are shapely, longitude/latitude in degrees (WGS-84); sizes
are measured on a plane fitted to the district, good to about 0.1 % at its size.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from district.systems.environment.quantities import BadQuantity
from district.systems.environment.standards import table

KM_PER_DEGREE = 111.195
"""One degree of a great circle on the mean earth radius of 6371.0 km."""
DEFAULT_RADIUS_KM = 3.0
DEFAULT_CELL_KM = 3.0
CIRCLE_QUARTER_SEGMENTS = 64


@dataclass(frozen=True)
class Station:
    """An air station; `radius_km` overrides the common radius."""

    code: str
    lon: float
    lat: float
    is_reporting: bool
    radius_km: float | None = None


@dataclass(frozen=True)
class Piece:
    """A river reach (line) or a noise zone (polygon) and whether an automatic monitor for it reports."""

    code: str
    shape: BaseGeometry
    is_reporting: bool


@dataclass(frozen=True)
class Coverage:
    """`share` is 0–1, None when there is nothing to cover. `covered` and `uncovered` are drawn on the map."""

    element: str
    covered_size: float
    total_size: float
    unit: str
    share: float | None
    covered: BaseGeometry
    uncovered: BaseGeometry
    reporting: tuple[str, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True)
class AutomationRate:
    """`percent` is the weighted value 0–100, None while an element has nothing to be covered (no network drawn)."""

    percent: float | None
    elements: dict[str, Coverage]
    weights: dict[str, float]


@cache
def weights() -> dict[str, float]:
    """Weights of air, water and noise."""
    return {row["element"]: float(row["weight"]) for row in table("automation_weights")}


class _Plane:
    """Kilometres east and north of a reference point, and back."""

    def __init__(self, lon: float, lat: float) -> None:
        self.lon, self.lat = lon, lat
        self.scale = np.array([KM_PER_DEGREE * math.cos(math.radians(lat)), KM_PER_DEGREE])

    @classmethod
    def around(cls, shape: BaseGeometry) -> _Plane:
        west, south, east, north = shape.bounds
        return cls((west + east) / 2, (south + north) / 2)

    def to_km(self, shape: BaseGeometry) -> BaseGeometry:
        return shapely.transform(shape, lambda points: (points - (self.lon, self.lat)) * self.scale)

    def to_degrees(self, shape: BaseGeometry) -> BaseGeometry:
        return shapely.transform(shape, lambda points: points / self.scale + (self.lon, self.lat))


def air_coverage(
    district: BaseGeometry, stations: Sequence[Station], radius_km: float = DEFAULT_RADIUS_KM
) -> Coverage:
    """Share of the district's area within the radius of a reporting station."""
    plane = _Plane.around(_area(district))
    circles = [
        plane.to_km(shapely.Point(one.lon, one.lat)).buffer(
            radius_km if one.radius_km is None else one.radius_km, quad_segs=CIRCLE_QUARTER_SEGMENTS
        )
        for one in stations
        if one.is_reporting
    ]
    return _air(plane, district, stations, shapely.union_all(circles))


def air_coverage_by_grid(
    district: BaseGeometry, stations: Sequence[Station], cell_km: float = DEFAULT_CELL_KM
) -> Coverage:
    """Share of the district's area in square cells (from its south-west corner) that hold a reporting station."""
    if cell_km <= 0:
        raise BadQuantity("not_positive", "网格边长必须大于 0", "cell_km")
    plane = _Plane.around(_area(district))
    west, south, _, _ = plane.to_km(district).bounds
    cells = set()
    for one in stations:
        if one.is_reporting:
            point = plane.to_km(shapely.Point(one.lon, one.lat))
            cells.add((math.floor((point.x - west) / cell_km), math.floor((point.y - south) / cell_km)))
    boxes = [
        shapely.box(west + x * cell_km, south + y * cell_km, west + (x + 1) * cell_km, south + (y + 1) * cell_km)
        for x, y in sorted(cells)
    ]
    return _air(plane, district, stations, shapely.union_all(boxes))


def _area(district: BaseGeometry) -> BaseGeometry:
    if district.is_empty or district.area <= 0 or not district.is_valid:
        raise BadQuantity("bad_geometry", "区界必须是有效的面", "district")
    return district


def _air(plane: _Plane, district: BaseGeometry, stations: Sequence[Station], reach: BaseGeometry) -> Coverage:
    whole = plane.to_km(district)
    covered = whole.intersection(reach)
    return Coverage(
        "air", covered.area, whole.area, "km2", covered.area / whole.area, plane.to_degrees(covered),
        plane.to_degrees(whole.difference(reach)),
        tuple(one.code for one in stations if one.is_reporting),
        tuple(one.code for one in stations if not one.is_reporting),
    )


def water_coverage(reaches: Sequence[Piece]) -> Coverage:
    """Share of the length of all river reaches that have a reporting section."""
    return _pieces("water", reaches, "km")


def noise_coverage(zones: Sequence[Piece]) -> Coverage:
    """Share of the area of all noise zones that have a reporting monitor."""
    return _pieces("noise", zones, "km2")


def _pieces(element: str, pieces: Sequence[Piece], unit: str) -> Coverage:
    whole = shapely.union_all([one.shape for one in pieces])
    covered = shapely.union_all([one.shape for one in pieces if one.is_reporting])
    # Where a silent piece overlaps a reporting one the place is covered: unions count every place once.
    uncovered = whole.difference(covered)
    plane = _Plane(0, 0) if whole.is_empty else _Plane.around(whole)
    sizes = [
        plane.to_km(shape).length if unit == "km" else plane.to_km(shape).area for shape in (covered, uncovered)
    ]
    total = sum(sizes)
    return Coverage(
        element, sizes[0], total, unit, sizes[0] / total if total > 0 else None, covered, uncovered,
        tuple(one.code for one in pieces if one.is_reporting),
        tuple(one.code for one in pieces if not one.is_reporting),
    )


def automation_rate(air: Coverage, water: Coverage, noise: Coverage) -> AutomationRate:
    """The weighted rate of the three coverages."""
    elements = {"air": air, "water": water, "noise": noise}
    shares = {name: coverage.share for name, coverage in elements.items()}
    percent = None
    if all(share is not None for share in shares.values()):
        percent = 100 * math.fsum(weights()[name] * (share or 0.0) for name, share in shares.items())
    return AutomationRate(percent, elements, dict(weights()))
