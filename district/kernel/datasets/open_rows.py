"""The rows of resources that are open to anybody: by page, and whole. The one public door to rows.

It gives what is published, open to the public, not secret and not 不予共享, and of it no item above grade 2, whatever
the entry says now; an entry that is withdrawn is gone with the next request.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Q, QuerySet

from district.kernel.clock import CHINA
from district.kernel.datasets.entry_rules import MOST_OPEN_GRADE
from district.kernel.datasets.models import Item, Resource, Share, Shelf, Version

CHUNK = 2_000
PATIENCE = "10s"
MOST_ROWS = 32_000
"""In one answer, as CKAN's DataStore has it."""
OPEN = Q(shelf=Shelf.PUBLISHED, is_open_to_public=True, is_secret=False) & ~Q(share=Share.CLOSED)


class TooSlow(Exception):
    """The rows could not be read in time."""


@dataclass(frozen=True)
class Asked:
    """Which rows: `filters` are columns and the values they may have, `q` a text to be found in any text column."""

    columns: Sequence[str] = ()
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    q: str = ""
    sort: Sequence[tuple[str, bool]] = ()
    limit: int = 100
    offset: int = 0


@dataclass(frozen=True)
class OpenPage:
    """A page of rows and how many there are altogether."""

    items: list[Item]
    rows: list[tuple[Any, ...]]
    total: int


def open_resources() -> QuerySet[Resource]:
    """Every entry anybody may have the rows of."""
    return Resource.objects.filter(OPEN).select_related("provider").prefetch_related("items")


def open_items(resource: Resource) -> list[Item]:
    """The items anybody may see."""
    return [item for item in resource.items.all() if item.grade <= MOST_OPEN_GRADE]


def is_delivered(resource: Resource) -> bool:
    """Whether there are rows behind an entry."""
    return bool(resource.table) or _version(resource) is not None


def open_page(resource: Resource, asked: Asked) -> OpenPage:
    """A page of an open entry's rows; KeyError names a column that is not there. Raises TooSlow."""
    items = open_items(resource)
    known = {item.name: item for item in items}
    shown = [known[name] for name in asked.columns] if asked.columns else items
    with _source(resource) as (source, run, mark):
        where, parameters = _where(asked, known, mark)
        order = ", ".join(
            f"{_quoted(known[name].name)}{' DESC' if down else ''}" for name, down in asked.sort
        )
        order = order or _natural_order(resource, items)
        columns = ", ".join(_quoted(item.name) for item in shown)
        # Names are those of items, whose form is checked; values are parameters.
        sql = f"SELECT {columns} FROM {source}{where} ORDER BY {order} LIMIT {int(asked.limit)} OFFSET {int(asked.offset)}"  # noqa: S608
        rows = run(sql, parameters)
        total = run(f"SELECT count(*) FROM {source}{where}", parameters)[0][0]  # noqa: S608
    return OpenPage(shown, [tuple(plain(value) for value in row) for row in rows], int(total))


def each_open_row(resource: Resource) -> Iterator[tuple[Any, ...]]:
    """All rows in the order of `open_items`, a chunk at a time; the memory needed does not grow with their number."""
    items = open_items(resource)
    columns = ", ".join(_quoted(item.name) for item in items)
    version = None if resource.table else _version(resource)
    if resource.table:
        with connection.chunked_cursor() as cursor:
            order = _natural_order(resource, items)
            cursor.execute(f"SELECT {columns} FROM {_quoted(resource.table)} ORDER BY {order}")  # noqa: S608
            while chunk := cursor.fetchmany(CHUNK):
                yield from (tuple(plain(value) for value in row) for row in chunk)
    elif version is not None:
        from district.kernel.datasets.duck import duck
        from district.kernel.datasets.versions import lake_sql

        with duck() as lake:
            answer = lake.execute(f"SELECT {columns} FROM ({lake_sql(version)}) AS rows ORDER BY _row")  # noqa: S608
            while chunk := answer.fetchmany(CHUNK):
                yield from (tuple(plain(value) for value in row) for row in chunk)


def plain(value: Any) -> Any:
    """A value as JSON has it: moments in China Standard Time as ISO text."""
    if isinstance(value, datetime):
        return (value.astimezone(CHINA) if value.tzinfo else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


@contextmanager
def _source(resource: Resource) -> Iterator[tuple[str, Any, str]]:
    """Where the rows are: a FROM, a function that runs a SELECT, and the mark of its parameters."""
    if resource.table:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}'")

            def run(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
                try:
                    cursor.execute(sql, parameters)
                except DatabaseError as error:
                    raise TooSlow(str(error).splitlines()[0]) from error
                return cursor.fetchall()

            yield _quoted(resource.table), run, "%s"
        return
    from district.kernel.datasets.duck import duck
    from district.kernel.datasets.versions import lake_sql

    version = _version(resource)
    if version is None:
        items = ", ".join(f"CAST(NULL AS VARCHAR) AS {_quoted(item.name)}" for item in open_items(resource))
        source = f"(SELECT {items or '1'}, 0 AS _row WHERE false) AS rows"
    else:
        source = f"({lake_sql(version)}) AS rows"
    with duck() as lake:
        yield source, lambda sql, parameters: lake.execute(sql, parameters).fetchall(), "?"


def _where(asked: Asked, known: Mapping[str, Item], mark: str) -> tuple[str, list[Any]]:
    conditions: list[str] = []
    parameters: list[Any] = []
    for name, values in asked.filters.items():
        marks = ", ".join([mark] * len(values)) or "NULL"
        conditions.append(f"CAST({_quoted(known[name].name)} AS VARCHAR) IN ({marks})")
        parameters += [str(value) for value in values]
    if asked.q:
        texts = [item for item in known.values() if item.type == "text"]
        pattern = "%" + asked.q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        likes = " OR ".join(f"{_quoted(item.name)} ILIKE {mark} ESCAPE '\\'" for item in texts)
        conditions.append(f"({likes or 'false'})")
        parameters += [pattern] * len(texts)
    return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), parameters


def _natural_order(resource: Resource, items: Sequence[Item]) -> str:
    """An order that pages can be counted in: by key, by first columns of a table without one, by row in the lake."""
    if not resource.table:
        return "_row"
    keys = [item for item in items if item.is_key] or items[:5]
    return ", ".join(_quoted(item.name) for item in keys)


def _version(resource: Resource) -> Version | None:
    return resource.versions.filter(state=Version.State.PUBLISHED).first()


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name.replace('"', '""'))
