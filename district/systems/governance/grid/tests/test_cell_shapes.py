import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box, mapping, shape

from district.kernel.places.geo import area_m2
from district.systems.governance.grid.cell_shapes import (
    cell_shape,
    merged,
    next_code,
    overlapping,
    split,
    trimmed,
)
from district.systems.governance.grid.refused import Refused

from .conftest import SIDE, SOUTH, WEST, square

GROUND = cell_shape(square())
inside = st.floats(0.1, 0.9)


@given(inside, inside)
def test_a_split_loses_no_ground_and_counts_none_twice(left: float, right: float):
    line = {
        "type": "LineString",
        "coordinates": [[WEST - SIDE, SOUTH + left * SIDE], [WEST + 2 * SIDE, SOUTH + right * SIDE]],
    }

    parts = split(GROUND, line)

    assert sum(area_m2(part) for part in parts) == pytest.approx(area_m2(GROUND), rel=1e-3)
    assert not overlapping(parts[0], {"b": parts[1]})


@given(inside)
def test_merging_what_was_split_gives_the_cell_back(at: float):
    line = {
        "type": "LineString",
        "coordinates": [[WEST + at * SIDE, SOUTH - SIDE], [WEST + at * SIDE, SOUTH + 2 * SIDE]],
    }

    whole = merged(split(GROUND, line))

    assert area_m2(whole.symmetric_difference(GROUND)) < 0.001 * area_m2(GROUND)


@pytest.mark.parametrize(("geometry", "code"), [
    (None, "bad_geometry"),
    ({"type": "Polygon", "coordinates": []}, "not_a_polygon"),
    ({"type": "Polygon", "coordinates": [[[0, 0]]]}, "bad_geometry"),
    ({"type": "Point", "coordinates": [117.8, 36.8]}, "not_a_polygon"),
    (mapping(box(200, 36, 201, 37)), "outside_world"),
    ({"type": "Polygon", "coordinates": [[[117.8, 36.8], [117.9, 36.9], [117.9, 36.8], [117.8, 36.9], [117.8, 36.8]]]},
     "not_simple"),
    (mapping(box(117.8, 36.8, 117.80001, 36.80001)), "bad_area"),
    (mapping(box(117, 36, 119, 38)), "bad_area"),
])  # fmt: skip
def test_a_shape_that_is_no_cell_is_refused_with_its_reason(geometry: object, code: str):
    with pytest.raises(Refused) as refusal:
        cell_shape(geometry)

    assert refusal.value.code == code
    assert refusal.value.field == "polygon"


def test_a_line_that_ends_inside_does_not_split():
    line = {
        "type": "LineString",
        "coordinates": [[WEST - SIDE, SOUTH + SIDE / 2], [WEST + SIDE / 2, SOUTH + SIDE / 2]],
    }

    with pytest.raises(Refused, match="没有从一边到另一边"):
        split(GROUND, line)


def test_cells_that_only_share_a_border_do_not_overlap_and_those_apart_do_not_merge():
    beside, away = cell_shape(square(1)), cell_shape(square(3))

    assert overlapping(GROUND, {"b": beside, "c": away}) == []
    with pytest.raises(Refused, match="不相邻"):
        merged([GROUND, away])


def test_trimming_leaves_to_the_neighbour_what_is_the_neighbours():
    left = trimmed(cell_shape(square(width=2)), {"a": GROUND})

    assert area_m2(left.symmetric_difference(shape(square(1)))) < 50
    with pytest.raises(Refused, match="剩下 0 块"):
        trimmed(GROUND, {"a": shapely.buffer(GROUND, 0.001)})


@given(st.sets(st.integers(1, 999), max_size=998))
def test_a_code_is_never_given_twice(used: set[int]):
    code = next_code("370306001001", [f"370306001001{number:03d}" for number in used])

    assert int(code[12:]) not in used
    assert len(code) == 15
