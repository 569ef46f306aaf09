"""Registers on pages: who sees which records, values with their sources, conflicts side by side, settled once."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from district.kernel.forms.models import Entity, EntityWrite, RegisterItem, RegisterSource
from district.kernel.forms.registers import reading, writing
from district.kernel.forms.registers.tests.households import (
    OTHER_VILLAGE,
    VILLAGE,
    clerk,
    filled,
    keeper,
    make_form,
    make_register,
    send,
)
from district.kernel.forms.tests import filling
from district.kernel.grants.tests import shared_rows
from district.kernel.people.models import AuditEntry
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db
NAME = uuid.UUID("3f2504e0-4f89-41d3-9a0c-0305e82c3302")


@pytest.fixture
def register():
    return make_register()


@pytest.fixture
def household(register):
    values = {"code": "H-1", "wage": "0", "roof": "瓦", "card": "演示证件0001"}
    return writing.create_entity(register, uuid=NAME, label="演示一户", values=values, division_code=VILLAGE)


@pytest.fixture
def conflict(register, household):
    form, by = make_form(register), clerk()
    send(form, filled(NAME, base=1, wage="900", minutes=9), by)
    send(form, filled(NAME, base=1, wage="800", minutes=5), by)
    return Entity.objects.get(uuid=NAME)


def page(client, by, name, *args, **query) -> str:
    client.force_login(by)
    answer = client.get(reverse(f"forms:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_clerk_sees_the_records_of_his_village_and_a_stranger_none(client, register, household):
    writing.create_entity(register, label="外村一户", values={"code": "H-2"}, division_code=OTHER_VILLAGE)
    make_form(register)
    shown = page(client, clerk(), "register", register.pk)
    assert "演示一户" in shown
    assert "外村一户" not in shown
    client.force_login(clerk(OTHER_VILLAGE))
    assert client.get(reverse("forms:entity", args=[household.pk])).status_code == 404
    client.force_login(account("affairs.leader"))
    assert client.get(reverse("forms:registers")).status_code == 403


def test_the_table_sorts_numbers_as_numbers_and_filters(client, register, household):
    for label, wage in (("演示二户", "1000"), ("演示三户", "90"), ("演示四户", "不详")):
        writing.create_entity(register, label=label, values={"wage": wage}, division_code=VILLAGE)
    wage = f"i{[item.name for item in register.items.all()].index('wage')}"
    shown = page(client, keeper(), "register", register.pk, **{"records-sort": f"-{wage}"})
    assert shown.index("演示二户") < shown.index("演示三户") < shown.index("演示四户")
    narrowed = page(
        client, keeper(), "register", register.pk,
        **{"records.label": "户", f"records.{wage}.to": "95", f"records.{wage}.from": "1"},
    )  # fmt: skip
    assert "演示三户" in narrowed
    assert "演示二户" not in narrowed


def test_sensitive_values_are_masked_on_pages_and_in_files(client, register, household):
    boss = keeper()
    assert "证件0001" not in page(client, boss, "register", register.pk)
    answer = client.get(reverse("forms:register", args=[register.pk]), {"records-export": "csv"})
    text = b"".join(answer.streaming_content).decode()
    assert "演示一户" in text
    assert "证件0001" not in text


def test_a_look_at_sensitive_values_needs_a_purpose_and_is_noted(client, household):
    boss = keeper()
    assert "证件0001" not in page(client, boss, "entity", household.pk)
    address = reverse("forms:entity_reveal", args=[household.pk])
    assert client.post(address, {"reveal-purpose": ""}).status_code == 422
    assert "演示证件0001" in client.post(address, {"reveal-purpose": "入户核对"}).content.decode()
    looks = AuditEntry.objects.filter(action="look", subject=str(NAME)).order_by("seq")
    assert [look.purpose for look in looks][-1] == "入户核对"
    assert looks.last().fields == ["card"]


def test_both_values_stand_side_by_side_with_who_and_when(client, conflict):
    shown = page(client, keeper(), "entity", conflict.pk)
    assert "有 2 个不同的值" in shown
    assert shown.index(">900<") < shown.index(">800<")
    assert "collect:演示手机" in shown
    assert "演示一户" in page(client, keeper(), "conflicts")


def test_a_conflict_is_settled_with_a_reason_on_what_was_seen(client, conflict):
    client.force_login(keeper())
    address = reverse("forms:entity_settle", args=[conflict.pk])
    given = {"item": "wage", "choice": "3", "version": "3", "reason": "看过工资单"}
    assert client.post(address, {**given, "reason": ""}).status_code == 422
    assert client.post(address, {**given, "choice": "7"}).status_code == 422
    assert client.post(address, {**given, "version": "2"}).status_code == 409
    assert client.post(address, given).status_code == 302
    settled = Entity.objects.get(pk=conflict.pk)
    assert (settled.conflicts, settled.values["wage"]) == ({}, "800")
    assert "看过工资单" in page(client, keeper(), "entity", conflict.pk)


def test_neither_may_be_right(client, conflict):
    client.force_login(keeper())
    given = {"item": "wage", "choice": "other", "value": "850", "version": "3", "reason": "电话核对"}
    assert client.post(reverse("forms:entity_settle", args=[conflict.pk]), given).status_code == 302
    assert Entity.objects.get(pk=conflict.pk).values["wage"] == "850"


def test_a_grade_that_rises_seals_what_is_there(client, register, household):
    item = register.items.get(name="roof")
    client.force_login(keeper())
    answer = client.post(reverse("forms:register_item", args=[item.pk]), {"title": "屋面", "grade": "3"})
    assert answer.status_code == 302
    assert "瓦" not in str(Entity.objects.get(pk=household.pk).values)
    assert "瓦" not in str(EntityWrite.objects.get(entity=household).values)
    assert reading.value_of(Entity.objects.get(pk=household.pk), "roof") == "瓦"


def test_another_key_finds_records_by_it(client, register, household):
    before = Entity.objects.get(pk=household.pk).key
    item = register.items.get(name="card")
    client.force_login(keeper())
    client.post(
        reverse("forms:register_item", args=[item.pk]), {"title": "证件", "grade": "3", "is_key": "on"}
    )
    assert list(RegisterItem.objects.filter(is_key=True)) == [item]
    assert Entity.objects.get(pk=household.pk).key not in ("", before)


def test_a_source_is_set_up_on_the_page_only_where_a_grant_is(client, register):
    resource = shared_rows.resource()
    client.force_login(keeper())
    address = reverse("forms:new_register_source", args=[register.pk])
    given = {"resource": resource.pk, "key_column": "id", "columns": "wage=income", "creates": "on"}
    assert "没有获得" in client.post(address, given).content.decode()
    shared_rows.grant(resource, register.organisation, items=["id", "income"], plain=["income"])
    assert client.post(address, {**given, "columns": "wage"}).status_code == 422
    assert client.post(address, given).status_code == 302
    assert RegisterSource.objects.get().columns == {"wage": "income"}
    assert "测试人口" in page(client, keeper(), "register", register.pk)


def test_what_waits_is_shown_with_its_reason(client, register):
    send(make_form(register), filled(NAME, base=1, wage="900"), clerk())
    assert "还没有这条记录" in page(client, keeper(), "register_waiting", register.pk)


def test_two_edits_of_one_form_are_shown_and_settled(client):
    form, by = filling.make_form(organisation=organisation("agriculture")), clerk()
    first = filling.new_id()
    send(form, filling.filled_xml(first), by)
    for wage, end in (("1300", "11:00"), ("1400", "12:00")):
        xml = filling.filled_xml(
            filling.new_id(), deprecated=first, wage=wage, end=f"2026-11-03T{end}:00.000+08:00"
        )
        made = send(form, xml, by)
    made.refresh_from_db()
    later, earlier = made.conflicts["income/wage"]
    assert made.values["income/wage"] == "1400"
    shown = page(client, keeper(), "edits", made.pk)
    assert shown.index("1400") < shown.index("1300")
    given = {"path": "income/wage", "choice": earlier, "reason": "本人确认"}
    assert client.post(reverse("forms:settle_edit", args=[made.pk]), given).status_code == 302
    made.refresh_from_db()
    assert (made.conflicts, made.values["income/wage"]) == ({}, "1300")
    assert later != earlier
