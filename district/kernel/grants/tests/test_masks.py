"""Masks in SQL do what those in Python do, for any text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import duckdb
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from district.kernel.grants import masks
from district.kernel.people import masking

LETTERS = "张三李四王小明省市区县镇乡街道周村淄博王村南郊12345-@.X鲁C \nab\u00e9𠮷—*%'"
TEXTS = st.lists(
    st.one_of(st.text(alphabet=LETTERS, max_size=24), st.text(max_size=12), st.none()), max_size=12
)
DECIMALS = st.lists(st.floats(-180, 180, allow_nan=False), min_size=1, max_size=8)
Ask = Callable[[str, list], list]


@pytest.fixture(params=["postgres", "duckdb"])
def ask(request: pytest.FixtureRequest) -> Iterator[tuple[masks.Dialect, Ask]]:
    if request.param == "duckdb":
        engine = duckdb.connect()
        yield "duckdb", lambda sql, values: [row[0] for row in engine.execute(sql, [values]).fetchall()]
        engine.close()
        return
    request.getfixturevalue("db")

    def postgres(sql: str, values: list) -> list:
        with connection.cursor() as cursor:
            cursor.execute(sql, [values])
            return [row[0] for row in cursor.fetchall()]

    yield "postgres", postgres


def statement(mask: str, dialect: masks.Dialect, kind: str) -> str:
    shown = masks.expression(mask, "said.x", dialect)
    if dialect == "duckdb":
        return f"SELECT {shown} FROM (SELECT unnest(CAST(? AS {kind}[])) AS x) AS said"
    kinds = {"VARCHAR": "text", "DOUBLE": "double precision"}
    return f"SELECT {shown} FROM unnest(CAST(%s AS {kinds[kind]}[])) WITH ORDINALITY AS said(x, n) ORDER BY n"


@pytest.mark.parametrize("mask", sorted(masks.PYTHON))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS)
def test_a_mask_in_sql_shows_what_the_one_in_python_shows(
    ask: tuple[masks.Dialect, Ask], mask: str, texts: list
):
    dialect, run = ask
    texts = [text if text is None else text.replace("\0", "") for text in texts]
    expected = [None if text is None else masks.PYTHON[mask](text) for text in texts]
    assert run(statement(mask, dialect, "VARCHAR"), texts) == expected


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(alphabet="省市区县镇乡街道甲\n", max_size=30), min_size=20, max_size=60))
def test_an_address_is_cut_where_the_regular_expression_cuts_it(ask: tuple[masks.Dialect, Ask], texts: list[str]):
    dialect, run = ask
    assert run(statement("address", dialect, "VARCHAR"), texts) == [masking.address(text) for text in texts]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(degrees=DECIMALS)
def test_coordinates_of_homes_are_rounded_to_a_hundredth(
    ask: tuple[masks.Dialect, Ask], degrees: list[float]
):
    dialect, run = ask
    shown = run(statement(masks.COORDINATE, dialect, "DOUBLE"), degrees)
    for one, full in zip(shown, degrees, strict=True):
        assert one == round(one, 2)
        assert abs(one - masking.home_coordinate(full)) < 0.0101  # the middle between two goes either way


@pytest.mark.parametrize("mask", [masks.HIDDEN, "no_such_mask"])
def test_a_mask_nobody_knows_hides_the_value(ask: tuple[masks.Dialect, Ask], mask: str):
    dialect, run = ask
    assert run(statement(mask, dialect, "VARCHAR"), ["张三", None]) == [None, None]
