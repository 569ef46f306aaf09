"""Where a table's rows come from: a QuerySet, a SELECT, or a list. All narrow, sort, count and stream alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import F, QuerySet

from district.kernel import clock
from district.kernel.ui.table_state import Condition

CHUNK = 2_000
MOST_CHOICES = 300


class Source(Protocol):
    """Rows are dicts, model instances or any objects with attributes."""

    def narrowed(self, conditions: Sequence[Condition]) -> Source: ...
    def ordered(self, key: str, is_descending: bool) -> Source: ...
    def rows(self, start: int, stop: int) -> list[Any]: ...
    def each(self) -> Iterator[Any]: ...
    def count(self, at_most: int) -> int: ...
    def values_of(self, key: str) -> list[Any]: ...


def source_of(given: Any) -> Source:
    """The source of a table as a view hands it over."""
    if isinstance(given, QuerySet):
        return QuerySetSource(given)
    if isinstance(given, SqlSource):
        return given
    return ListSource(list(given))


_LOOKUPS = {"contains": "icontains", "is": "exact", "from": "gte", "to": "lte", "before": "lt"}


@dataclass(frozen=True)
class QuerySetSource:
    """A column key is a field, an annotation or a path: `outlet__name` or `outlet.name`."""

    queryset: QuerySet[Any]

    def narrowed(self, conditions: Sequence[Condition]) -> QuerySetSource:
        narrowed = self.queryset
        for condition in conditions:
            lookup = f"{_path(condition.key)}__{_LOOKUPS[condition.relation]}"
            narrowed = narrowed.filter(**{lookup: condition.value})
        return QuerySetSource(narrowed)

    def ordered(self, key: str, is_descending: bool) -> QuerySetSource:
        field = F(_path(key))
        by = field.desc(nulls_last=True) if is_descending else field.asc(nulls_last=True)
        # The primary key settles ties: without it a row may show on two pages, or on none.
        tie = [] if self.queryset.query.group_by or self.queryset.query.values_select else ["pk"]
        return QuerySetSource(self.queryset.order_by(by, *tie))

    def rows(self, start: int, stop: int) -> list[Any]:
        return list(self.queryset[start:stop])

    def each(self) -> Iterator[Any]:
        yield from self.queryset.iterator(chunk_size=CHUNK)

    def count(self, at_most: int) -> int:
        return self.queryset.order_by()[: at_most + 1].count()

    def values_of(self, key: str) -> list[Any]:
        try:
            choices = self.queryset.model._meta.get_field(key).choices
        except FieldDoesNotExist:
            choices = None
        if choices:
            return list(choices)
        path = _path(key)
        found = self.queryset.order_by(path).values_list(path, flat=True).distinct()[:MOST_CHOICES]
        return [value for value in found if value not in (None, "")]


@dataclass(frozen=True)
class SqlSource:
    """A SELECT with `%s` parameters; its columns are the keys. `key` settles ties in the order.

    `SqlSource("SELECT code, name FROM environment_station WHERE district = %s", ["370306"], key="code")`
    """

    sql: str
    params: Sequence[Any] = ()
    key: str = ""
    where: tuple[tuple[str, Any], ...] = ()
    order: str = ""

    def narrowed(self, conditions: Sequence[Condition]) -> SqlSource:
        added = tuple((_sql_condition(each), _sql_value(each)) for each in conditions)
        return replace(self, where=self.where + added)

    def ordered(self, key: str, is_descending: bool) -> SqlSource:
        order = f"{_column(key)} {'DESC' if is_descending else 'ASC'} NULLS LAST"
        tie = f", {_column(self.key)}" if self.key and self.key != key else ""
        return replace(self, order=f" ORDER BY {order}{tie}")

    def rows(self, start: int, stop: int) -> list[dict[str, Any]]:
        sql, params = self._select("*", self.order)
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} LIMIT %s OFFSET %s", [*params, stop - start, start])
            return list(_dicts(cursor, cursor.fetchall()))

    def each(self) -> Iterator[dict[str, Any]]:
        sql, params = self._select("*", self.order)
        with connection.chunked_cursor() as cursor:
            cursor.execute(sql, params)
            while chunk := cursor.fetchmany(CHUNK):
                yield from _dicts(cursor, chunk)

    def count(self, at_most: int) -> int:
        sql, params = self._select("1", "")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({sql} LIMIT %s) AS bounded", [*params, at_most + 1])  # noqa: S608
            return int(cursor.fetchone()[0])

    def values_of(self, key: str) -> list[Any]:
        column = _column(key)
        sql, params = self._select(f"DISTINCT {column}", f" ORDER BY {column} LIMIT {MOST_CHOICES}")
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return [value for (value,) in cursor.fetchall() if value not in (None, "")]

    def _select(self, what: str, tail: str) -> tuple[str, list[Any]]:
        # Only column names that passed _column() are put into the text; values are always parameters.
        where = " AND ".join(text for text, _ in self.where)
        sql = f"SELECT {what} FROM ({self.sql}) AS listed"  # noqa: S608
        return sql + (f" WHERE {where}" if where else "") + tail, [*self.params, *(value for _, value in self.where)]


@dataclass(frozen=True)
class ListSource:
    """Rows already in memory: a few hundred, computed by the view."""

    listed: list[Any]

    def narrowed(self, conditions: Sequence[Condition]) -> ListSource:
        return ListSource([row for row in self.listed if all(_holds(each, row) for each in conditions)])

    def ordered(self, key: str, is_descending: bool) -> ListSource:
        known = [row for row in self.listed if value_of(row, key) is not None]
        unknown = [row for row in self.listed if value_of(row, key) is None]
        known.sort(key=lambda row: _sortable(value_of(row, key)), reverse=is_descending)
        return ListSource(known + unknown)

    def rows(self, start: int, stop: int) -> list[Any]:
        return self.listed[start:stop]

    def each(self) -> Iterator[Any]:
        yield from self.listed

    def count(self, at_most: int) -> int:
        return min(len(self.listed), at_most + 1)

    def values_of(self, key: str) -> list[Any]:
        found = {value_of(row, key) for row in self.listed} - {None, ""}
        return sorted(found, key=_sortable)[:MOST_CHOICES]


def value_of(row: Any, key: str) -> Any:
    """The value of a column in a row; a path walks through related objects and stops at None."""
    if isinstance(row, dict):
        return row.get(key)
    found = row
    for step in _path(key).split("__"):
        found = found.get(step) if isinstance(found, dict) else getattr(found, step, None)
        if found is None:
            return None
    return found() if callable(found) else found


def _path(key: str) -> str:
    return key.replace(".", "__")


def _column(key: str) -> str:
    if not re.fullmatch(r"\w+", key):
        raise ValueError(f"{key!r} is not the name of a column")
    return f'"{key}"'


_SQL = {"contains": "{}::text ILIKE %s", "is": "{}::text = %s", "from": "{} >= %s", "to": "{} <= %s", "before": "{} < %s"}


def _sql_condition(condition: Condition) -> str:
    return _SQL[condition.relation].format(_column(condition.key))


def _sql_value(condition: Condition) -> Any:
    if condition.relation == "contains":
        return "%" + re.sub(r"([\\%_])", r"\\\1", condition.value) + "%"
    return condition.value


def _dicts(cursor: Any, rows: Iterable[Sequence[Any]]) -> Iterator[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in rows)


def _holds(condition: Condition, row: Any) -> bool:
    value = value_of(row, condition.key)
    if value is None:
        return False
    if condition.relation == "contains":
        return str(condition.value).casefold() in str(value).casefold()
    if condition.relation == "is":
        return str(value) == str(condition.value)
    value = _instant(value)
    if condition.relation == "from":
        return bool(value >= condition.value)
    return bool(value < condition.value if condition.relation == "before" else value <= condition.value)


def _instant(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return clock.day_bounds(value)[0]
    return value


def _sortable(value: Any) -> Any:
    """Numbers and moments as they are, everything else by its text."""
    return value if isinstance(value, int | float | date) else str(value)
