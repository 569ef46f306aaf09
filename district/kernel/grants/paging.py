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
    filters = [(each.item, each.op, each.value) for each in asked.filters]
    text = repr((rule.resource_id, rule.grant_id, rule.revision, filters, asked.sorts, source.keys))
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
    return page_text(rule, asked, source, with_subjects=with_subjects), page_values(rule, asked, source, now)


def page_values(rule: Rule, asked: Question, source: Source, now: datetime) -> dict[str, Any]:
    """The values of a page's SELECT, by name: of the rule, the filters and the place where the page before ended."""
    values = row_rules.parameters(rule, source.dialect, now)
    for index, each in enumerate(asked.filters):
        if each.op == "in":
            values |= {f"f{index}_{n}": value for n, value in enumerate(each.value)}
        elif each.op != "is_set":
            values[f"f{index}"] = each.value
    if asked.after is not None and source.keys:
        values |= {f"a{index}": value for index, value in enumerate(asked.after) if value is not None}
    return values


def shape(asked: Question, source: Source) -> tuple[Any, ...]:
    """What the text of a page's SELECT depends on besides the rule: two questions of one shape differ in values only."""
    filters = tuple((each.item, each.op, len(each.value) if each.op == "in" else 1) for each in asked.filters)
    after = asked.after
    if after is not None and source.keys:
        after = tuple(end is None for end in after)
    return asked.fields, filters, asked.sorts, asked.limit, after


def page_text(rule: Rule, asked: Question, source: Source, *, with_subjects: bool = False) -> str:
    """`page_sql` without the values."""
    inner = row_rules.relation_text(rule, source.dialect, source.sql, source.keys, with_subjects)
    where = [
        row_rules.condition_sql(each, f"q.{quoted(each.item)}", source.dialect, f"f{index}")
        for index, each in enumerate(asked.filters)
    ]
    terms = order_terms(rule, asked, source)
    if asked.after is not None and source.keys:
        where.append(_after(terms, asked.after, source.dialect))
    shown = [f"q.{quoted(name)}" for name in asked.fields] + [term.sql for term in terms if source.keys]
    if with_subjects:
        shown += [f"q.{quoted(f'_subject{index}')}" for index in range(len(rule.subject_items))]
    sql = f"SELECT {', '.join(shown)} FROM ({inner}) AS q"  # noqa: S608 - names are quoted, values are parameters
    if where:
        sql += " WHERE " + " AND ".join(where)
    order = ", ".join(term.order for term in terms)
    if order:
        sql += f" ORDER BY {order}"
    sql += f" LIMIT {asked.limit + 1}"
    if asked.after is not None and not source.keys:
        sql += f" OFFSET {int(asked.after[0])}"
    return sql


@dataclass(frozen=True)
class Term:
    """A part of the order. What is empty comes last, or first where the order is descending, as indexes have it."""

    sql: str
    is_descending: bool = False
    type: str = ""
    is_key: bool = False

    @property
    def order(self) -> str:
        if self.is_key:
            return f"{self.sql} {'DESC' if self.is_descending else 'ASC'}"
        return f"{self.sql} {'DESC NULLS FIRST' if self.is_descending else 'ASC NULLS LAST'}"


def order_terms(rule: Rule, asked: Question, source: Source) -> list[Term]:
    """The columns asked for, then the keys, so that no two rows stand at one place."""
    terms = []
    sorts = asked.sorts if source.keys else (*asked.sorts, *((name, False) for name in rule.names))
    done = set()
    for name, is_descending in sorts:
        column = rule.column(name)
        is_key = name in source.keys and not column.mask
        terms.append(Term(f"q.{quoted(name)}", is_descending, column.shown_type, is_key))
        if is_key:
            done.add(name)
    keys = enumerate(source.keys)
    return terms + [Term(f"q.{quoted(f'{KEY}{at}')}", is_key=True) for at, name in keys if name not in done]


def _after(terms: list[Term], ends: tuple[Any, ...], dialect: Dialect) -> str:
    """Rows behind the last one in the order: equal in the first terms and beyond it in the next."""
    if len(ends) != len(terms):
        raise Refused("bad_cursor", "游标无效", field="cursor")
    equal: list[str] = []
    ways: list[str] = []
    for index, (term, end) in enumerate(zip(terms, ends, strict=True)):
        if end is None:
            if term.is_descending:
                ways.append(" AND ".join([*equal, f"{term.sql} IS NOT NULL"]))
            equal.append(f"{term.sql} IS NULL")
            continue
        value = place(f"a{index}", dialect)
        if dialect == "duckdb" or term.type:
            value = f"CAST({value} AS {TYPES[term.type or 'integer'][dialect]})"
        beyond = f"{term.sql} {'<' if term.is_descending else '>'} {value}"
        if not term.is_descending and not term.is_key:
            beyond = f"({beyond} OR {term.sql} IS NULL)"
        ways.append(" AND ".join([*equal, beyond]))
        equal.append(f"{term.sql} = {value}")
    return "(" + " OR ".join(f"({way})" for way in ways) + ")"
