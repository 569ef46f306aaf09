"""The published SQL of the plan's indicator comes to what the platform measures, however the network is drawn."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import mapping

from district.kernel.clock import CHINA
from district.kernel.devices.models import Device
from district.kernel.kpis.recomputing import agrees, published, read_only, recompute
from district.kernel.places.models import Division
from district.systems.environment import kpis
from district.systems.environment.models import MonitoringPoint

from .observing import outlet

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 4, 9, 30, tzinfo=CHINA)
WEST, SOUTH, CELL = 117.75, 36.6875, 1 / 64
cells = st.integers(0, 12)


def corner(x: int, y: int) -> tuple[float, float]:
    """A point of a grid whose numbers are exact in binary: pieces of river on one line overlap exactly."""
    return WEST + x * CELL, SOUTH + y * CELL


@st.composite
def outlines(draw: st.DrawFn) -> shapely.Geometry:
    """A district: the hull of some points, with a hole now and then, or two parts."""
    points = draw(st.lists(st.tuples(st.floats(117.7, 118.0), st.floats(36.6, 36.9)), min_size=4, max_size=9))
    hull = shapely.MultiPoint(points).convex_hull
    if hull.geom_type != "Polygon" or hull.area < 1e-3:
        hull = shapely.box(117.8, 36.7, 117.9, 36.8)
    middle = hull.centroid.buffer(0.01 * draw(st.integers(0, 2)), quad_segs=3)
    whole = hull.difference(middle) if not middle.is_empty and hull.contains(middle) else hull
    return shapely.MultiPolygon([whole, shapely.box(118.1, 36.7, 118.15, 36.75)]) if draw(st.booleans()) else whole


def zones() -> st.SearchStrategy[shapely.Geometry]:
    return st.builds(lambda x, y, w, h: shapely.box(*corner(x, y), *corner(x + w, y + h)),
                     cells, cells, st.integers(1, 5), st.integers(1, 5))  # fmt: skip


def rivers() -> st.SearchStrategy[shapely.Geometry]:
    """Level, upright and diagonal reaches that lie over one another in part."""
    return st.builds(lambda x, y, way, n: shapely.LineString([corner(x, y), corner(x + way[0] * n, y + way[1] * n)]),
                     cells, cells, st.sampled_from([(1, 0), (0, 1), (1, 1)]), st.integers(1, 6))  # fmt: skip


ages = st.sampled_from([None, 0, 23.9, 24, 24.1, 300])


def point(code: str, element: str, hours: float | None, **fields: Any) -> None:
    device = None
    if hours is not None:
        device = Device.objects.create(
            code=code, name=code, kind="air", system="environment", last_seen_at=AT - timedelta(hours=hours)
        )
    MonitoringPoint.objects.create(**{"code": code, "name": code, "element": element, "lon": 117.85, "lat": 36.75,
                                      "device": device, **fields})  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(outlines(), min_size=1, max_size=2), st.booleans(),
    st.lists(st.tuples(ages, st.floats(117.7, 118.1), st.floats(36.6, 36.9), st.none() | st.floats(0.5, 9)), max_size=4),
    st.lists(st.tuples(ages, rivers()), min_size=1, max_size=5),
    st.lists(st.tuples(ages, zones()), min_size=1, max_size=5), st.booleans(),
)
def test_the_sql_comes_to_the_measured_rate_and_to_each_of_its_parts(shapes, is_town, stations, reaches, places, has_retired):
    MonitoringPoint.objects.all().delete()
    Device.objects.all().delete()
    Division.objects.all().delete()
    for number, shape in enumerate(shapes):
        Division.objects.create(code=f"3703060{number:02}" if is_town else f"37030{number}", name="示", lon=117.8, lat=36.7,
                                level="town" if is_town else "district", polygon=mapping(shape))  # fmt: skip
    for number, (hours, lon, lat, radius) in enumerate(stations):
        point(f"A{number}", "air", hours, lon=lon, lat=lat, coverage_radius_km=radius)
    for number, (hours, line) in enumerate(reaches):
        point(f"W{number}", "surface_water", hours, covers=mapping(line))
    for number, (hours, box) in enumerate(places):
        point(f"N{number}", "noise", hours, covers=mapping(box), is_in_use=not (has_retired and number == 0))
    measured = kpis.automation_rate(AT)
    sql = published("environment", "automation_rate")
    assert sql is not None
    with read_only():
        found = recompute(sql, AT)
    assert agrees(measured.value, measured.fractions, found), (measured.value, measured.fractions, found)


def test_a_changed_row_changes_both():
    Division.objects.create(code="370306", name="周村区", level="district", lon=117.85, lat=36.75,
                            polygon=mapping(shapely.box(117.8, 36.7, 117.9, 36.8)))  # fmt: skip
    point("A1", "air", 1, coverage_radius_km=2.0)
    point("W1", "surface_water", 1, covers=mapping(shapely.LineString([(117.8, 36.7), (117.9, 36.8)])))
    point("N1", "noise", 1, covers=mapping(shapely.box(117.8, 36.7, 117.85, 36.75)))
    sql = published("environment", "automation_rate")
    assert sql is not None
    figures = []
    for radius in (2.0, 5.0):
        MonitoringPoint.objects.filter(code="A1").update(coverage_radius_km=radius)
        found = recompute(sql, AT)
        assert agrees(kpis.automation_rate(AT).value, (), found)
        figures.append(found.value)
    assert figures[0] < figures[1]


def test_a_running_key_source_counts_when_one_of_its_outlets_reports():
    sql = published("environment", "key_sources_online")
    assert sql is not None
    assert recompute(sql, AT).value is None
    codes = ("S1", "S2", "S3", "S4")
    first, second, third, fourth = (outlet("water", code) for code in codes)
    Device.objects.filter(pk=first.device_id).update(last_seen_at=AT)
    Device.objects.filter(pk=second.device_id).update(last_seen_at=AT - timedelta(hours=25))
    Device.objects.filter(pk__in=(third.device_id, fourth.device_id)).update(last_seen_at=AT)
    for each, changes in ((third, {"level": "simplified"}), (fourth, {"status": "closed"})):
        type(each.source).objects.filter(pk=each.source_id).update(**changes)
    (part,) = recompute(sql, AT).parts
    assert (part.numerator, part.denominator, part.value) == (1, 2, 50)
