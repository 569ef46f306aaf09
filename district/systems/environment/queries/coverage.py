"""What of the district is watched automatically, element by element (environment.P)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from district.kernel.clock import now
from district.kernel.places.models import Division

from ..automation_rate import (
    AutomationRate,
    Piece,
    Station,
    air_coverage,
    automation_rate,
    noise_coverage,
    water_coverage,
)
from ..models import MonitoringPoint

REPORTING_WITHIN = timedelta(hours=24)
"""A point counts as monitored automatically when its device has reported within a day."""


@dataclass(frozen=True)
class Covering:
    """The rate with the points behind it; `piece` is the river or zone a point stands for."""

    rate: AutomationRate
    points: tuple[CoveringPoint, ...]


@dataclass(frozen=True)
class CoveringPoint:
    point: MonitoringPoint
    is_reporting: bool
    piece: str


def covering(at: datetime | None = None) -> Covering | None:
    """The coverage at a moment; None while the district has no polygon."""
    moment = at or now()
    district = district_shape()
    if district is None:
        return None
    points = list(MonitoringPoint.objects.filter(is_in_use=True).select_related("device"))
    judged = tuple(CoveringPoint(point, _is_reporting(point, moment), _piece(point)) for point in points)
    air = [
        Station(one.point.code, one.point.lon, one.point.lat, one.is_reporting, one.point.coverage_radius_km)
        for one in judged
        if one.point.element == "air"
    ]
    rate = automation_rate(
        air_coverage(district, air),
        water_coverage(_pieces(judged, "surface_water")),
        noise_coverage(_pieces(judged, "noise")),
    )
    return Covering(rate, judged)


def district_shape() -> BaseGeometry | None:
    """The polygon of the district: its own, or the union of its towns'."""
    whole = Division.objects.filter(level="district", polygon__isnull=False).first()
    if whole is not None:
        return shape(whole.polygon)
    towns = Division.objects.filter(level="town", polygon__isnull=False).values_list("polygon", flat=True)
    shapes = [shape(polygon) for polygon in towns]
    return shapely.union_all(shapes) if shapes else None


def _is_reporting(point: MonitoringPoint, at: datetime) -> bool:
    device = point.device
    return (
        device is not None
        and device.last_seen_at is not None
        and device.last_seen_at >= at - REPORTING_WITHIN
    )


def _piece(point: MonitoringPoint) -> str:
    return point.river if point.element == "surface_water" else point.zone if point.element == "noise" else ""


def _pieces(judged: tuple[CoveringPoint, ...], element: str) -> list[Piece]:
    """The reaches or zones the points stand for; a place nobody watches is a point without a device."""
    return [
        Piece(one.point.code, shape(one.point.covers), one.is_reporting)
        for one in judged
        if one.point.element == element and one.point.covers
    ]


def shapes_geojson(covering: Covering, is_covered: bool) -> dict[str, Any]:
    """The covered, or the uncovered, parts of the three elements as a FeatureCollection."""
    features = []
    for element, coverage in covering.rate.elements.items():
        geometry = coverage.covered if is_covered else coverage.uncovered
        if not geometry.is_empty:
            features.append(
                {
                    "type": "Feature",
                    "geometry": shapely.geometry.mapping(geometry),
                    "properties": {"element": element, "name": element, "share": coverage.share},
                }
            )
    return {"type": "FeatureCollection", "features": features}
