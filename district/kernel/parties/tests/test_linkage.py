"""Readings, names and addresses taken apart, and the linkage on a register whose doubles are known."""

from __future__ import annotations

import pytest

from district.kernel.parties.linkage import addresses, entity_names, model, records
from district.kernel.parties.linkage.readings import plain, shape, sound, surname
from district.testing import party_register


def test_what_is_heard_or_read_for_another_is_one():
    assert sound("张晓明") == sound("章小铭")
    assert shape("戊己") == shape("戍已")
    assert plain("蕭　峯（ＡＢ）") == "肖峰ab"
    assert surname("欧阳小明") == "欧阳"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("淄博市周村区鸿远纺织有限责任公司", "鸿远纺织"),
        ("淄博（周村）鸿远纺织有限公司", "山东鸿远纺织集团有限公司"),
        ("周村区李明餐馆（个体工商户）", "李明（周村区李明餐馆）"),
    ],
)
def test_names_of_one_enterprise_have_one_core(one: str, other: str):
    assert entity_names.parsed(one).core == entity_names.parsed(other).core


def test_a_branch_is_not_its_head_office():
    head, branch = (entity_names.parsed(name) for name in ("鸿远纺织有限公司", "鸿远纺织有限公司王村分公司"))
    assert (head.trade, head.branch) == (branch.trade, "")
    assert branch.branch == "王村"


@pytest.mark.parametrize("name", ["", "厂", "公司", "淄博", "周村区", "（）", "123", "中国银行", "A"])
def test_no_name_is_too_short_to_be_taken_apart(name: str):
    assert entity_names.parsed(name).core == plain(name) or entity_names.parsed(name).trade


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("山东省淄博市周村区丝绸路街道丝绸路106号3号楼2单元501室", "周村区丝绸路106号3栋2单元501"),
        ("周村区丝绸路106号三号楼二单元501", "淄博市周村区丝绸路106号3-2-501室"),
    ],
)
def test_ways_of_writing_one_door_are_one(one: str, other: str):
    parts = [addresses.parsed(text) for text in (one, other)]
    assert len({(each.road, each.number, each.building, each.unit, each.room) for each in parts}) == 1


def test_a_village_is_one_whatever_its_committee_is_called():
    texts = ("周村区萌水镇仁和村", "淄博市周村区萌水仁和村委会", "周村区萌水镇仁和村民委员会")
    assert {(addresses.parsed(text).town, addresses.parsed(text).village) for text in texts} == {
        ("萌水", "仁和")
    }


def f1(kind: str, count: int, seed: int) -> tuple[float, float]:
    """F1 over pairs, and the share of pairs linked without a person that are right."""
    drawn = getattr(party_register, kind)(count, seed)
    truth = party_register.true_pairs(drawn)
    rules = model.PERSONS if kind == "persons" else model.ENTITIES
    table = getattr(records, kind)(party_register.as_records(drawn))
    found = model.pairs(table, rules, least_probability=0.5)
    pairs = {(min(pair.left, pair.right), max(pair.left, pair.right)) for pair in found}
    sure = [(min(pair.left, pair.right), max(pair.left, pair.right)) for pair in found if rules.is_sure(pair)]
    right = len(pairs & truth)
    return 2 * right / (len(pairs) + len(truth)), sum(pair in truth for pair in sure) / max(len(sure), 1)


@pytest.mark.parametrize(("kind", "floor"), [("persons", 0.90), ("entities", 0.90)])
def test_doubles_are_found_and_what_needs_no_person_is_right(kind: str, floor: float):
    found, sure = f1(kind, 350, 7)
    assert found > floor
    assert sure > 0.995


def test_two_numbers_that_both_hold_are_two_persons():
    same = {"name": "张三", "phone": "13800000000", "address": "周村区丝绸路1号2号楼1单元101室"}
    rows = [
        {"id": 1, "number": "11010519491231002X", **same},
        {"id": 2, "number": "440524188001010014", **same},
    ]
    assert model.pairs(records.persons(rows), model.PERSONS) == []
    rows[1]["number"] = "11010519491213002X"
    found = model.pairs(records.persons(rows), model.PERSONS)
    assert [(pair.left, pair.right) for pair in found] == [(1, 2)]
    assert sum(entry["weight"] for entry in found[0].explanation) == pytest.approx(found[0].weight, abs=0.01)


def test_two_files_are_linked_across_and_not_within():
    rows = [
        {"id": "a1", "name": "张三", "phone": "13800000000"},
        {"id": "a2", "name": "张三", "phone": "13800000000"},
    ]
    other = [{"id": "b1", "name": "张三", "phone": "13800000000"}]
    found = model.pairs([records.persons(rows), records.persons(other)], model.PERSONS, least_probability=0.1)
    assert {(pair.left[0], pair.right[0]) for pair in found} == {("a", "b")}


def test_nobody_has_no_doubles():
    assert model.pairs(records.persons([]), model.PERSONS) == []
