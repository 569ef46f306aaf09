import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from district.kernel.places import geo

LON = st.floats(73.5, 135.0)
LAT = st.floats(4.0, 53.5)


@given(LON, LAT)
def test_gcj02_and_back_is_the_same_place_to_a_tenth_of_a_millimetre(lon, lat):
    back = geo.gcj02_to_wgs84(*geo.wgs84_to_gcj02(lon, lat))
    assert geo.distance_m(lon, lat, *back) < 1e-4


@given(LON, LAT)
def test_the_offset_of_gcj02_is_some_hundred_metres(lon, lat):
    assert 1.0 < geo.distance_m(lon, lat, *geo.wgs84_to_gcj02(lon, lat)) < 1500.0


def test_gcj02_moves_zhoucun_to_the_south_east_as_map_services_do():
    lon, lat = geo.wgs84_to_gcj02(117.87, 36.80)
    assert 0.004 < lon - 117.87 < 0.007
    assert -0.002 < lat - 36.80 < 0.002


def test_positions_outside_china_are_left_alone():
    assert geo.wgs84_to_gcj02(2.35, 48.85) == (2.35, 48.85)
    assert geo.gcj02_to_wgs84(2.35, 48.85) == (2.35, 48.85)


def test_a_degree_along_a_meridian_is_a_360th_of_the_circle():
    assert geo.distance_m(117.0, 36.0, 117.0, 37.0) == pytest.approx(math.radians(1) * geo.EARTH_RADIUS_M)


@given(LON, LAT, LON, LAT)
def test_distance_is_the_same_both_ways_and_bearings_point_back(lon, lat, other_lon, other_lat):
    there = geo.distance_m(lon, lat, other_lon, other_lat)
    assert there == pytest.approx(geo.distance_m(other_lon, other_lat, lon, lat), abs=1e-6)
    assert 0.0 <= geo.bearing_deg(lon, lat, other_lon, other_lat) < 360.0


COMPASS = [((117, 37), 0), ((118, 36), 90), ((117, 35), 180), ((116, 36), 270)]


@pytest.mark.parametrize(("to", "bearing"), COMPASS)
def test_bearings_run_clockwise_from_north(to, bearing):
    turn = abs(geo.bearing_deg(117, 36, *to) - bearing) % 360
    assert min(turn, 360 - turn) < 0.5


@given(st.floats(-170, 170), st.floats(-80, 79))
def test_area_of_a_cell_of_one_degree_equals_the_spherical_formula(lon, lat):
    south, north = math.radians(lat), math.radians(lat + 1)
    exact = geo.EARTH_RADIUS_M**2 * math.radians(1) * (math.sin(north) - math.sin(south))
    cell = shapely.segmentize(box(lon, lat, lon + 1, lat + 1), 0.01)
    assert geo.area_m2(cell) == pytest.approx(exact, rel=1e-4)


@given(st.lists(st.tuples(st.floats(-1, 5), st.floats(-1, 5)), min_size=1, max_size=30))
def test_the_index_finds_what_asking_every_shape_finds(points):
    shapes = [(f"{x}{y}", box(x, y, x + 1, y + 1)) for x in range(4) for y in range(4)]
    index = geo.ShapeIndex(shapes)
    slow = [next((key for key, cell in shapes if geo.is_within(x, y, cell)), None) for x, y in points]
    assert [index.at(x, y) for x, y in points] == slow
    assert index.at_many([x for x, _ in points], [y for _, y in points]) == slow


def test_near_positions_share_a_cell_and_far_ones_do_not():
    assert geo.h3_cell(117.87, 36.80) == geo.h3_cell(117.87, 36.800001)
    assert geo.h3_cell(117.87, 36.80) != geo.h3_cell(117.88, 36.80)
