"""What a reader asked of a table, as it stands in the address of the page.

`?stations-sort=-at&stations-page=2&stations.kind=air&stations.at.from=2026-11-01`: shareable, and Back works.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from district.kernel import clock

if TYPE_CHECKING:
    from district.kernel.ui.table import Column

PER_PAGE = (20, 50, 100, 200)


@dataclass(frozen=True)
class Condition:
    """One narrowing: `key` contains | is | from | to a value. `to` excludes the value for days, includes numbers."""

    key: str
    relation: str
    value: Any


@dataclass
class TableState:
    """Sort, page, columns and filters, with what was wrong in them (field → text for people)."""

    sort: str = ""
    page: int = 1
    per_page: int = 50
    columns: tuple[str, ...] = ()
    raw: dict[str, str] = field(default_factory=dict)
    conditions: list[Condition] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def sort_key(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def is_descending(self) -> bool:
        return self.sort.startswith("-")


def read(name: str, columns: Sequence[Column], given: QueryDict, order: str, per_page: int) -> TableState:
    """The state in a query string. What cannot be read is reported in `errors` and does not narrow."""
    by_key = {column.key: column for column in columns}
    sort = given.get(f"{name}-sort", "")
    key = sort.removeprefix("-")
    state = TableState(sort=sort if key in by_key and by_key[key].sortable else order, per_page=per_page)
    state.page = max(1, _whole(given.get(f"{name}-page"), 1))
    asked = _whole(given.get(f"{name}-rows"), per_page)
    state.per_page = asked if asked in PER_PAGE else per_page
    shown = tuple(each for each in given.getlist(f"{name}-columns") if each in by_key)
    state.columns = shown or tuple(column.key for column in columns if column.shown)
    for column in columns:
        if column.filter:
            _read_filter(state, name, column, given)
    return state


def _read_filter(state: TableState, name: str, column: Column, given: QueryDict) -> None:
    if column.filter in ("text", "choice"):
        value = given.get(f"{name}.{column.key}", "").strip()
        if value:
            state.raw[column.key] = value
            relation = "contains" if column.filter == "text" else "is"
            state.conditions.append(Condition(column.key, relation, value))
        return
    for end in ("from", "to"):
        text = given.get(f"{name}.{column.key}.{end}", "").strip()
        if not text:
            continue
        field_name = f"{column.key}.{end}"
        state.raw[field_name] = text
        try:
            value = _day(text, end) if column.filter == "date" else float(text)
        except (ValueError, OverflowError):
            rule = _("应为日期，如 2026-11-03") if column.filter == "date" else _("应为数字")
            state.errors[field_name] = f"{column.title}：{text}，{rule}"
            continue
        relation = "before" if column.filter == "date" and end == "to" else end
        state.conditions.append(Condition(column.key, relation, value))


def _day(text: str, end: str) -> Any:
    """The first instant of the day, or of the day after for the end of a range."""
    day = date.fromisoformat(text)
    return clock.day_bounds(day + timedelta(days=end == "to"))[0]


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise


def query_string(given: QueryDict, name: str, **changes: Any) -> str:
    """The query string with some of this table's own keys changed; None removes a key, a sort restarts paging."""
    pairs: list[tuple[str, str]] = []
    changed = {f"{name}-{key}": value for key, value in changes.items()}
    for key, values in given.lists():
        if key not in changed and key != f"{name}-export" and not (key == f"{name}-page" and "sort" in changes):
            pairs.extend((key, str(value)) for value in values)
    pairs.extend((key, str(value)) for key, value in changed.items() if value is not None)
    return "?" + urlencode(pairs)


def others(given: QueryDict, name: str, kept: Iterable[str] = ()) -> list[tuple[str, str]]:
    """What the address says about anything but this table, for the hidden fields of its form."""
    names = tuple(kept)
    return [
        (key, str(value))
        for key, values in given.lists() for value in values
        if key in names or not key.startswith((f"{name}-", f"{name}."))
    ]
