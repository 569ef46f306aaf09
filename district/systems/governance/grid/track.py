"""A patrol's track: checked point by point, its length, the check points it reached, the ground it passed. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import h3
from lxml import etree
from shapely.geometry.base import BaseGeometry

from district.kernel.places.geo import distance_m

GROUND_RESOLUTION = 9
"""Ground is counted in H3 cells of about 0.1 km²."""
WORST_ACCURACY_M = 100.0
FASTEST_M_S = 45.0
"""A patrol car on a highway; a point farther off is a fault of the receiver."""
CLOCK_SLACK = timedelta(minutes=2)
GPX = "{http://www.topografix.com/GPX/1/1}"


@dataclass(frozen=True)
class Fix:
    """A position at a moment."""

    at: datetime
    lon: float
    lat: float
    accuracy_m: float | None = None


@dataclass(frozen=True)
class RefusedFix:
    """A point that was not kept, with its place in the batch."""

    place: int
    code: str
    text: str


def read_points(given: Any) -> tuple[list[Fix], list[RefusedFix]]:
    """From the phone's JSON: a list of {at: ISO 8601 with zone, lon, lat, accuracy}."""
    kept, refused = [], []
    for place, row in enumerate(given if isinstance(given, list) else []):
        try:
            at = datetime.fromisoformat(str(row["at"]))
            fix = Fix(at, float(row["lon"]), float(row["lat"]), _number(row.get("accuracy")))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            refused.append(RefusedFix(place, "bad_point", f"第 {place + 1} 点不能读：{error}"))
            continue
        if at.tzinfo is None:
            refused.append(RefusedFix(place, "no_zone", f"第 {place + 1} 点的时间没有时区"))
        else:
            kept.append(fix)
    return kept, refused


def read_gpx(content: bytes) -> list[Fix]:
    """The track points of a GPX 1.1 file. Raises ValueError when it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"不是 GPX 文件：{error}") from error
    if root.tag != f"{GPX}gpx":
        raise ValueError("不是 GPX 1.1 文件")
    fixes = []
    for point in root.iter(f"{GPX}trkpt"):
        at = datetime.fromisoformat(point.findtext(f"{GPX}time", "").strip().replace("Z", "+00:00"))
        if at.tzinfo is None:
            raise ValueError(f"时间 {at} 没有时区")
        fixes.append(Fix(at, float(point.get("lon", "nan")), float(point.get("lat", "nan"))))
    return fixes


def within_patrol(
    fixes: Sequence[Fix], started_at: datetime, until_at: datetime, before: Fix | None = None
) -> tuple[list[Fix], list[RefusedFix]]:
    """In order of time, those inside the patrol and possible to have walked or driven; the others with their reason."""
    kept: list[Fix] = []
    refused: list[RefusedFix] = []
    last = before
    for place, fix in sorted(enumerate(fixes), key=lambda pair: pair[1].at):
        fault = _fault(fix, started_at, until_at, last)
        if fault:
            refused.append(RefusedFix(place, *fault))
        else:
            kept.append(fix)
            last = fix
    return kept, refused


def _fault(fix: Fix, started_at: datetime, until_at: datetime, last: Fix | None) -> tuple[str, str] | None:
    if not started_at <= fix.at <= until_at:
        return "outside_patrol", f"{fix.at:%H:%M:%S} 不在本次巡防时间内，未保存"
    if not (-180 <= fix.lon <= 180 and -90 <= fix.lat <= 90):
        return "outside_world", f"坐标 {fix.lon}, {fix.lat} 不是 WGS-84 经纬度"
    if fix.accuracy_m is not None and fix.accuracy_m > WORST_ACCURACY_M:
        return "inaccurate", f"定位精度 {fix.accuracy_m:.0f} 米，超过 {WORST_ACCURACY_M:.0f} 米"
    if last is not None:
        gone, seconds = (
            distance_m(last.lon, last.lat, fix.lon, fix.lat),
            abs((fix.at - last.at).total_seconds()),
        )
        if gone > FASTEST_M_S * max(seconds, 1.0) + WORST_ACCURACY_M:
            return "too_fast", f"{seconds:.0f} 秒内移动 {gone:.0f} 米，不可能"
    return None


def length_m(fixes: Sequence[Fix]) -> float:
    pairs = pairwise(fixes)
    return sum(distance_m(one.lon, one.lat, two.lon, two.lat) for one, two in pairs)


@dataclass(frozen=True)
class Point:
    """A check point to reach."""

    key: int
    lon: float
    lat: float
    radius_m: float


def reached(fixes: Sequence[Fix], points: Sequence[Point]) -> dict[int, datetime]:
    """When each check point was first come within its radius of; those missed are left out."""
    found = {}
    for point in points:
        near = (
            fix.at for fix in fixes if distance_m(fix.lon, fix.lat, point.lon, point.lat) <= point.radius_m
        )
        at = next(near, None)
        if at is not None:
            found[point.key] = at
    return found


def ground_of(shape: BaseGeometry) -> frozenset[str]:
    """The H3 cells of a grid cell: those whose centre it holds, or the one of its own centre when it is small."""
    found = set(h3.geo_to_cells(shape, GROUND_RESOLUTION))
    middle = shape.representative_point()
    return frozenset(found or {h3.latlng_to_cell(middle.y, middle.x, GROUND_RESOLUTION)})


def passed_ground(fixes: Sequence[Fix]) -> frozenset[str]:
    """The H3 cells the track went through, also between two points that are not far apart."""
    cells = [h3.latlng_to_cell(fix.lat, fix.lon, GROUND_RESOLUTION) for fix in fixes]
    found = set(cells)
    for one, two in pairwise(cells):
        if one != two and h3.grid_distance(one, two) <= 3:
            found.update(h3.grid_path_cells(one, two))
    return frozenset(found)


def coverage(
    grounds: Mapping[str, frozenset[str]], passed: frozenset[str]
) -> tuple[float | None, dict[str, float]]:
    """Share of all the ground that was passed, and of each grid cell's."""
    shares = {code: len(ground & passed) / len(ground) for code, ground in grounds.items() if ground}
    total = frozenset().union(*grounds.values()) if grounds else frozenset()
    return (len(total & passed) / len(total) if total else None), shares


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
