"""Water classes at their limits, deciding items, main pollutants, rivers and lakes."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.systems.environment.quantities import BadQuantity
from district.systems.environment.standards import table
from district.systems.environment.surface_water import (
    assess_section,
    item_class,
    item_key,
    oxygen_saturation,
    water_grades,
    water_items,
)
from district.systems.environment.water_bodies import assess_river, trophic_state, trophic_weights

CLEAN: dict[str, Any] = {"pH": "7.5", "DO": 8, "CODMn": 1, "COD": 10, "BOD5": 2, "NH3-N": "0.1", "TP": "0.01"}
LIMITED = [
    (water, key)
    for water in ("river", "lake")
    for key, item in water_items(water).items()
    if item.rule != "range"
]


def test_rivers_and_lakes_share_twenty_one_evaluated_items():
    for water in ("river", "lake"):
        assert sum(item.is_evaluated for item in water_items(water).values()) == 21
    assert water_items("river")["TP"].limits[2] == Fraction("0.2")
    assert water_items("lake")["TP"].limits[2] == Fraction("0.05")
    assert "TN" not in water_items("river")


@pytest.mark.parametrize(("water", "key"), LIMITED)
def test_a_value_on_a_limit_keeps_the_best_class_with_that_limit_and_a_hair_beyond_loses_it(water, key):
    item = water_items(water)[key]
    hair = Fraction(1, 10**12) * (-1 if item.rule == "at_least" else 1)
    for limit in item.limits:
        best = item.limits.index(limit) + 1
        assert item_class(item, limit) == best
        assert item_class(item, float(limit)) == best, "a float written as the limit is the limit"
        last = len(item.limits) - item.limits[::-1].index(limit)
        assert item_class(item, limit + hair) == (last + 1 if last < len(item.limits) else 6)


@given(st.sampled_from(LIMITED), st.decimals(0, 50, places=4), st.decimals(0, 50, places=4))
def test_classes_never_improve_as_water_gets_worse(which, one, other):
    water, key = which
    item = water_items(water)[key]
    better, worse = sorted((one, other), reverse=item.rule == "at_least")
    assert item_class(item, better) <= item_class(item, worse)


@given(st.dictionaries(st.sampled_from(sorted(water_items("river"))), st.decimals(0, 14, places=3)))
def test_the_section_is_as_bad_as_its_worst_evaluated_item(values):
    got = assess_section(values)
    items = water_items("river")
    classes = {key: item_class(items[key], value) for key, value in values.items() if items[key].is_evaluated}
    assert got.water_class == max(classes.values(), default=None)
    assert set(got.deciding) == {key for key, number in classes.items() if number == got.water_class}
    assert len(got.missing) + len(got.items) == 21


def test_the_deciding_items_are_named_with_their_multiples():
    got = assess_section(CLEAN | {"NH3-N": "1.8", "TP": "0.35", "COD": 25})
    assert got.water_class == 5
    assert set(got.deciding) == {"NH3-N", "TP"}
    multiples = {one.item.key: one.multiple for one in got.items}
    assert multiples["NH3-N"] == Fraction(4, 5)
    assert multiples["TP"] == Fraction(3, 4)
    assert got.main_pollutants == ("NH3-N", "TP", "COD")
    assert got.meets_target is False


def test_nitrogen_and_coliform_are_judged_apart():
    got = assess_section(CLEAN | {"TN": 9, "coliform": 90000}, "lake")
    assert got.water_class == 1
    assert {one.item.key: one.water_class for one in got.apart} == {"TN": 6, "coliform": 6}


def test_total_phosphorus_depends_on_the_kind_of_water():
    values = CLEAN | {"TP": "0.1"}
    assert assess_section(values, "river").water_class == 2
    assert assess_section(values, "lake").water_class == 4


@pytest.mark.parametrize(("ph", "water_class"), [("5.99", 6), (6, 1), (9, 1), ("9.01", 6)])
def test_acid_and_alkaline_water_is_worse_than_class_five(ph, water_class):
    assert assess_section({"pH": ph}).water_class == water_class


def test_oxygen_may_reach_class_one_by_saturation():
    values = {"DO": "7.2"}
    assert assess_section(values).water_class == 2
    assert assess_section(values, oxygen_percent=90).water_class == 1
    assert assess_section(values, oxygen_percent="89.9").water_class == 2
    assert assess_section(values, temperature=28).water_class == 1
    assert float(oxygen_saturation("9.07", "20")) == pytest.approx(100, abs=0.1)


def test_oxygen_and_ph_have_no_multiple_and_come_after_items_that_have_one():
    got = assess_section({"DO": "2.5", "pH": 5, "NH3-N": "1.7", "CN": "0.3", "COD": 35})
    assert got.main_pollutants == ("CN", "pH", "COD")
    assert {one.item.key: one.multiple for one in got.items}["DO"] is None


def test_clean_water_has_no_main_pollutants_and_no_data_no_class():
    assert assess_section(CLEAN).main_pollutants == ()
    empty = assess_section({"pH": None, "DO": float("nan")})
    assert (empty.water_class, empty.meets_target) == (None, None)


def test_another_target_moves_what_exceeds():
    got = assess_section(CLEAN | {"CODMn": 5}, target_class=2)
    assert got.exceeding == ("CODMn",)
    assert got.main_pollutants == ()
    assert got.items[2].multiple == Fraction(1, 4)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("氨氮", "NH3-N"),
        ("w21003", "NH3-N"),
        ("Ammonia Nitrogen", "NH3-N"),
        ("总磷（河流）", "TP"),
        ("total phosphorus (lake/reservoir)", "TP"),
        ("chromium (VI)", "Cr6"),
        ("水温", "water temperature"),
    ],
)
def test_items_are_known_by_all_their_names(name, key):
    assert item_key(name) == key


def test_names_are_not_ambiguous():
    owners: dict[str, set[str]] = {}
    for row in table("surface_water_classes"):
        for name in filter(None, (row["key"], row["code"], row["zh"], row["en"], *row["aliases"].split("|"))):
            owners.setdefault(name.lower(), set()).add(row["key"])
    assert all(len(keys) == 1 for keys in owners.values())


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"DO": -1}, "negative"),
        ({"pH": 15}, "out_of_range"),
        ({"uranium": 1}, "unknown_item"),
        ({"COD": "high"}, "not_a_number"),
    ],
)
def test_bad_values_are_refused(values, code):
    with pytest.raises(BadQuantity) as refused:
        assess_section(values)
    assert refused.value.code == code


def test_each_class_has_its_quality_and_colour():
    assert [water_grades()[number].quality_zh for number in range(1, 7)] == [
        "优",
        "优",
        "良好",
        "轻度污染",
        "中度污染",
        "重度污染",
    ]


def test_a_river_of_few_sections_is_judged_by_means_and_a_long_one_by_shares():
    clean, dirty = {"COD": 20}, {"COD": 50}
    short = assess_river([clean, dirty])
    assert short is not None
    assert short.quality_zh == "中度污染"
    assert short.main_pollutants == (("COD", 50.0),)
    for dirty_sections, quality in ((0, "优"), (1, "优"), (2, "良好"), (3, "中度污染"), (5, "重度污染")):
        river = assess_river([clean] * (10 - dirty_sections) + [dirty] * dirty_sections)
        assert river is not None
        assert river.quality_zh == quality
    assert assess_river([{}]) is None


def test_trophic_weights_are_those_of_the_method():
    assert {key: round(weight, 4) for key, weight in trophic_weights().items()} == {
        "chl-a": 0.2663,
        "TP": 0.1879,
        "TN": 0.1790,
        "SD": 0.1834,
        "CODMn": 0.1834,
    }


def test_trophic_state_of_a_lake():
    lake: dict[str, Any] = {"chl-a": 10, "TP": "0.05", "TN": 1, "SD": 1, "CODMn": 4}
    got = trophic_state(lake)
    assert got.parts["TN"] == pytest.approx(54.53)
    assert got.parts["chl-a"] == pytest.approx(10 * (2.5 + 1.086 * 2.302585), abs=1e-4)
    assert got.level_zh == ("中营养" if got.tli <= 50 else "轻度富营养")
    assert trophic_state(lake | {"chl-a": 200, "TP": 1, "TN": 9, "SD": "0.2"}).level_zh == "重度富营养"
    assert (
        trophic_state({"chl-a": "0.1", "TP": "0.001", "TN": "0.02", "SD": 20, "CODMn": "0.5"}).level_zh
        == "贫营养"
    )
    with pytest.raises(BadQuantity):
        trophic_state({key: value for key, value in lake.items() if key != "SD"})
    with pytest.raises(BadQuantity):
        trophic_state(lake | {"SD": 0})
