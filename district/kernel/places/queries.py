"""Where is this, what is near, and which address reads like that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Max, Model, Q, QuerySet
from shapely.geometry import shape

from district.kernel.places.geo import ShapeIndex, distance_m
from district.kernel.places.models import Address, Division

M = TypeVar("M", bound=Model)

ALIKE = 0.4
"""Word similarity from which on an address counts as meant."""


@dataclass(frozen=True)
class Near:
    """A row found near a point, by its primary key."""

    pk: Any
    distance_m: float


def division_at(lon: float, lat: float, level: str = "town") -> Division | None:
    """The division of that level whose polygon holds the position, or None outside all of them."""
    code = _shapes(level).at(lon, lat)
    return Division.objects.filter(code=code).first() if code else None


def division_codes_at(lons: Sequence[float], lats: Sequence[float], level: str = "town") -> list[str | None]:
    """As `division_at` for columns of positions, codes only."""
    return _shapes(level).at_many(lons, lats)


@cache
def _shapes(level: str) -> ShapeIndex:
    rows = Division.objects.filter(level=level, polygon__isnull=False).order_by("code")
    return ShapeIndex((row.code, shape(row.polygon)) for row in rows)


def forget_shapes(**_: Any) -> None:
    """After divisions changed, so that the next question reads them anew."""
    _shapes.cache_clear()


def nearest(rows: QuerySet[M], points: Sequence[tuple[float, float]], k: int = 1) -> list[list[Near]]:
    """For each (lon, lat) the `k` nearest of `rows`, nearest first; any model with `lon` and `lat` will do.

    One statement for all points. With a GiST index on `ll_to_earth(lat, lon)` each point costs an index walk.
    """
    inner, parameters = rows.order_by().values("pk", "lon", "lat").query.sql_with_params()
    statement = f"""
        SELECT point.place, found.*
        FROM unnest(%s::float8[], %s::float8[]) WITH ORDINALITY AS point (lon, lat, place)
        CROSS JOIN LATERAL (
            SELECT candidate.* FROM ({inner}) AS candidate (pk, lon, lat)
            ORDER BY ll_to_earth(candidate.lat, candidate.lon) <-> ll_to_earth(point.lat, point.lon) LIMIT %s
        ) AS found
    """  # noqa: S608 - `inner` is Django's own SQL, its values stay parameters
    result: list[list[Near]] = [[] for _ in points]
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    with connection.cursor() as cursor:
        cursor.execute(statement, [lons, lats, *parameters, k])
        for place, pk, lon, lat in cursor.fetchall():
            point = points[place - 1]
            result[place - 1].append(Near(pk, distance_m(point[0], point[1], lon, lat)))
    for found in result:
        found.sort(key=lambda near: near.distance_m)
    return result


@transaction.atomic
def addresses_like(text: str, limit: int = 10) -> list[Address]:
    """Addresses that contain the text or read like it (trigrams), the most alike first."""
    with connection.cursor() as cursor:
        # The database's own 0.6 is for Latin words; Chinese characters make fewer trigrams a word.
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(ALIKE)])
    alike = Q(text__icontains=text) | Q(text__trigram_word_similar=text)
    rows = Address.objects.filter(alike).annotate(likeness=TrigramWordSimilarity(text, "text"))
    return list(rows.order_by("-likeness", "text")[:limit])


def divisions_geojson(level: str) -> dict[str, Any]:
    """A FeatureCollection of that level: polygons where there are any, points elsewhere."""
    rows = Division.objects.filter(level=level)
    return {"type": "FeatureCollection", "features": [_feature(row) for row in rows]}


def _feature(row: Division) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": int(row.code),
        "geometry": row.polygon or {"type": "Point", "coordinates": [row.lon, row.lat]},
        "properties": {
            "code": row.code, "name": row.name, "parent": row.parent_id, "lon": row.lon, "lat": row.lat,
            "is_schematic": row.is_schematic, "area_m2": row.area_m2,
        },
    }


def divisions_version(level: str) -> str:
    """Changes whenever a division of that level does."""
    latest = Division.objects.filter(level=level).aggregate(at=Max("updated_at"))["at"]
    return f"{level}-{latest.timestamp():.6f}" if latest else f"{level}-none"
