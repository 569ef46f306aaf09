"""A rule as SQL: which rows it looks at, and which of them fail. No Django.

| kind | parameters |
|---|---|
| required | |
| type | type: integer, number, date, datetime, boolean |
| range | low, high (numbers or ISO dates), longest (characters) |
| code | table (see `quality.codes`) or values |
| pattern | name (see `quality.patterns`) or regex |
| unique | items |
| reference | resource, item |
| expression | text (see `quality.expressions`) |
| freshness | max_hours, of the delivery; with an item, of its newest value |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from district.kernel.datasets.duck import literal, name
from district.kernel.datasets.quality.codes import codes_of
from district.kernel.datasets.quality.expressions import condition_sql
from district.kernel.datasets.quality.patterns import PATTERNS, regex
from district.kernel.datasets.version_files import DUCKDB_TYPES, ROW

Items = Mapping[str, tuple[str, str]]
"""Name → (title, type)."""
ROW_KINDS = ("required", "type", "range", "code", "pattern", "expression")
SET_KINDS = ("unique", "reference")


@dataclass(frozen=True)
class Check:
    """A rule to be tried. `key` is stable within a resource; `rule` is None for one that follows from an item."""

    kind: str
    item: str
    dimension: str
    parameters: dict[str, Any] = field(default_factory=dict)
    is_blocking: bool = False
    least_share: float = 1.0
    rule: int | None = None

    @property
    def key(self) -> str:
        return f"rule-{self.rule}" if self.rule else f"{self.kind}-{self.item or 'key'}"


def dimension_of(kind: str, parameters: Mapping[str, Any]) -> str:
    """What a rule of this kind says something about."""
    if kind == "pattern" and getattr(PATTERNS.get(parameters.get("name", "")), "is_checked", False):
        return "accuracy"
    return {
        "required": "completeness", "type": "conformity", "code": "conformity", "pattern": "conformity",
        "range": "accuracy", "unique": "uniqueness", "reference": "consistency", "expression": "consistency",
        "freshness": "timeliness",
    }[kind]  # fmt: skip


def looked_at(check: Check) -> str:
    """Condition for the rows a rule of ROW_KINDS or a reference says something about: those with a value."""
    return "true" if check.kind in ("required", "expression") else f"{name(check.item)} IS NOT NULL"


def failing(check: Check, items: Items) -> str:
    """Condition for the rows that break a rule of ROW_KINDS; never null."""
    column = name(check.item) if check.item else ""
    given = check.parameters
    if check.kind == "required":
        blank = f" OR trim({column}) = ''" if items[check.item][1] == "text" else ""
        return f"({column} IS NULL{blank})"
    if check.kind == "type":
        return f"({column} IS NOT NULL AND TRY_CAST({column} AS {DUCKDB_TYPES[given['type']]}) IS NULL)"
    if check.kind == "code":
        allowed = ", ".join(literal(str(value)) for value in _codes(given))
        return f"coalesce(CAST({column} AS VARCHAR) NOT IN ({allowed}), false)"
    if check.kind == "pattern":
        sql = PATTERNS[given["name"]].sql if given.get("name") else regex(given["regex"])
        return f"({column} IS NOT NULL AND NOT coalesce({sql(f'CAST({column} AS VARCHAR)')}, false))"
    if check.kind == "range":
        return f"coalesce({_outside(column, items[check.item][1], given)}, false)"
    return f"coalesce(NOT TRY({condition_sql(given['text'], items)}), false)"


def duplicates_sql(check: Check, rows_sql: str) -> str:
    """SELECT of the numbers of rows whose key occurs more than once. Rows without any value have no key."""
    keys = ", ".join(map(name, check.parameters["items"]))
    has_key = " OR ".join(f"{name(key)} IS NOT NULL" for key in check.parameters["items"])
    return f"""
        SELECT {ROW} FROM ({rows_sql}) JOIN (
            SELECT {keys} FROM ({rows_sql}) WHERE {has_key} GROUP BY ALL HAVING count(*) > 1
        ) twice USING ({keys})"""  # noqa: S608 - quoted names


def strays_sql(check: Check, rows_sql: str, targets: str) -> str:
    """SELECT of the numbers of rows that name something `targets` (a table with one column `value`) has not got."""
    column = name(check.item)
    return f"""
        SELECT {ROW} FROM ({rows_sql}) own ANTI JOIN {targets} ON CAST(own.{column} AS VARCHAR) = {targets}.value
        WHERE {column} IS NOT NULL"""  # noqa: S608 - quoted names


def _codes(given: Mapping[str, Any]) -> list[str]:
    if "values" in given:
        return list(given["values"])
    return list(codes_of(given["table"]) or ())


def _outside(column: str, kind: str, given: Mapping[str, Any]) -> str:
    tests = []
    if given.get("low") is not None:
        tests.append(f"{column} < {_value(given['low'], kind)}")
    if given.get("high") is not None:
        tests.append(f"{column} > {_value(given['high'], kind)}")
    if given.get("longest") is not None:
        tests.append(f"length({column}) > {int(given['longest'])}")
    return "(" + " OR ".join(tests) + ")"


def _value(value: Any, kind: str) -> str:
    if kind in ("integer", "number"):
        return repr(float(value))
    return f"CAST({literal(str(value))} AS {DUCKDB_TYPES[kind]})"
