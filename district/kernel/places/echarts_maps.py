"""Reads the map scripts that the ECharts ecosystem publishes: GeoJSON whose rings may be packed into text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

DEFAULT_SCALE = 1024


class MapScriptError(ValueError):
    """The script holds no map, or not the area asked for."""


def area_shape(script: Path, area: str) -> BaseGeometry:
    """The polygon of a named area in a map script, made valid; in the datum of the script.

    Raises MapScriptError when there is no such area.
    """
    text = script.read_text(encoding="utf-8")
    start = text.find("{", text.find("registerMap("))
    if start < 0:
        raise MapScriptError(f"{script.name}: 没有地图数据 (no registerMap call)")
    collection, _ = json.JSONDecoder().raw_decode(text, start)
    scale = collection.get("UTF8Scale") or DEFAULT_SCALE
    for feature in collection["features"]:
        if feature["properties"]["name"] == area:
            return shape(unpacked(feature["geometry"], scale)).buffer(0)
    raise MapScriptError(f"{script.name}: 没有 {area} (no such area)")


def unpacked(geometry: dict[str, Any], scale: int = DEFAULT_SCALE) -> dict[str, Any]:
    """A GeoJSON geometry with plain coordinates; one that is plain already comes back as it is."""
    offsets = geometry.get("encodeOffsets")
    if not offsets:
        return geometry
    if geometry["type"] == "Polygon":
        coordinates = _rings(geometry["coordinates"], offsets, scale)
    elif geometry["type"] == "MultiPolygon":
        parts = zip(geometry["coordinates"], offsets, strict=True)
        coordinates = [_rings(rings, starts, scale) for rings, starts in parts]
    else:
        raise MapScriptError(f"geometry type {geometry['type']!r} cannot be unpacked")
    return {"type": geometry["type"], "coordinates": coordinates}


def _rings(rings: list[str], starts: list[list[int]], scale: int) -> list[Any]:
    return [unpacked_ring(ring, start, scale) for ring, start in zip(rings, starts, strict=True)]


def unpacked_ring(ring: str, start: list[int], scale: int = DEFAULT_SCALE) -> list[list[float]]:
    """Points of a packed ring: per coordinate one character, zigzag, difference to the one before."""
    steps = [ord(character) - 64 for character in ring]
    signed = [(step >> 1) ^ -(step & 1) for step in steps]
    x, y = start
    points = []
    for east, north in zip(signed[::2], signed[1::2], strict=True):
        x, y = x + east, y + north
        points.append([x / scale, y / scale])
    return points
