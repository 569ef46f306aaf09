"""Shapes where no surveyed border can be had: near enough for a map, marked as schematic wherever shown.

Town borders are the lines half-way between town centres; villages are spread evenly inside their town.
"""

from __future__ import annotations

import math

import shapely
from shapely.geometry import MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from district.kernel.places.geo import is_within

# Steps of the R2 low-discrepancy sequence: powers of the inverse of the plastic number.
_STEP_X, _STEP_Y = 1 / 1.32471795724474602596, 1 / 1.32471795724474602596**2


def town_shapes(centres: dict[str, tuple[float, float]], border: BaseGeometry) -> dict[str, BaseGeometry]:
    """Code → the part of `border` nearer to that centre than to any other. Together they fill `border`."""
    # Degrees of longitude are shortened to the length of degrees of latitude, so that "nearer" means metres.
    squeeze = math.cos(math.radians(border.centroid.y))
    flat_border = shapely.transform(border, lambda points: points * (squeeze, 1.0))
    flat = {code: Point(lon * squeeze, lat) for code, (lon, lat) in centres.items()}
    cells = shapely.voronoi_polygons(MultiPoint(list(flat.values())), extend_to=flat_border)
    shapes = {}
    for code, centre in flat.items():
        cell = next(cell for cell in cells.geoms if cell.intersects(centre))
        clipped = shapely.intersection(cell, flat_border)
        shapes[code] = shapely.transform(clipped, lambda points: points / (squeeze, 1.0))
    return shapes


def spread(count: int, shape: BaseGeometry) -> list[tuple[float, float]]:
    """`count` positions spread evenly inside a shape; always the same for the same shape."""
    west, south, east, north = shape.bounds
    positions: list[tuple[float, float]] = []
    index = 0
    while len(positions) < count:
        index += 1
        lon = west + (east - west) * ((0.5 + index * _STEP_X) % 1.0)
        lat = south + (north - south) * ((0.5 + index * _STEP_Y) % 1.0)
        if is_within(lon, lat, shape):
            positions.append((round(lon, 6), round(lat, 6)))
    return positions
