"""The rows a rule lets through, read for all who hand them on: pages, exports, questions, portraits.

    asked = selection(rule, resource, fields=("name",), filters=[condition("town", "text", "prefix", "370306")])
    rows = every(asked)                 # a page of them
    for batch in batches(asked): …      # any number, in bounded memory

Rows of a system's table come from PostgreSQL, delivered ones from the lake; masks and conditions are in the SELECT
(`rules.relation_sql`) either way. Rows that were read while the grant ended are not handed out.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection, transaction

from district.kernel import clock
from district.kernel.datasets.models import Resource
from district.kernel.grants import prepared, row_rules, rules
from district.kernel.grants.masks import Dialect
from district.kernel.grants.refused import Refused
from district.kernel.grants.row_rules import Condition, Rule, quoted
from district.kernel.grants.subjects import Subjects

BATCH = 2_000
PERSONS = 20_000
SUBJECT = "_subject"
MEMORY_MB = 256
_own = threading.local()


@dataclass(frozen=True)
class Selection:
    """A SELECT that a rule allows: its columns are `fields`, then, where they were asked for, the subjects."""

    rule: Rule
    dialect: Dialect
    sql: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)
    fields: tuple[str, ...] = ()


def selection(
    rule: Rule, resource: Resource, *, fields: Sequence[str] | None = None, filters: Sequence[Condition] = (),
    with_subjects: bool = False, source: tuple[Dialect, str] | None = None,
    values: Mapping[str, Any] | None = None, most: int | None = None,
) -> Selection:  # fmt: skip
    """`fields` (all of the rule when None) and `filters` see what the rule shows. `source` narrows where the rows come
    from, a SELECT of its own with `values`; without it they are all the rows of the resource.

    Raises Refused: `no_rows` when nothing was delivered yet, `item_not_granted` for a field the rule has not.
    """
    dialect, rows = source or rules.source_of(resource)
    names = rule.names if fields is None else tuple(rule.column(name).name for name in fields)
    inner, asked = rules.relation_sql(rule, dialect, rows, with_subjects=with_subjects)
    shown = [quoted(name) for name in names]
    if with_subjects:
        shown += [quoted(f"{SUBJECT}{at}") for at in range(len(rule.subject_items))]
    sql = f"SELECT {', '.join(shown)} FROM ({inner}) AS own"  # noqa: S608 - quoted names
    where = []
    for at, each in enumerate(filters):
        where.append(row_rules.condition_sql(each, f"own.{quoted(each.item)}", dialect, f"w{at}"))
        if each.op == "in":
            asked |= {f"w{at}_{n}": value for n, value in enumerate(each.value)}
        elif each.op != "is_set":
            asked[f"w{at}"] = each.value
    if where:
        sql += " WHERE " + " AND ".join(where)
    if most is not None:
        sql += f" LIMIT {int(most)}"
    return Selection(rule, dialect, sql, {**asked, **(values or {})}, names)


def every(asked: Selection) -> list[tuple[Any, ...]]:
    """All rows at once. Raises Refused: `no_grant` when the grant ended meanwhile, `bad_value`."""
    if asked.dialect == "postgres":  # its SELECT is empty without the grant
        return prepared.every(asked.sql, dict(asked.values))
    rows = _from_lake(asked)
    _still_held(asked)
    return rows


def batches(asked: Selection, size: int = BATCH) -> Iterator[list[tuple[Any, ...]]]:
    """Any number of rows, `size` at a time. Raises Refused `no_grant` behind the last when the grant ended meanwhile:
    hand nothing out before the end."""
    yield from _from_cursor(asked, size) if asked.dialect == "postgres" else _from_duck(asked, size)
    _still_held(asked)


def subjects_of(asked: Selection) -> bytes:
    """The persons among the rows, however many, from every item that holds one: hashes as of `subject_hashes`. `asked`
    must be with subjects. Raises Refused `no_grant` when the grant ended meanwhile."""
    found = Subjects()
    named = range(len(asked.rule.subject_items))
    if named:
        parts = " UNION ".join(f"SELECT {quoted(f'{SUBJECT}{at}')} AS number FROM whole" for at in named)  # noqa: S608
        sql = f"WITH whole AS ({asked.sql}) SELECT DISTINCT number FROM ({parts}) AS found WHERE number <> ''"  # noqa: S608
        for batch in batches(Selection(asked.rule, asked.dialect, sql, asked.values), PERSONS):
            found.add(row[0] for row in batch)
    return found.hashes()


def _still_held(asked: Selection) -> None:
    if not rules.still_holds([asked.rule]):
        raise Refused("no_grant", "授权已收回或变更", status=403)


def _from_cursor(asked: Selection, size: int) -> Iterator[list[tuple[Any, ...]]]:
    """Through a cursor of the server."""
    connection.ensure_connection()
    with transaction.atomic(), psycopg.ServerCursor(connection.connection, "grants_rows") as cursor:
        cursor.execute(asked.sql, dict(asked.values))
        while batch := cursor.fetchmany(size):
            yield batch


def _from_duck(asked: Selection, size: int) -> Iterator[list[tuple[Any, ...]]]:
    from district.kernel.datasets.duck import duck

    with duck() as engine:
        found = engine.execute(asked.sql, dict(asked.values))
        while batch := found.fetchmany(size):
            yield batch


def _from_lake(asked: Selection) -> list[tuple[Any, ...]]:
    """By an engine of this thread that stays: a page takes less time than opening one."""
    import duckdb

    engine = getattr(_own, "engine", None)
    if engine is None:
        engine = _own.engine = duckdb.connect(
            config={"threads": 2, "memory_limit": f"{MEMORY_MB}MB", "autoinstall_known_extensions": False}
        )
        engine.execute(f"SET TimeZone = '{clock.CHINA.key}'; SET enable_progress_bar = false")
    try:
        found: list[tuple[Any, ...]] = engine.execute(asked.sql, dict(asked.values)).fetchall()
    except duckdb.ConversionException as error:
        raise Refused("bad_value", "条件的值与数据的类型不符", value=str(error)[:80]) from error
    return found
