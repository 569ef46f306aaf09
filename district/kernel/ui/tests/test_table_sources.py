"""The three sources of a table must answer alike: they are compared with each other on made-up rows."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from district.kernel import clock
from district.kernel.places.models import Division, Level
from district.kernel.ui.table_sources import ListSource, QuerySetSource, SqlSource, source_of, value_of
from district.kernel.ui.table_state import Condition

START = datetime(2026, 11, 1, tzinfo=clock.CHINA)
ROWS = [
    {"code": f"{index:03d}", "name": ("100%" if index % 5 == 0 else "a_b") + f" 站{index % 7}",
     "value": None if index % 4 == 0 else index % 9 - 3.5, "at": START + timedelta(hours=5 * index)}
    for index in range(60)
]
SQL = """SELECT * FROM jsonb_to_recordset(%s::jsonb) AS given(code text, name text, value float8, at timestamptz)"""


def sql_source() -> SqlSource:
    import orjson

    return SqlSource(SQL, [orjson.dumps(ROWS).decode()], key="code")


words = st.sampled_from(["站", "%", "_", "100%", "A_B", "站3", "\\", "'", "没有"])
days = st.integers(-2, 15).map(lambda day: START + timedelta(days=day))
numbers = st.floats(-5, 7, allow_nan=False).map(lambda value: round(value * 2) / 2)
conditions = st.one_of(
    st.builds(Condition, st.just("name"), st.just("contains"), words),
    st.builds(Condition, st.just("code"), st.just("is"), st.sampled_from(["003", "059", "x"])),
    st.builds(Condition, st.just("value"), st.sampled_from(["from", "to"]), numbers),
    st.builds(Condition, st.just("at"), st.sampled_from(["from", "before"]), days),
)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(conditions, max_size=3), st.sampled_from(["code", "value", "at"]), st.booleans(), st.integers(0, 30))
def test_sql_and_list_narrow_sort_and_page_alike(narrowing, key, is_descending, start):
    sql = sql_source().narrowed(narrowing).ordered(key, is_descending)
    # A stable sort by the tie-breaker first is what `key=` means in SQL.
    plain = ListSource(ROWS).narrowed(narrowing).ordered("code", False).ordered(key, is_descending)
    if is_descending:
        plain = ListSource(ROWS[::-1]).narrowed(narrowing).ordered(key, True)
        plain = ListSource(_ties_ascending(plain.listed, key))

    assert [row["code"] for row in sql.rows(start, start + 10)] == [row["code"] for row in plain.rows(start, start + 10)]
    assert sql.count(1000) == plain.count(1000)
    assert [row["code"] for row in sql.each()] == [row["code"] for row in plain.each()]


def _ties_ascending(rows: list, key: str) -> list:
    order = {value: index for index, value in enumerate(dict.fromkeys(row[key] for row in rows))}
    return sorted(rows, key=lambda row: (order[row[key]], row["code"]))


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["郊", "%", "北_", ""])
def test_a_queryset_finds_what_a_list_finds(word: str):
    for index, name in enumerate(["北郊镇", "南郊镇", "100%镇", "北_镇"]):
        Division.objects.create(code=f"37030699{index}", name=name, level=Level.TOWN, lon=117.8, lat=36.8)
    narrowing = [Condition("name", "contains", word)] if word else []
    rows = Division.objects.filter(code__startswith="37030699")

    found = QuerySetSource(rows).narrowed(narrowing).ordered("name", False)

    expected = ListSource([{"code": row.code, "name": row.name} for row in rows]).narrowed(narrowing)
    assert {row.code for row in found.rows(0, 10)} == {row["code"] for row in expected.listed}
    assert [row.pk for row in found.each()] == [row.pk for row in found.rows(0, 10)]
    assert found.count(2) == min(3, len(expected.listed))


@pytest.mark.parametrize("key", ['code" OR 1=1 --', "a b", "", "a;b"])
def test_a_column_name_that_is_not_a_name_never_reaches_the_database(key: str):
    with pytest.raises(ValueError, match="not the name of a column"):
        SqlSource("SELECT 1 AS a").narrowed([Condition(key, "is", "1")])
    with pytest.raises(ValueError, match="not the name of a column"):
        SqlSource("SELECT 1 AS a").ordered(key, False)


@pytest.mark.django_db
def test_a_filter_value_is_a_parameter_and_not_part_of_the_statement():
    evil = "'; DROP TABLE people_account; --"

    assert sql_source().narrowed([Condition("name", "contains", evil)]).rows(0, 10) == []
    assert "people_account" in connection.introspection.table_names()


@pytest.mark.django_db
def test_choices_are_the_values_there_are():
    assert sql_source().values_of("value") == ListSource(ROWS).values_of("value")
    assert QuerySetSource(Division.objects.all()).values_of("level") == list(Level.choices)


def test_a_path_stops_at_nothing():
    class Thing:
        parent = None
        name = "甲"

    assert value_of(Thing(), "parent.name") is None
    assert value_of({"a": 1}, "b") is None
    assert isinstance(source_of([{"a": 1}]), ListSource)
