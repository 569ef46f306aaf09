import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.places.echarts_maps import MapScriptError, area_shape, unpacked, unpacked_ring


def packed(points: list[tuple[int, int]]) -> tuple[str, list[int]]:
    """The packing, written the other way round, in thousandths of a degree's neighbour: 1/1024."""
    text, (x, y) = "", points[0]
    start = [x, y]
    for px, py in points:
        for step in (px - x, py - y):
            text += chr((((step << 1) ^ (step >> 31)) & 0xFFFF) + 64)
        x, y = px, py
    return text, start


@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 4000)), min_size=1, max_size=50))
def test_a_packed_ring_unpacks_to_the_points_that_were_packed(points):
    text, start = packed(points)
    assert unpacked_ring(text, start) == [[x / 1024, y / 1024] for x, y in points]


def script(tmp_path, geometry):
    feature = {"type": "Feature", "properties": {"name": "甲区"}, "geometry": geometry}
    collection = {"type": "FeatureCollection", "UTF8Encoding": True, "features": [feature]}
    path = tmp_path / "map.js"
    path.write_text(f"(function(e){{e.registerMap('甲', {json.dumps(collection)});}})(x)", encoding="utf-8")
    return path


def test_an_area_is_found_by_name_and_a_missing_one_is_named(tmp_path):
    ring, start = packed([(0, 0), (1024, 0), (1024, 1024), (0, 1024), (0, 0)])
    path = script(tmp_path, {"type": "Polygon", "coordinates": [ring], "encodeOffsets": [start]})
    assert area_shape(path, "甲区").area == pytest.approx(1.0)
    with pytest.raises(MapScriptError, match="乙区"):
        area_shape(path, "乙区")


def test_several_parts_are_unpacked_and_plain_geometry_is_left_alone():
    ring, start = packed([(0, 0), (10, 0), (10, 10), (0, 0)])
    several = {"type": "MultiPolygon", "coordinates": [[ring], [ring]], "encodeOffsets": [[start], [start]]}
    assert len(unpacked(several)["coordinates"]) == 2
    plain = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    assert unpacked(plain) is plain


def test_a_script_without_a_map_is_refused(tmp_path):
    path = tmp_path / "empty.js"
    path.write_text("(function(){})()")
    with pytest.raises(MapScriptError):
        area_shape(path, "甲区")
