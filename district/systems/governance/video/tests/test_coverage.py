"""Whom a camera sees."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from district.systems.governance.video.coverage import METRES_PER_DEGREE, Point, View, covered, outline, sees

LON, LAT = 117.87, 36.80
headings = st.floats(0, 359.9)
angles = st.floats(5, 180)
ranges = st.floats(20, 500)


def at(bearing_deg: float, distance_m: float) -> tuple[float, float]:
    angle = math.radians(bearing_deg)
    lat = LAT + distance_m * math.cos(angle) / METRES_PER_DEGREE
    return LON + distance_m * math.sin(angle) / (METRES_PER_DEGREE * math.cos(math.radians(LAT))), lat


def test_a_camera_that_looks_north_sees_north_and_not_south():
    view = View(1, LON, LAT, 0, 60, 100)
    assert sees(view, *at(0, 90))
    assert sees(view, *at(29, 90))
    assert not sees(view, *at(31, 90))
    assert not sees(view, *at(180, 10))
    assert not sees(view, *at(0, 101))


def test_a_dome_sees_all_round():
    view = View(1, LON, LAT, None, 60, 100)
    assert all(sees(view, *at(bearing, 99)) for bearing in range(0, 360, 15))


@given(headings, angles, ranges, st.floats(-0.48, 0.48), st.floats(0.05, 0.98))
def test_what_lies_inside_angle_and_range_is_seen_whatever_the_heading(
    heading: float, angle: float, reach: float, share: float, near: float
):
    assert sees(View(1, LON, LAT, heading, angle, reach), *at(heading + share * angle, near * reach))


@given(headings, angles, ranges, st.floats(1, 179))
def test_what_lies_outside_the_angle_is_not_seen(heading: float, angle: float, reach: float, beyond: float):
    turn = angle / 2 + beyond
    if turn < 180:
        assert not sees(View(1, LON, LAT, heading, angle, reach), *at(heading + turn, max(2.0, reach / 2)))


@given(headings, angles, ranges)
def test_the_outline_lies_on_the_edge_of_what_is_seen(heading: float, angle: float, reach: float):
    view = View(1, LON, LAT, heading, angle, reach)
    ring = outline(view)
    assert ring[0] == ring[-1]
    wider = View(1, LON, LAT, heading, min(360, angle + 1), reach + 1)
    assert all(sees(wider, lon, lat) for lon, lat in ring)


def test_every_point_is_told_with_the_cameras_that_see_it():
    views = [View(2, LON, LAT, 0, 60, 100), View(1, LON, LAT, None, 360, 50)]
    points = [Point(7, *at(0, 40)), Point(8, *at(180, 40)), Point(9, *at(180, 90))]
    assert covered(points, views) == {7: [1, 2], 8: [1], 9: []}
