"""What a grant lets out, and what it does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import duckdb
import pytest
from django.db import connection

from district.kernel import clock
from district.kernel.datasets.models import Resource
from district.kernel.grants import row_rules, rules
from district.kernel.grants.models import Grant
from district.kernel.grants.refused import Refused
from district.kernel.grants.row_rules import Rule
from district.kernel.grants.tests import shared_rows
from district.kernel.grants.viewers import ANYBODY, Viewer, viewer_of
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared() -> Resource:
    shared_rows.make_table()
    return shared_rows.resource()


@pytest.fixture
def asker() -> Viewer:
    return viewer_of(account("brain.provider", unit=organisation("asker", name="申请局")))


def rows(rule: Rule, source: str | None = None, **options: Any) -> list[dict[str, Any]]:
    sql, parameters = rules.relation_sql(
        rule, "postgres", source or rules.table_sql(shared_rows.TABLE), **options
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_without_a_grant_nothing_is_readable(shared: Resource, asker: Viewer):
    assert rules.columns_and_rows(asker, shared) is None
    assert rules.columns_and_rows(ANYBODY, shared) is None


def test_a_grant_lets_out_its_items_masked_and_its_towns(shared: Resource, asker: Viewer):
    shared_rows.grant(
        shared, organisation("asker"), items=["name", "number", "town"], divisions=["370306001"]
    )
    rule = rules.columns_and_rows(asker, shared)
    found = rows(rule)
    assert {row["town"] for row in found} == {"370306001001"}
    assert len(found) == 10
    assert all(row["name"].endswith("*") or "*" in row["name"] for row in found)
    assert found[0].keys() == {"name", "number", "town"}
    with pytest.raises(Refused) as refused:
        rule.column("phone")
    assert refused.value.code == "item_not_granted"


def test_a_sensitive_item_without_a_mask_is_empty_unless_granted_in_the_clear(
    shared: Resource, asker: Viewer
):
    grant = shared_rows.grant(shared, organisation("asker"), items=["income"])
    assert {row["income"] for row in rows(rules.columns_and_rows(asker, shared))} == {None}
    Grant.objects.filter(pk=grant.pk).update(plain=["income"])
    assert rows(rules.columns_and_rows(asker, shared))[0]["income"] == 100.0


def test_masks_of_a_grant_only_make_it_stricter(shared: Resource, asker: Viewer):
    shared_rows.grant(
        shared, organisation("asker"), items=["name", "number", "phone", "town"],
        masks={"number": "id_number_public", "phone": "email", "town": "hidden"},
    )  # fmt: skip
    assert {column.name: column.mask for column in rules.columns_and_rows(asker, shared).columns} == {
        "name": "person_name", "number": "id_number_public", "phone": "hidden", "town": "hidden",
    }  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"state": "withdrawn"}, {"state": "suspended"}, {"revision": 2},
        {"ends_at": clock.now() - timedelta(hours=1)},
    ],
)  # fmt: skip
def test_a_rule_taken_before_the_change_gives_nothing_after_it(shared: Resource, asker: Viewer, change: dict):
    grant = shared_rows.grant(shared, organisation("asker"))
    rule = rules.columns_and_rows(asker, shared)
    assert len(rows(rule)) == 30
    assert rules.still_holds([rule])
    Grant.objects.filter(pk=grant.pk).update(**change)
    assert rows(rule) == []
    assert not rules.still_holds([rule])


def test_conditions_are_parameters_and_a_lost_item_lets_nothing_through(shared: Resource, asker: Viewer):
    grant = shared_rows.grant(
        shared, organisation("asker"), items=["id"],
        conditions=[{"item": "income", "op": "ge", "value": 2000}, {"item": "name", "op": "ne", "value": "' OR 1=1 --"}],
    )  # fmt: skip
    assert [row["id"] for row in rows(rules.columns_and_rows(asker, shared))] == list(range(20, 31))
    Grant.objects.filter(pk=grant.pk).update(conditions=[{"item": "gone", "op": "eq", "value": 1}])
    rule = rules.columns_and_rows(asker, shared)
    assert "FALSE" in rules.relation_sql(rule, "postgres", "x")[0]


def test_towns_without_an_item_that_says_them_let_nothing_through(shared: Resource, asker: Viewer):
    shared.items.filter(name="town").update(holds="")
    shared_rows.grant(shared, organisation("asker"), items=["id"], divisions=["370306001"])
    assert rows(rules.columns_and_rows(asker, shared)) == []


def test_the_lake_gives_what_the_database_gives(shared: Resource, asker: Viewer):
    shared_rows.grant(
        shared, organisation("asker"), items=[item[0] for item in shared_rows.ITEMS], plain=["income"],
        divisions=["370306002", "370306101"], conditions=[{"item": "born_on", "op": "lt", "value": "1970-01-01"}],
    )  # fmt: skip
    rule = rules.columns_and_rows(asker, shared)
    expected = [tuple(row.values()) for row in rows(rule)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {shared_rows.TABLE}")
        everything = cursor.fetchall()
    with duckdb.connect() as engine:
        engine.execute(
            "CREATE TABLE t (id BIGINT, name VARCHAR, number VARCHAR, phone VARCHAR, town VARCHAR, income DOUBLE,"
            " born_on DATE)"
        )
        engine.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?)", everything)
        sql, parameters = rules.relation_sql(rule, "duckdb", "SELECT * FROM t")
        assert sorted(engine.execute(sql, parameters).fetchall()) == sorted(expected)
    assert expected


def test_open_data_are_the_harmless_items_only(shared: Resource):
    shared.is_open_to_public = True
    assert rules.columns_and_rows(ANYBODY, shared).names == ("id", "town")
    shared.is_secret = True
    assert rules.columns_and_rows(ANYBODY, shared) is None


def test_the_provider_reads_its_own_rows_with_sensitive_items_masked(shared: Resource):
    rule = rules.columns_and_rows(viewer_of(account("brain.provider", unit=organisation("owner"))), shared)
    assert rule.is_own
    assert rows(rule)[0]["phone"] == "138****0001"


@pytest.mark.parametrize(
    ("kind", "op", "value", "code"),
    [
        ("integer", "eq", "x", "bad_value"), ("date", "lt", "2026-02-30", "bad_value"),
        ("datetime", "lt", "2026-02-01T00:00", "bad_value"), ("integer", "prefix", "1", "bad_condition"),
        ("text", "like", "%", "bad_condition"), ("text", "eq", "a\0b", "bad_value"),
        ("integer", "eq", "9" * 30, "bad_value"), ("text", "in", ["x"] * 300, "bad_condition"),
    ],
)  # fmt: skip
def test_a_condition_that_makes_no_sense_is_refused_by_name(kind: str, op: str, value: Any, code: str):
    with pytest.raises(Refused) as refused:
        row_rules.condition("item", kind, op, value)
    assert (refused.value.code, refused.value.field) == (code, "item")
