"""The plan's indicator from shapes whose sizes are known."""

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from district.systems.environment.automation_rate import (
    KM_PER_DEGREE,
    Piece,
    Station,
    air_coverage,
    air_coverage_by_grid,
    automation_rate,
    noise_coverage,
    water_coverage,
)
from district.systems.environment.quantities import BadQuantity

LON, LAT = 117.87, 36.80
EAST = 1 / (KM_PER_DEGREE * math.cos(math.radians(LAT)))
NORTH = 1 / KM_PER_DEGREE


def square(side_km, x=0.0, y=0.0):
    return shapely.box(
        LON + (x - side_km / 2) * EAST,
        LAT + (y - side_km / 2) * NORTH,
        LON + (x + side_km / 2) * EAST,
        LAT + (y + side_km / 2) * NORTH,
    )


def station(code="A", x=0.0, y=0.0, is_reporting=True, radius=None):
    return Station(code, LON + x * EAST, LAT + y * NORTH, is_reporting, radius)


def test_one_station_covers_its_circle():
    got = air_coverage(square(20), [station()], radius_km=3)
    assert got.total_size == pytest.approx(400, rel=1e-6)
    assert got.share == pytest.approx(math.pi * 9 / 400, rel=1e-3)
    assert got.covered.contains(shapely.Point(LON, LAT))
    assert not got.uncovered.contains(shapely.Point(LON, LAT))


def test_overlap_counts_once_silence_not_at_all_and_outside_is_cut_off():
    district = square(20)
    alone = air_coverage(district, [station()])
    twice = air_coverage(district, [station(), station("B"), station("C", 5, 5, is_reporting=False)])
    assert twice.share == pytest.approx(alone.share)
    assert (twice.reporting, twice.silent) == (("A", "B"), ("C",))
    assert air_coverage(district, [station(x=10)]).share == pytest.approx((alone.share or 0) / 2, rel=1e-3)
    assert air_coverage(district, [station(radius=30)]).share == pytest.approx(1)
    assert air_coverage(district, []).share == 0


@given(st.lists(st.tuples(st.floats(-12, 12), st.floats(-12, 12)), max_size=6), st.floats(0.5, 8))
def test_covered_and_uncovered_make_up_the_district_and_more_stations_never_cover_less(places, radius):
    district = square(20)
    stations = [station(str(n), x, y) for n, (x, y) in enumerate(places)]
    got = air_coverage(district, stations, radius)
    assert got.covered.area + got.uncovered.area == pytest.approx(district.area)
    fewer = air_coverage(district, stations[:-1], radius)
    assert (fewer.share or 0) <= (got.share or 0) + 1e-9


def test_by_grid_a_cell_with_a_station_is_covered_whole():
    district = square(20)
    got = air_coverage_by_grid(
        district, [station(x=1, y=1), station("B", 1.5, 1.5), station("C", -9, -9)], cell_km=5
    )
    assert got.share == pytest.approx(2 / 16)
    with pytest.raises(BadQuantity):
        air_coverage_by_grid(district, [], cell_km=0)


def reach(code, from_km, to_km, is_reporting):
    line = shapely.LineString([(LON + from_km * EAST, LAT), (LON + to_km * EAST, LAT)])
    return Piece(code, line, is_reporting)


def test_water_counts_kilometres_of_river():
    got = water_coverage([reach("up", 0, 6, True), reach("down", 6, 8, False)])
    assert (got.covered_size, got.total_size) == (pytest.approx(6, rel=1e-6), pytest.approx(8, rel=1e-6))
    assert got.share == pytest.approx(0.75)
    overlapping = water_coverage([reach("up", 0, 6, True), reach("all", 0, 8, False)])
    assert overlapping.share == pytest.approx(0.75)


def test_noise_counts_area_of_zones():
    got = noise_coverage([Piece("1", square(2, -5), True), Piece("2", square(4, 5), False)])
    assert got.share == pytest.approx(4 / 20, rel=1e-6)
    assert got.silent == ("2",)


def test_the_rate_is_weighted_and_unknown_without_a_network():
    air = air_coverage(square(2), [station(radius=5)])
    water = water_coverage([reach("up", 0, 5, True), reach("down", 5, 10, False)])
    noise = noise_coverage([Piece("1", square(2), False)])
    got = automation_rate(air, water, noise)
    assert got.percent == pytest.approx(100 * (0.4 + 0.4 * 0.5))
    assert sum(got.weights.values()) == pytest.approx(1)
    none = automation_rate(air, water_coverage([]), noise)
    assert none.percent is None
    assert none.elements["water"].share is None


def test_a_district_without_area_is_refused():
    with pytest.raises(BadQuantity):
        air_coverage(shapely.Point(LON, LAT), [])
