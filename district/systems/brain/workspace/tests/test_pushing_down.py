"""Conditions asked before the rows are copied change no answer."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.grants.row_rules import condition, condition_sql

from ..pushing_down import Pushed, pushed_down

ROWS = {
    "u.a": ("(1, 'x', 1.5), (2, 'xy', NULL), (3, NULL, -2.0), (NULL, 'z', 0.0), (4, 'xyz', 7.0)", "(id, word, size)"),
    "u.b": ("(1, 'x', 5), (2, 'q', 6), (2, 'xy', NULL), (5, 'z', 8)", "(id, word, rank)"),
}
TYPES = {"id": "integer", "word": "text", "size": "number", "rank": "integer"}


def pushed(sql: str) -> dict[str, tuple[Pushed, ...]]:
    return pushed_down(sqlglot.parse_one(sql, dialect="duckdb"))


@pytest.fixture(scope="module")
def engine():
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA u; CREATE SCHEMA whole; CREATE SCHEMA part")
        for name, (rows, columns) in ROWS.items():
            connection.execute(f"CREATE TABLE whole.{name[2:]} AS SELECT * FROM (VALUES {rows}) AS t{columns}")
        yield connection


def answer(engine: Any, sql: str, narrowed: dict[str, tuple[Pushed, ...]]) -> list[str]:
    for name in ROWS:
        wheres, values = ["true"], {}
        for at, each in enumerate(narrowed.get(name, ())):
            made = condition(each.column, TYPES[each.column], each.op, each.value)
            wheres.append(condition_sql(made, each.column, "duckdb", f"w{at}"))
            listed = {f"w{at}_{n}": value for n, value in enumerate(made.value)} if made.op == "in" else {f"w{at}": made.value}
            values |= listed
        engine.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM whole.{name[2:]} WHERE {' AND '.join(wheres)}", values)
    return sorted(str(row) for row in engine.execute(sql).fetchall())


CONDITIONS = st.sampled_from([
    "a.id = 2", "3 > a.id", "a.word = 'x'", "a.word LIKE 'xy%'", "a.word IN ('x', 'z')", "a.id BETWEEN 2 AND 3",
    "a.size >= -2.5", "b.rank <= 6", "b.word = 'x'", "b.id IN (1, 2)", "a.id IS NULL", "b.rank IS NULL", "NOT a.id = 2",
    "(a.id = 1 OR b.rank = 6)", "(a.id = 2 AND b.id = 2)", "a.id = b.id", "a.id <> 3",
])  # fmt: skip
JOINS = st.sampled_from([
    "JOIN u.b AS b ON a.id = b.id", "LEFT JOIN u.b AS b ON a.id = b.id", "RIGHT JOIN u.b AS b ON a.word = b.word",
    "FULL JOIN u.b AS b ON a.id = b.id", "CROSS JOIN u.b AS b", ", u.b AS b", "ASOF JOIN u.b AS b ON a.id >= b.id",
    "POSITIONAL JOIN u.b AS b",
])  # fmt: skip
SHOWN = st.sampled_from(["a.id, b.rank", "count(*), max(a.size)", "a.id, row_number() OVER (ORDER BY a.id, b.rank)", "a.*"])


@given(SHOWN, JOINS, st.lists(CONDITIONS, min_size=1, max_size=3))
def test_no_answer_changes(engine: Any, shown: str, join: str, conditions: list[str]):
    sql = f"SELECT {shown} FROM u.a AS a {join} WHERE {' AND '.join(conditions)}"
    assert answer(engine, sql, pushed(sql)) == answer(engine, sql, {})


def test_conditions_on_one_resource_are_pushed_down():
    assert pushed("SELECT word FROM u.a WHERE id = 3 AND (word LIKE 'x%') AND 5 > size") == {
        "u.a": (Pushed("id", "eq", 3), Pushed("word", "prefix", "x"), Pushed("size", "lt", 5))
    }


@pytest.mark.parametrize("sql", [
    "SELECT * FROM u.a AS x, u.a AS y WHERE x.id = 1", "SELECT * FROM u.a WHERE id = 1 OR word = 'x'",
    "SELECT * FROM u.a TABLESAMPLE 2 ROWS WHERE id = 1", "SELECT * FROM u.a AS a SEMI JOIN u.b AS b ON true WHERE a.id = 1",
    "SELECT * FROM u.a, u.b WHERE word = 'x'", "SELECT * FROM u.a WHERE word ILIKE 'x%'", "SELECT * FROM u.a WHERE id NOT IN (1)",
    "SELECT * FROM u.a WHERE word LIKE 'x_%'", "SELECT count(*) FROM u.a GROUP BY id HAVING id = 1",
    "SELECT * FROM u.a WHERE id IN (SELECT id FROM u.b)", "SELECT * FROM u.a QUALIFY id = 1",
])  # fmt: skip
def test_what_could_change_an_answer_stays_in_the_question(sql: str):
    assert pushed(sql) == {}
