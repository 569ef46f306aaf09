"""Conditions between the items of a row, as people write them: `"开业日期" <= "注销日期" OR "注销日期" IS NULL`.

The text is parsed, every part of it is one of those allowed here, and SQL is written anew from what was parsed: what
somebody types never becomes SQL itself. No Django.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from district.kernel.datasets.duck import name
from district.kernel.datasets.version_files import DUCKDB_TYPES
from district.kernel.people.refused import Refused

LONGEST: Final = 500
DEEPEST: Final = 40
ALLOWED: Final = (
    exp.And, exp.Or, exp.Not, exp.Paren, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between,
    exp.Like, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.Neg, exp.Column, exp.Identifier, exp.Literal,
    exp.Boolean, exp.Null, exp.Length, exp.Lower, exp.Upper, exp.Substring, exp.Left, exp.Right, exp.Trim, exp.Coalesce,
    exp.Abs, exp.Round, exp.Year, exp.Month, exp.Day, exp.CurrentDate,
)  # fmt: skip


def condition_sql(text: str, items: Mapping[str, tuple[str, str]]) -> str:
    """DuckDB's SQL of a condition. `items`: name → (title, type); both name and title may stand in the text.

    Raises Refused (code `bad_expression`) naming the part that is not understood or not allowed.
    """
    if not text.strip() or len(text) > LONGEST:
        raise _refused(text, f"条件不能为空，也不能超过 {LONGEST} 字")
    try:
        tree = sqlglot.parse_one(text, dialect="duckdb")
    except (SqlglotError, RecursionError) as error:
        raise _refused(text, "条件写法有误，无法理解") from error
    for part in tree.walk():
        if type(part) not in ALLOWED:
            raise _refused(text, f"条件中不能使用“{part.sql(dialect='duckdb')[:40]}”")
        if part.depth > DEEPEST:
            raise _refused(text, "条件嵌套过深")
    names = {title: key for key, (title, _) in items.items()} | {key: key for key in items}
    for column in list(tree.find_all(exp.Column)):
        _settle(column, names, text)
    for part in tree.find_all(exp.Binary, exp.In, exp.Between):
        _must_be_alike(part, items, text)
    sql = tree.sql(dialect="duckdb", identify=True, comments=False)
    _must_fit(sql, items, text)
    return sql


def _settle(column: exp.Column, names: Mapping[str, str], text: str) -> None:
    if column.table or column.name not in names:
        raise _refused(text, f"没有信息项“{column.sql(dialect='duckdb')}”")
    column.set("this", exp.to_identifier(names[column.name], quoted=True))


def _must_be_alike(part: exp.Condition, items: Mapping[str, tuple[str, str]], text: str) -> None:
    """A text beside a number would be read as a number, row by row, until the first that is none."""
    sides = [part.this, *(each for key in ("expression", "low", "high") if (each := part.args.get(key)))]
    sides += part.args.get("expressions") or []
    is_text = any(isinstance(side, exp.Column) and items[side.name][1] == "text" for side in sides)
    if is_text and any(isinstance(side, exp.Literal) and not side.is_string for side in sides):
        raise _refused(text, f"文本项须与加引号的文本比较：“{part.sql(dialect='duckdb')[:60]}”")


def _must_fit(sql: str, items: Mapping[str, tuple[str, str]], text: str) -> None:
    """DuckDB itself says whether the types go together, over a table without rows."""
    columns = ", ".join(
        f"CAST(NULL AS {DUCKDB_TYPES[kind]}) AS {name(key)}" for key, (_, kind) in items.items()
    )
    with duckdb.connect() as engine:
        try:
            kind = engine.execute(f"SELECT {sql} FROM (SELECT {columns}) LIMIT 0").description  # noqa: S608
        except duckdb.Error as error:
            raise _refused(text, "条件中各项的类型不能这样比较或计算") from error
    if not kind or str(kind[0][1]) != "BOOLEAN":
        raise _refused(text, "条件的结果应为是或否")


def _refused(text: str, why: str) -> Refused:
    return Refused("bad_expression", why, field="text", value=text)
