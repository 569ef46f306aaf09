"""Which points lie in the view of which cameras. Pure; degrees, metres, WGS-84."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class View:
    """What a camera sees: a sector of `view_deg` around `heading_deg` (clockwise from north), or all round without one."""

    id: int
    lon: float
    lat: float
    heading_deg: float | None
    view_deg: float
    range_m: float


@dataclass(frozen=True, slots=True)
class Point:
    id: int
    lon: float
    lat: float


def offset_m(from_lon: float, from_lat: float, lon: float, lat: float) -> tuple[float, float]:
    """Metres east and north; exact enough over the range of a camera."""
    north = (lat - from_lat) * METRES_PER_DEGREE
    return (lon - from_lon) * METRES_PER_DEGREE * math.cos(math.radians(from_lat)), north


def sees(view: View, lon: float, lat: float) -> bool:
    """Whether a point lies within range and angle. What stands between is not known."""
    east, north = offset_m(view.lon, view.lat, lon, lat)
    distance = math.hypot(east, north)
    if distance > view.range_m:
        return False
    if view.heading_deg is None or view.view_deg >= 360 or distance < 1.0:
        return True
    turn = (math.degrees(math.atan2(east, north)) - view.heading_deg + 180) % 360 - 180
    return abs(turn) <= view.view_deg / 2 + 1e-9


def covered(points: Sequence[Point], views: Sequence[View]) -> dict[int, list[int]]:
    """Point → the cameras that see it, in order of their ids; an empty list for a gap."""
    return {
        point.id: sorted(view.id for view in views if sees(view, point.lon, point.lat)) for point in points
    }


def outline(view: View, steps: int = 16) -> list[list[float]]:
    """The seen area as a closed ring of [lon, lat]."""
    if view.heading_deg is None or view.view_deg >= 360:
        angles = [360.0 * n / (2 * steps) for n in range(2 * steps)]
        ring = [_moved(view, angle) for angle in angles]
    else:
        first = view.heading_deg - view.view_deg / 2
        ring = [
            [view.lon, view.lat],
            *(_moved(view, first + view.view_deg * n / steps) for n in range(steps + 1)),
        ]
    return [*ring, ring[0]]


def _moved(view: View, bearing_deg: float) -> list[float]:
    angle = math.radians(bearing_deg)
    lat = view.lat + view.range_m * math.cos(angle) / METRES_PER_DEGREE
    lon = view.lon + view.range_m * math.sin(angle) / (METRES_PER_DEGREE * math.cos(math.radians(view.lat)))
    return [round(lon, 6), round(lat, 6)]
