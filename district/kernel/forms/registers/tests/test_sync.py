"""Departments fill registers: only what a grant gives, only what is new, and never over what others know better."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from district.kernel.forms.models import Entity, EntityWrite
from district.kernel.forms.refused import Refused
from district.kernel.forms.registers import reading, sync, writing
from district.kernel.forms.registers.tests.households import keeper, make_register
from district.kernel.grants.models import Use
from district.kernel.grants.tests import shared_rows

pytestmark = pytest.mark.django_db
COLUMNS = {"wage": "income", "roof": "phone"}
GRANTED = {"items": ["id", "name", "town", "income", "phone"], "plain": ["name", "income", "phone"]}


@pytest.fixture
def resource():
    shared_rows.make_table(12)
    return shared_rows.resource()


@pytest.fixture
def register():
    return make_register()


@pytest.fixture
def source(register, resource):
    shared_rows.grant(resource, register.organisation, **GRANTED)
    return add(register, resource)


def add(register, resource, **fields):
    given = {
        "key_column": "id",
        "columns": COLUMNS,
        "creates": True,
        "label_column": "name",
        "division_column": "town",
    }
    return sync.add_source(register, resource, account=keeper(), **{**given, **fields})


def deliver(number: int, income: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {shared_rows.TABLE} SET income = %s WHERE id = %s",
            [income, number],
        )


def record_of(number: int) -> Entity:
    return next(entity for entity in Entity.objects.all() if reading.value_of(entity, "code") == str(number))


def test_rows_become_records_with_their_source(source):
    outcome = sync.bring(source)
    assert (outcome.rows, outcome.created) == (12, 12)
    entity = record_of(3)
    assert (entity.label, entity.division_code) == ("测试人3", "370306001001")
    assert reading.values_of(entity) == {"code": "3", "wage": "300", "roof": "13800000003"}
    [write] = entity.writes.all()
    assert (write.source, write.organisation.code) == ("提供局：测试人口", "owner")
    assert Use.objects.filter(rows=12).exists()


def test_a_source_that_repeats_itself_writes_nothing(source):
    sync.bring(source)
    outcome = sync.bring(source)
    assert (outcome.same, outcome.changed, outcome.created) == (12, 0, 0)
    assert EntityWrite.objects.count() == 12


def test_a_source_changes_its_own_value(source):
    sync.bring(source)
    deliver(3, 350)
    assert sync.bring(source).changed == 1
    assert reading.value_of(record_of(3), "wage") == "350"
    assert record_of(3).conflicts == {}


def test_a_clerks_correction_stays_until_the_source_says_something_new_and_then_both_are_there(source):
    sync.bring(source)
    writing.update_entity(record_of(3), values={"wage": "320"}, base_version=1)
    sync.bring(source)
    assert reading.value_of(record_of(3), "wage") == "320"
    deliver(3, 350)
    sync.bring(source)
    values = [each.value for each in reading.history_of(record_of(3)).standing["wage"]]
    assert sorted(values) == ["320", "350"]


def test_what_is_settled_stays_settled_when_the_source_repeats_it(source):
    sync.bring(source)
    writing.update_entity(record_of(3), values={"wage": "320"}, base_version=1)
    deliver(3, 350)
    sync.bring(source)
    writing.settle(record_of(3), {"wage": "320"}, account=keeper())
    sync.bring(source, is_forced=True)
    assert record_of(3).conflicts == {}
    assert reading.value_of(record_of(3), "wage") == "320"


def test_rows_of_no_record_are_counted_where_none_may_be_made(register, resource):
    shared_rows.grant(resource, register.organisation, **GRANTED)
    known = writing.create_entity(register, values={"code": "5"}, label="演示五户")
    outcome = sync.bring(add(register, resource, creates=False))
    assert (outcome.unmatched, outcome.changed) == (11, 1)
    assert reading.value_of(Entity.objects.get(pk=known.pk), "wage") == "500"


@pytest.mark.parametrize(
    ("granted", "code"), [(None, "no_grant"), ({**GRANTED, "plain": []}, "masked"), ({"items": ["id"]}, "item_not_granted")]
)  # fmt: skip
def test_nothing_comes_that_no_grant_gives_in_the_clear(register, resource, granted, code):
    if granted:
        shared_rows.grant(resource, register.organisation, **granted)
    with pytest.raises(Refused) as caught:
        add(register, resource)
    assert caught.value.code == code


def test_the_number_of_statements_does_not_grow_with_the_rows(source):
    with CaptureQueriesContext(connection) as few:
        sync.bring(source)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {shared_rows.TABLE} (id, name, number, phone, town, income, born_on)"
            " SELECT n, 'x', 'x', 'x', '370306001001', 1, NULL FROM generate_series(100, 900) AS n"
        )
    with CaptureQueriesContext(connection) as many:
        assert sync.bring(source).created == 801
    assert len(many) <= len(few) + 2
