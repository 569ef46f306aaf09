"""Conditions people write: what is allowed does what it says, everything else is refused with its part."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from district.kernel.datasets.quality.expressions import condition_sql
from district.kernel.people.refused import Refused

ITEMS = {
    "start": ("开业日期", "date"),
    "end": ("注销日期", "date"),
    "n": ("人数", "integer"),
    "t": ("名称", "text"),
}

WORDS = ["n", "t", "'a'", "1", "(", ")", "AND", "=", "<", ";", "SELECT", "FROM", "x", ",", "--", '"', "IN"]


def held(text, **row):
    values = {"start": None, "end": None, "n": None, "t": None, **row}
    columns = 'SELECT ?::DATE AS start, ?::DATE AS "end", ?::BIGINT AS n, ?::VARCHAR AS t'
    with duckdb.connect() as engine:
        return engine.execute(
            f"SELECT {condition_sql(text, ITEMS)} FROM ({columns})", list(values.values())
        ).fetchone()[0]


def test_items_may_be_called_by_their_titles():
    assert held("开业日期 <= 注销日期", start="2020-01-01", end="2021-01-01") is True
    assert held('"开业日期" <= "end"', start="2022-01-01", end="2021-01-01") is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n between 1 and 5", True), ("n in (1, 2)", False), ("not n > 3 or t like '周%'", True), ("length(t) = 2", True),
        ("n + 1 = 5 and substring(t, 1, 1) = '周'", True), ("coalesce(start, current_date) is not null", True),
        ("t = '周村' -- a remark", True),
    ],
)  # fmt: skip
def test_what_may_be_said(text, expected):
    assert held(text, n=4, t="周村") is expected


@pytest.mark.parametrize(
    "text",
    [
        "", "n", "n + 1", "n = 1; DROP TABLE x", "n IN (SELECT 1)", "EXISTS (SELECT 1)", "other = 1", "x.n = 1",
        "read_text('/etc/passwd') = ''", "getenv('HOME') = ''", "n = $1", "n = ?", "t = e'\\x41'", "t = 3", "n = 'x' AND (",
        "CAST(n AS VARCHAR) = '1'", "n = 1 UNION SELECT 2", "pg_sleep(3) IS NULL", "t ~ '(a+)+$'", "(" * 60 + "n = 1" + ")" * 60,
        "n = (SELECT max(n) FROM read_csv('/etc/passwd'))", "t COLLATE nocase = 'x'", "n = 1 " + "AND n = 1 " * 60,
    ],
)  # fmt: skip
def test_what_may_not_be_said(text):
    with pytest.raises(Refused) as refused:
        condition_sql(text, ITEMS)
    assert refused.value.code == "bad_expression"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "n",
                "t",
                "'a'",
                "1",
                "(",
                ")",
                "AND",
                "=",
                "<",
                ";",
                "SELECT",
                "FROM",
                "x",
                ",",
                "--",
                '"',
                "IN",
            ]
        ),
        max_size=8,
    )
)
def test_whatever_is_typed_is_a_condition_or_refused(words):
    try:
        sql = condition_sql(" ".join(words), ITEMS)
    except Refused:
        return
    assert not {"SELECT", "FROM", ";"} & set(sql.split())


@given(st.text(max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_text_stays_a_text(value):
    clean = value.replace("\x00", "").replace("\\", "")
    quoted = clean.replace("'", "''")
    assert held(f"t = '{quoted}'", t=clean) is True
