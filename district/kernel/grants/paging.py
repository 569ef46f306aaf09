"""What a program asks of a resource, as one SELECT around the ruled relation.

Filters (`town.prefix=370306`), order (`sort=-born_on,id`) and fields (`fields=name,town`) see only what the rule
shows: a filter on a masked item compares the masked text. The next page is asked by a sealed cursor that holds where
the last one ended; it fits the same question only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict

from district.kernel.grants import row_rules
from district.kernel.grants.masks import Dialect
from district.kernel.grants.refused import Refused
from district.kernel.grants.row_rules import KEY, TYPES, Condition, Rule, place, quoted
from district.kernel.people.sealed_field import SealBroken, seal, unseal

LIMIT, MOST = 100, 1000
MOST_SORTS, MOST_FILTERS = 3, 20
RESERVED = ("fields", "sort", "limit", "cursor")


@dataclass(frozen=True)
class Question:
    """`sorts` are (item, is descending). `after` is where the page before ended."""

    fields: tuple[str, ...]
    filters: tuple[Condition, ...] = ()
    sorts: tuple[tuple[str, bool], ...] = ()
    limit: int = LIMIT
    after: tuple[Any, ...] | None = None
    said: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True)
class Source:
    """Where the rows are: `sql` is a SELECT or a table's quoted name, `keys` columns that order its rows, each once.

    Without keys pages are cut by counting: rows that come or go meanwhile may then be missed or seen twice.
    """

    dialect: Dialect
    sql: str
    keys: tuple[str, ...] = ()


def question(rule: Rule, asked: QueryDict, source: Source) -> Question:
    """Reads the address of a request. Raises Refused naming the parameter, its value and the rule."""
    filters, said = [], {}
    for name in asked:
        value = asked[name]
        item, dot, op = name.rpartition(".")
        if dot:
            column = rule.column(item)
            filters.append(row_rules.condition(item, column.shown_type, op, value))
            said[name] = value
        elif name not in RESERVED:
            raise Refused("unknown_parameter", f"不认识的参数 {name}", field=name, value=value)
    if len(filters) > MOST_FILTERS:
        raise Refused("too_many_filters", f"条件最多 {MOST_FILTERS} 个", field="filter", value=len(filters))
    fields = tuple(rule.column(name).name for name in _list(asked.get("fields", ""))) or rule.names
    made = Question(
        tuple(dict.fromkeys(fields)),
        tuple(filters),
        _sorts(rule, asked.get("sort", "")),
        _limit(asked),
        said=said,
    )
    cursor = asked.get("cursor", "")
    if not cursor:
        return made
    return Question(
        made.fields, made.filters, made.sorts, made.limit, _opened(cursor, mark(rule, made, source)), said
    )


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _sorts(rule: Rule, text: str) -> tuple[tuple[str, bool], ...]:
    made = tuple((rule.column(part.removeprefix("-")).name, part.startswith("-")) for part in _list(text))
    if len(made) > MOST_SORTS:
        raise Refused("too_many_sorts", f"最多按 {MOST_SORTS} 个信息项排序", field="sort", value=text)
    return made


def _limit(asked: QueryDict) -> int:
    text = asked.get("limit", str(LIMIT))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST:
        raise Refused("bad_limit", f"limit 应为 1 至 {MOST}", field="limit", value=text)
    return int(text)


def mark(rule: Rule, asked: Question, source: Source) -> str:
    """What a cursor belongs to: the rule, the filters and the order."""
    text = repr((rule.resource_id, rule.grant_id, rule.revision, asked.filters, asked.sorts, source.keys))
    return hashlib.blake2b(text.encode(), digest_size=9).hexdigest()


def cursor_after(rule: Rule, asked: Question, source: Source, ends: tuple[Any, ...]) -> str:
    """The sealed cursor of the page after a row whose order values are `ends`: nobody reads a key out of it."""
    return seal(json.dumps([mark(rule, asked, source), *ends], default=str, ensure_ascii=False))


def _opened(cursor: str, expected: str) -> tuple[Any, ...]:
    try:
        found, *ends = json.loads(unseal(cursor))
    except (SealBroken, ValueError) as error:
        raise Refused("bad_cursor", "游标无效", field="cursor", value=cursor[:40]) from error
    if found != expected:
        raise Refused("bad_cursor", "游标不属于这个查询，或授权已变更", field="cursor", value=cursor[:40])
    return tuple(ends)


def page_sql(
    rule: Rule, asked: Question, source: Source, now: datetime, *, with_subjects: bool = False
) -> tuple[str, dict[str, Any]]:
    """The SELECT of one page and one row more. Columns: the fields, then the order values, then the subjects."""
    inner, values = row_rules.relation_sql(
        rule, source.dialect, source.sql, now=now, keys=source.keys, with_subjects=with_subjects
    )
    where = []
    for index, each in enumerate(asked.filters):
        name = f"f{index}"
        where.append(row_rules.condition_sql(each, f"q.{quoted(each.item)}", source.dialect, name))
        if each.op == "in":
            values |= {f"{name}_{n}": value for n, value in enumerate(each.value)}
        elif each.op != "is_set":
            values[name] = each.value
    terms = order_terms(rule, asked, source)
    if asked.after is not None and source.keys:
        where.append(_after(terms, asked.after, source.dialect))
        values |= {f"a{index}": value for index, value in enumerate(asked.after) if value is not None}
    shown = [f"q.{quoted(name)}" for name in asked.fields] + [term.sql for term in terms if term.is_value]
    if with_subjects:
        shown += [f"q.{quoted(f'_subject{index}')}" for index in range(len(rule.subject_items))]
    sql = f"SELECT {', '.join(shown)} FROM ({inner}) AS q"  # noqa: S608 - names are quoted, values are parameters
    if where:
        sql += " WHERE " + " AND ".join(where)
    order = ", ".join(f"{term.sql} {'DESC' if term.is_descending else 'ASC'}" for term in terms)
    if order:
        sql += f" ORDER BY {order}"
    sql += f" LIMIT {asked.limit + 1}"
    if asked.after is not None and not source.keys:
        sql += f" OFFSET {int(asked.after[0])}"
    return sql, values


@dataclass(frozen=True)
class Term:
    """A part of the order. A column that may be empty has two: whether it is, then its value."""

    sql: str
    is_descending: bool = False
    is_value: bool = True
    type: str = ""


def order_terms(rule: Rule, asked: Question, source: Source) -> list[Term]:
    terms = []
    sorts = asked.sorts if source.keys else (*asked.sorts, *((name, False) for name in rule.names))
    for name, is_descending in sorts:
        column = f"q.{quoted(name)}"
        terms.append(Term(f"({column} IS NULL)", is_value=False))
        terms.append(
            Term(column, is_descending, is_value=bool(source.keys), type=rule.column(name).shown_type)
        )
    return terms + [Term(f"q.{quoted(f'{KEY}{index}')}") for index in range(len(source.keys))]


def _after(terms: list[Term], ends: tuple[Any, ...], dialect: Dialect) -> str:
    """Rows behind the last one in the order: equal in the first terms and beyond it in the next."""
    if len(ends) != sum(term.is_value for term in terms):
        raise Refused("bad_cursor", "游标无效", field="cursor")
    equal: list[str] = []
    ways: list[str] = []
    value = -1
    for term in terms:
        if not term.is_value:
            is_empty = ends[value + 1] is None
            if not is_empty:
                ways.append(" AND ".join([*equal, term.sql]))
            equal.append(term.sql if is_empty else f"NOT {term.sql}")
            continue
        value += 1
        if ends[value] is None:
            continue
        end = place(f"a{value}", dialect)
        if dialect == "duckdb" or term.type:
            end = f"CAST({end} AS {TYPES[term.type or 'integer'][dialect]})"
        ways.append(" AND ".join([*equal, f"{term.sql} {'<' if term.is_descending else '>'} {end}"]))
        equal.append(f"{term.sql} = {end}")
    return "(" + " OR ".join(f"({way})" for way in ways) + ")"
