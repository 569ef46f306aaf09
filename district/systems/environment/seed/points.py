"""Points of the ambient network, with what each covers drawn on the schematic places."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape
from shapely.ops import substring

from district.kernel.devices.models import Device

from ..models import MonitoringPoint
from ..simulator.fleet import AIR, NOISE, RIVER, Fleet, SimulatedDevice
from ..station_states import plain_class

DEGREES_A_KM = 1 / 111.2
"""Good enough along the rivers of a sketch."""


@cache
def schematic_places() -> tuple[dict[str, Any], ...]:
    """The features of schematic_places.json: rivers and noise zones."""
    path = Path(__file__).parents[1] / "schematic_places.json"
    return tuple(json.loads(path.read_text("utf-8"))["features"])


def seed_points(fleet: Fleet, devices: dict[str, Device]) -> None:
    """A point for every ambient device of the fleet, and one without device for every place nobody watches."""
    for one in fleet.of_kind(AIR, RIVER, NOISE):
        given = one.attributes
        MonitoringPoint.objects.get_or_create(
            code=given["point"],
            defaults={
                "name": one.name,
                "element": one.kind,
                "device": devices[one.code],
                "division_code": one.town_code,
                "lon": one.lon,
                "lat": one.lat,
                "factors": [item.code for item in one.items],
                "units": {item.code: item.unit for item in one.items},
                "function_class": given.get("function_class"),
                "target_class": plain_class(given.get("target_class", "")),
                "river": given.get("river", ""),
                "reach_km": given.get("reach_km"),
                "zone": given.get("zone", ""),
                "coverage_radius_km": given.get("coverage_radius_km"),
                "covers": _covers(one),
                "is_demo": True,
            },
        )
    _seed_unwatched_places(fleet)


def _covers(one: SimulatedDevice) -> dict[str, Any] | None:
    if one.kind == RIVER:
        return _reach(one)
    return _zone(one) if one.kind == NOISE else None


def _reach(one: SimulatedDevice) -> dict[str, Any] | None:
    """The stretch of the river above a section, as long as the section stands for."""
    for feature in schematic_places():
        given = feature["properties"]
        if given["kind"] == "river" and given["name"] == one.attributes.get("river"):
            line = shape(feature["geometry"])
            end = line.project(shapely.Point(one.lon, one.lat))
            start = max(0.0, end - one.attributes.get("reach_km", 5.0) * DEGREES_A_KM)
            return json.loads(json.dumps(mapping(substring(line, start, end)))) if end > start else None
    return None


def _zone(one: SimulatedDevice) -> dict[str, Any] | None:
    """The nearest noise zone of the same class."""
    here = shapely.Point(one.lon, one.lat)
    zones = [
        feature
        for feature in schematic_places()
        if feature["properties"]["kind"] == "noise_zone"
        and feature["properties"]["zone"] == one.attributes["zone"]
    ]
    nearest = min(zones, key=lambda feature: shape(feature["geometry"]).distance(here), default=None)
    return nearest["geometry"] if nearest else None


def _seed_unwatched_places(fleet: Fleet) -> None:
    """Noise zones without a device are points too: they count in what is to be covered."""
    watched = [shape(covers) for one in fleet.of_kind(NOISE) if (covers := _zone(one))]
    for number, feature in enumerate(schematic_places(), start=1):
        given, geometry = feature["properties"], shape(feature["geometry"])
        if given["kind"] == "noise_zone" and not any(geometry.equals(zone) for zone in watched):
            centre = geometry.centroid
            MonitoringPoint.objects.get_or_create(
                code=f"ZC-Z{number:02d}",
                defaults={
                    "name": f"{given['name']}（未设自动监测）",
                    "element": "noise",
                    "lon": centre.x,
                    "lat": centre.y,
                    "zone": given["zone"],
                    "covers": feature["geometry"],
                    "is_demo": True,
                },
            )
