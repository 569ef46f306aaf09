"""Shapes of cells: checked, split along a line, merged, trimmed to what is free. Pure; WGS-84 degrees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import split as shapely_split

from district.kernel.places.geo import area_m2

from .refused import Refused

SMALLEST_M2 = 500.0
LARGEST_M2 = 60e6
OVERLAP_M2 = 50.0
"""Less than this on a common border is the width of the pencil, not an overlap."""
PRECISION = 1e-6
"""About 0.1 m."""


def cell_shape(geometry: Any, field: str = "polygon") -> Polygon:
    """A polygon from GeoJSON. Refused when it is not one simple area of a plausible size."""
    try:
        found = shape(geometry)
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        shapely.errors.ShapelyError,
    ) as error:
        raise Refused("bad_geometry", "边界不是 GeoJSON 多边形", field=field) from error
    if not isinstance(found, Polygon) or found.is_empty:
        raise Refused("not_a_polygon", "网格边界应是一个多边形", field=field, value=found.geom_type)
    west, south, east, north = found.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise Refused("outside_world", "坐标应是 WGS-84 经纬度", field=field, value=found.bounds)
    rounded = shapely.set_precision(found, PRECISION) if found.is_valid else found
    if not isinstance(rounded, Polygon) or not rounded.is_valid or rounded.is_empty:
        raise Refused("not_simple", f"边界自相交：{shapely.is_valid_reason(found)}", field=field)
    size = area_m2(rounded)
    if not SMALLEST_M2 <= size <= LARGEST_M2:
        text = f"网格面积 {size:.0f} 平方米，应在 {SMALLEST_M2:.0f} 至 {LARGEST_M2:.0f} 之间"
        raise Refused("bad_area", text, field=field, value=round(size))
    return rounded


def overlapping(wanted: BaseGeometry, others: Mapping[str, BaseGeometry]) -> list[str]:
    """Codes of the other cells that share ground with `wanted`."""
    return [code for code, other in others.items() if area_m2(wanted.intersection(other)) > OVERLAP_M2]


def trimmed(wanted: Polygon, others: Mapping[str, BaseGeometry]) -> Polygon:
    """What of `wanted` no other cell has. Refused when nothing is left, or pieces that do not hang together."""
    left = wanted.difference(shapely.union_all(list(others.values()))) if others else wanted
    pieces = [piece for piece in _polygons(left) if area_m2(piece) > OVERLAP_M2]
    if len(pieces) != 1:
        raise Refused("not_free", f"减去已有网格后剩下 {len(pieces)} 块，应剩一块", field="polygon")
    return cell_shape(mapping(pieces[0]))


def split(ground: Polygon, line: Any) -> list[Polygon]:
    """The parts of a cell on both sides of a drawn line. Refused when the line does not cross it from side to side."""
    try:
        cut = shape(line)
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        shapely.errors.ShapelyError,
    ) as error:
        raise Refused("bad_geometry", "分割线不是 GeoJSON 折线", field="line") from error
    if not isinstance(cut, LineString) or len(cut.coords) < 2 or not cut.is_simple:
        raise Refused("not_a_line", "分割线应是一条不自交的折线", field="line", value=cut.geom_type)
    parts = [part for part in shapely_split(ground, cut).geoms if isinstance(part, Polygon)]
    if len(parts) < 2:
        raise Refused("does_not_cross", "分割线没有从一边到另一边穿过网格", field="line")
    return [cell_shape(mapping(part)) for part in sorted(parts, key=lambda part: (-part.area, part.bounds))]


def merged(shapes: Sequence[Polygon]) -> Polygon:
    """One cell from several. Refused when they do not share a border."""
    if len(shapes) < 2:
        raise Refused("too_few", "合并至少需要两个网格", field="codes", value=len(shapes))
    # Borders drawn apart by less than a step of the pencil are the same border.
    closed = shapely.union_all(list(shapes)).buffer(PRECISION * 5).buffer(-PRECISION * 5)
    pieces = _polygons(closed)
    if len(pieces) != 1:
        raise Refused("not_adjacent", "要合并的网格不相邻", field="codes")
    return cell_shape(mapping(Polygon(pieces[0].exterior)))


def _polygons(found: BaseGeometry) -> list[Polygon]:
    if isinstance(found, Polygon):
        return [] if found.is_empty else [found]
    if isinstance(found, MultiPolygon) or found.geom_type == "GeometryCollection":
        return [piece for part in found.geoms for piece in _polygons(part)]
    return []


def next_code(division_code: str, used: Sequence[str]) -> str:
    """The lowest serial not yet used below a village or community; codes are never given twice."""
    serials = {int(code[12:]) for code in used if code.startswith(division_code)}
    free = next((number for number in range(1, 1000) if number not in serials), None)
    if free is None:
        raise Refused(
            "no_serial_left",
            "该村（社区）的 999 个网格编码已用完",
            field="division_code",
            value=division_code,
        )
    return f"{division_code}{free:03d}"
