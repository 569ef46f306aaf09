"""A source is planted, its plume blown to a station by a known wind; tracing must find it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from district.systems.environment.source_tracing import (
    BadTrace,
    Emitter,
    WindRecord,
    back_trajectory,
    cone,
    trace,
)
from district.systems.environment.source_tracing.plume import share_at_ground, stability, widths
from district.systems.environment.source_tracing.trajectory import METRES_PER_DEGREE

LON, LAT = 117.87, 36.80
ROWS = 48


def placed(bearing_deg: float, distance_m: float) -> tuple[float, float]:
    """lon, lat of a place seen from the station."""
    east, north = distance_m * np.sin(np.deg2rad(bearing_deg)), distance_m * np.cos(np.deg2rad(bearing_deg))
    return LON + east / (METRES_PER_DEGREE * np.cos(np.deg2rad(LAT))), LAT + north / METRES_PER_DEGREE


def outlet(
    code: str, bearing_deg: float, distance_m: float, kg_h: float = 20.0, item: str = "a21026"
) -> Emitter:
    lon, lat = placed(bearing_deg, distance_m)
    return Emitter(code, code, lon, lat, {item: np.full(ROWS, kg_h)}, {item: kg_h}, 30.0)


def steady(from_deg: float, speed: float) -> list[WindRecord]:
    masts = [placed(bearing, 4000) for bearing in (20, 140, 260)]
    return [WindRecord(lon, lat, np.full(ROWS, float(speed)), np.full(ROWS, from_deg)) for lon, lat in masts]


def blown(emitters: list[Emitter], from_deg: float, speed: float) -> np.ndarray:
    """SO2 at the station, straight from the plume formula, not through trajectories."""
    values = np.full(ROWS, 8.0)
    for row in range(ROWS):
        letter = stability(row % 24, speed)
        for one in emitters:
            east = (one.lon - LON) * METRES_PER_DEGREE * np.cos(np.deg2rad(LAT))
            north = (one.lat - LAT) * METRES_PER_DEGREE
            along = east * np.sin(np.deg2rad(from_deg)) + north * np.cos(np.deg2rad(from_deg))
            across = east * np.cos(np.deg2rad(from_deg)) - north * np.sin(np.deg2rad(from_deg))
            kernel = share_at_ground(along, across, speed, one.height_m, letter)
            values[row] += float(one.emissions["a21026"][row] / 3600 * 1e9 * kernel)
    return values


@settings(deadline=None, max_examples=40)
@given(some.floats(0, 359), some.floats(1.5, 7), some.floats(800, 6000), some.integers(0, 10_000))
def test_the_planted_source_ranks_first_and_what_lies_downwind_scores_nothing(
    from_deg, speed, distance, seed
):
    random = np.random.default_rng(seed)
    planted = outlet("planted", from_deg, distance)
    bystanders = [
        outlet(
            f"beside{turn}", from_deg + turn, float(random.uniform(800, 6000)), float(random.uniform(5, 40))
        )
        for turn in (95, 130, 180, 230, 265)
    ]
    emitters = [*bystanders, planted]
    values = blown(emitters, from_deg, speed)
    found = trace(LON, LAT, "SO2", values, steady(from_deg, speed), emitters, window=(20, 30))
    assert found.suspects[0].code == "planted"
    assert found.suspects[0].upwind_share == 1.0
    assert found.suspects[0].travel_minutes == pytest.approx(distance / speed / 60, rel=0.05)
    assert {one.score for one in found.suspects if one.code != "planted"} == {0.0}


@settings(deadline=None, max_examples=25)
@given(some.floats(0, 359), some.floats(1, 6))
def test_a_source_downwind_scores_zero_however_much_it_emits(from_deg, speed):
    culprit = outlet("downwind", from_deg + 180, 1500, 1e6)
    found = trace(
        LON, LAT, "SO2", np.linspace(5, 90, ROWS), steady(from_deg, speed), [culprit], window=(24, 40)
    )
    assert found.suspects[0].score == 0.0
    assert "不在上风向" in found.suspects[0].reason


def test_of_two_on_the_same_line_the_one_whose_emission_rose_when_the_air_passed_is_first():
    near, far = outlet("near", 270, 2000), outlet("far", 268, 2600)
    burst = np.full(ROWS, 20.0)
    burst[26:30] = 120.0
    far = Emitter("far", "far", far.lon, far.lat, {"a21026": burst}, {"a21026": 20.0}, 30.0)
    values = np.full(ROWS, 10.0)
    values[27:31] = 80.0
    found = trace(LON, LAT, "SO2", values, steady(270, 2.5), [near, far], window=(24, 32))
    assert found.suspects[0].code == "far"
    assert found.suspects[0].rise > 3
    assert found.suspects[1].rise == pytest.approx(1.0)


def test_a_source_of_another_pollutant_is_no_suspect():
    dusty = outlet("dusty", 270, 2000, item="a34013")
    found = trace(LON, LAT, "SO2", np.linspace(5, 90, ROWS), steady(270, 2.5), [dusty], window=(24, 40))
    assert found.suspects[0].score == 0.0
    assert "不排放" in found.suspects[0].reason


def test_a_turning_wind_is_followed_round_the_corner():
    """For two hours the air went east, for the last hour north: the outlet lies south and then west."""
    from_deg = np.full(ROWS, 270.0)
    from_deg[30:] = 180.0
    winds = [WindRecord(LON, LAT, np.full(ROWS, 2.0), from_deg)]
    way = back_trajectory(LON, LAT, 31.5, winds, 3)
    assert way is not None
    assert way.north[18] < -8000
    assert abs(way.east[10]) < 100
    assert way.east[-1] < -6000


@given(some.floats(0, 359), some.floats(0.8, 8))
@settings(deadline=None, max_examples=30)
def test_the_cone_opens_with_time_and_holds_the_way(from_deg, speed):
    from shapely.geometry import LineString, Point, Polygon

    way = back_trajectory(LON, LAT, 30.5, steady(from_deg, speed), 3)
    assert way is not None
    assert np.all(np.diff(way.spread_m) > 0)
    ring = Polygon(cone(way))
    assert ring.is_valid
    assert LineString(way.positions()).difference(ring.buffer(1e-5)).is_empty
    assume(speed > 1)
    assert not ring.contains(Point(placed(from_deg + 180, 2500)))


def test_masts_that_disagree_open_the_cone_wider():
    apart = steady(270, 3)
    apart[0] = WindRecord(apart[0].lon, apart[0].lat, apart[0].speed, np.full(ROWS, 320.0))
    together, divided = (back_trajectory(LON, LAT, 30.5, winds, 2) for winds in (steady(270, 3), apart))
    assert divided.spread_m[-1] > together.spread_m[-1] * 1.3


def test_gaps_in_the_wind_end_the_way_and_no_wind_at_all_is_said():
    holed = steady(270, 3)
    for record in holed:
        record.speed[:28] = np.nan
    way = back_trajectory(LON, LAT, 30.5, holed, 4)
    assert 1.9 * 3600 < way.age_s[-1] < 3.1 * 3600
    for record in holed:
        record.speed[:] = np.nan
    with pytest.raises(BadTrace) as refused:
        trace(LON, LAT, "SO2", np.linspace(5, 90, ROWS), holed, [outlet("x", 270, 2000)], window=(24, 40))
    assert refused.value.code == "no_wind"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"pollutant": "Pb"}, "unknown_pollutant"),
        ({"window": (40, 20)}, "bad_window"),
        ({"window": (40, 99)}, "bad_window"),
        ({"concentration": np.full(ROWS, np.nan)}, "no_values"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_with_its_reason(change, code):
    question = {"pollutant": "SO2", "concentration": np.linspace(5, 90, ROWS), "window": (24, 40)} | change
    with pytest.raises(BadTrace) as refused:
        trace(LON, LAT, winds=steady(270, 3), emitters=[], **question)
    assert refused.value.code == code


@given(some.floats(50, 20_000), some.sampled_from("BDF"), some.floats(1, 10))
def test_the_plume_keeps_its_mass_across_the_wind(distance, letter, speed):
    """Integrated across and upwards the flux is the emission: half of it is reflected, so the ground value doubles."""
    wide, high = widths(distance, letter)
    across = np.linspace(-8, 8, 2001) * wide
    ground = share_at_ground(distance, across, speed, 0.0, letter)
    flux = np.trapezoid(ground, across) * speed * high * np.sqrt(np.pi / 2)
    assert flux == pytest.approx(1.0, rel=1e-3)


def test_a_plume_never_goes_against_the_wind():
    assert share_at_ground(np.array([-500.0, 0.0]), 0.0, 3.0, 20.0, "D").tolist() == [0.0, 0.0]
