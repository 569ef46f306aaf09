"""What reaches or describes a person lies sealed in the database, and is read, compared and repeated all the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from district.kernel.parties.actions import note
from district.kernel.parties.models import Attribute
from district.testing.parties import START, citizen_number, entity, person, register

pytestmark = pytest.mark.django_db


def stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(a::text, '|') FROM parties_attribute AS a")
        return str(cursor.fetchone()[0])


def test_facts_of_persons_are_sealed_and_read_as_they_were_said():
    person(1, phone="13800000001", address="周村区演示路1号", education="本科", sex="男")
    assert not [each for each in ("13800000001", "演示路", "本科") if each in stored()]
    assert dict(Attribute.objects.values_list("key", "value")) == {
        "phone": "13800000001", "address": "周村区演示路1号", "education": "本科", "sex": "男",
    }  # fmt: skip


def test_a_sealed_fact_that_is_said_again_is_one_fact_with_a_later_time():
    number, source = citizen_number(1), register()
    for day in (0, 2, 1):
        note("citizen", number, {"name": "张三", "phone": "13800000001"}, source, START + timedelta(days=day))
    fact = Attribute.objects.get()
    assert (fact.first_at, fact.source_at) == (START, START + timedelta(days=2))
    note("citizen", number, {"name": "张三", "phone": "13900000002"}, source, START + timedelta(days=3))
    assert Attribute.objects.get(is_current=True).value == "13900000002"


def test_facts_of_entities_are_public_and_stay_readable():
    entity(1, address="周村区演示路1号")
    assert "演示路1号" in stored()
