import csv
import os
from collections import Counter
from pathlib import Path

import pytest
from django.test import Client
from shapely.geometry import Point, shape
from shapely.ops import unary_union

from district.kernel.places import geo, queries
from district.kernel.places.divisions_source import PackagesMissing, division_rows, town_centres
from district.kernel.places.models import Address, Division
from district.kernel.places.seed import seed_divisions


@pytest.fixture(scope="module")
def rows():
    try:
        return division_rows()
    except PackagesMissing as missing:
        pytest.skip(str(missing))


@pytest.fixture
def seeded(db, rows):
    seed_divisions()
    return rows


def test_the_district_has_ten_towns_and_250_villages_each_below_its_parent(rows):
    assert Counter(row.level for row in rows) == {"district": 1, "town": 10, "village": 250}
    codes = {row.code for row in rows}
    assert all(row.parent in codes and row.code.startswith(row.parent) for row in rows if row.parent)


def test_towns_fill_the_district_without_overlap(rows):
    district = shape(rows[0].polygon)
    towns = [shape(row.polygon) for row in rows if row.level == "town"]
    assert unary_union(towns).symmetric_difference(district).area < 1e-6 * district.area + 1e-7
    assert sum(town.area for town in towns) == pytest.approx(district.area, rel=1e-3)
    assert rows[0].area_m2 == pytest.approx(306e6, rel=0.02)


def test_every_town_centre_and_village_is_inside_its_town(rows):
    towns = {row.code: shape(row.polygon).buffer(1e-6) for row in rows if row.level == "town"}
    assert set(town_centres()) == set(towns)
    for row in rows:
        if row.level != "district":
            assert towns[row.code[:9]].contains(Point(row.lon, row.lat)), row.name
            assert row.is_schematic


def test_missing_packages_are_named_with_the_command_to_run(tmp_path):
    with pytest.raises(PackagesMissing, match="npm ci"):
        division_rows(tmp_path)


def test_codes_and_names_equal_the_reference_tables(rows):
    reference = os.environ.get("DISTRICT_REFERENCE")
    if not reference:
        pytest.skip("DISTRICT_REFERENCE is not set: no reference tables to compare with")
    expected = {}
    for name in ("zhoucun_streets.csv", "zhoucun_villages.csv"):
        with (Path(reference) / "data" / "divisions" / name).open(encoding="utf-8") as file:
            expected.update({row["code"]: row["name"] for row in csv.DictReader(file)})
    assert {row.code: row.name for row in rows if row.level != "district"} == expected


def test_seeding_twice_changes_nothing(seeded):
    assert Division.objects.count() == 261
    before = set(Division.objects.values_list("code", "updated_at"))
    assert seed_divisions() == 0
    assert set(Division.objects.values_list("code", "updated_at")) == before
    assert Address.objects.count() == 250


def test_a_position_is_in_the_town_whose_centre_is_nearest(seeded):
    for code, (lon, lat) in town_centres().items():
        division = queries.division_at(lon, lat)
        assert division is not None
        assert division.code == code
    assert queries.division_at(116.40, 39.90) is None
    assert queries.division_codes_at([117.736], [36.683], level="district") == ["370306"]


def test_nearest_in_the_database_equals_sorting_by_distance(seeded):
    villages = Division.objects.filter(level="village")
    points = [(117.87, 36.80), (117.70, 36.66), (117.95, 36.85)]
    for (lon, lat), found in zip(points, queries.nearest(villages, points, k=5), strict=True):
        rows = [row for row in seeded if row.level == "village"]
        by_hand = sorted(geo.distance_m(lon, lat, row.lon, row.lat) for row in rows)
        assert [near.distance_m for near in found] == pytest.approx(by_hand[:5])


def test_an_address_is_found_by_a_part_of_it_and_by_a_near_miss(seeded):
    assert "前沟村" in queries.addresses_like("前沟村")[0].text
    assert "仇套村" in queries.addresses_like("周村区北郊镇仇套社区")[0].text


def test_the_geojson_is_public_and_answered_from_cache_when_unchanged(seeded):
    client = Client()
    answer = client.get("/places/divisions.geojson?level=town")
    assert answer.status_code == 200
    assert {feature["properties"]["name"] for feature in answer.json()["features"]} >= {"王村镇", "大街街道"}
    again = client.get("/places/divisions.geojson?level=town", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    wrong = client.get("/places/divisions.geojson?level=planet")
    assert wrong.status_code == 400
    assert wrong.json()["error"] == "unknown_level"
