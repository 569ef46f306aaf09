"""Parties taken from published versions of resources."""

from __future__ import annotations

from datetime import timedelta

import pyarrow as pa
import pytest
from django.db import connection

from district.kernel.clock import now
from district.kernel.datasets.models import Item, Resource, Shelf
from district.kernel.datasets.versions import open_version
from district.kernel.parties.actions import find
from district.kernel.parties.doubles import link
from district.kernel.parties.models import Attribute, Candidate, Name, Party, Relation, Taken
from district.kernel.parties.refused import Refused
from district.kernel.parties.retention import forget_expired
from district.kernel.parties.taking import plan_of, resources_with_parties, take
from district.testing.parties import citizen_number, credit_code
from district.testing.people import organisation

pytestmark = pytest.mark.django_db


def resource(
    *items: tuple[str, str, str], ground: str = "测试依据", table: str = "", keys: tuple[str, ...] = ()
) -> Resource:
    made = Resource.objects.create(
        name="zhoucun.register", code="1/1", title="登记", category="1", provider=organisation(), shelf=Shelf.PUBLISHED,
        share_condition=ground, table=table,
    )  # fmt: skip
    for place, (name, title, holds) in enumerate(items):
        Item.objects.create(
            resource=made, position=place, name=name, title=title, holds=holds, is_key=name in keys
        )
    return made


def deliver(to: Resource, mode: str = "append", **columns: list) -> None:
    with open_version(to, made_by="test", mode=mode) as draft:
        draft.write(
            [pa.record_batch({name: pa.array(values, pa.string()) for name, values in columns.items()})]
        )
        draft.publish()


ENTERPRISES = (
    ("code", "统一社会信用代码", "entity_code"), ("name", "企业名称", ""), ("who", "法定代表人", ""),
    ("who_id", "法定代表人证件号码", "person_id"), ("tax", "纳税额", ""),
)  # fmt: skip


def test_a_published_version_brings_enterprises_with_those_who_answer_for_them():
    register = resource(*ENTERPRISES)
    deliver(register, code=[credit_code(1), "坏"], name=["甲厂", "乙厂"], who=["张三", "李四"],
            who_id=[citizen_number(1), citizen_number(2)], tax=["1", "2"])  # fmt: skip
    receipt = take(register)
    assert receipt is not None
    assert (receipt.rows, receipt.refused) == (2, {"form": 1})
    entity = find("credit", credit_code(1))
    assert entity is not None
    assert entity.name == "甲厂"
    assert Relation.objects.get().other == find("citizen", citizen_number(1))
    assert set(Attribute.objects.values_list("key", flat=True)) == {"representative"}


def test_a_version_is_taken_once_and_only_its_new_files_are_read():
    register = resource(("id", "身份证号", "person_id"), ("name", "姓名", ""))
    deliver(register, id=[citizen_number(1)], name=["甲"])
    assert take(register).rows == 1
    assert take(register) is None
    deliver(register, id=[citizen_number(2)], name=["乙"])
    assert take(register).rows == 1
    assert (Party.objects.count(), Taken.objects.count()) == (2, 2)


def test_a_dataset_that_a_system_lends_is_read_from_its_view():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY VIEW lent AS SELECT %s AS code, '丙厂' AS source", [credit_code(3)])
    register = resource(("code", "统一社会信用代码", "entity_code"), ("source", "企业", ""), table="lent")
    assert resources_with_parties() == [register]
    take(register)
    assert find("credit", credit_code(3)).name == "丙厂"


def test_persons_are_not_taken_without_a_ground():
    register = resource(("id", "身份证号", "person_id"), ("name", "姓名", ""), ground="")
    deliver(register, id=[citizen_number(1)], name=["甲"])
    with pytest.raises(Refused):
        take(register)


def test_a_resource_without_numbers_of_anybody_gives_nobody():
    assert plan_of([Item(name="aqi", title="空气质量指数", position=1)]) is None


def test_an_employer_makes_the_row_the_persons():
    items = [
        Item(name="id", title="身份证号", holds="person_id"),
        Item(name="unit", title="参保单位", holds="entity_code"),
    ]
    plan = plan_of(items)
    assert plan is not None
    assert (plan.of, list(plan.related)) == ("person", ["employer"])


def test_a_row_with_a_wrong_number_becomes_a_candidate_of_whom_it_is():
    register = resource(("row", "编号", ""), ("id", "身份证号", "person_id"), ("name", "姓名", ""), ("phone", "手机号", ""),
                        keys=("row",))  # fmt: skip
    right = citizen_number(1)
    wrong = right[:8] + right[9] + right[8] + right[10:]
    deliver(register, row=["1", "2", "3"], id=[right, wrong, citizen_number(900)], name=["张晓明", "张小明", "王五"],
            phone=["13800000000", "13800000000", "13911112222"])  # fmt: skip
    take(register)
    assert Party.objects.count() == 3
    waiting, linked = link("person")
    assert waiting == 1
    pair = Candidate.objects.get()
    assert {pair.left_id, pair.right_id} == set(
        Party.objects.exclude(name="王五").values_list("pk", flat=True)
    )
    assert {entry["field"]: entry["level"] for entry in pair.explanation}["name"] == "variant"
    assert linked in (0, 1)


def test_what_is_over_is_forgotten_and_what_is_repeated_stays():
    register = resource(("id", "身份证号", "person_id"), ("name", "姓名", ""))
    deliver(register, id=[citizen_number(1)], name=["甲"])
    take(register)
    assert forget_expired(now() + timedelta(days=1000)) == 0
    assert forget_expired(now() + timedelta(days=1100)) == 1
    assert not Name.objects.exists()
    assert Party.objects.get().name == ""
