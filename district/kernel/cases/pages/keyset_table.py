"""A table over very many rows: newest first, paged by key, so that the hundredth page costs what the first does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from district.kernel.ui import table_state
from district.kernel.ui.table import Column, Table
from district.kernel.ui.table_sources import source_of
from district.kernel.ui.table_state import Condition


@dataclass
class KeysetTable(Table):
    """A Table of a QuerySet in falling order of its primary key. Columns do not sort; rows are not counted.

    `narrow` gives the rows that meet some of the conditions, and the conditions that are left. `?<name>-before=<pk>`
    shows what comes after that row, `?<name>-after=<pk>` what comes before it.
    """

    narrow: Callable[[Any, Sequence[Condition]], tuple[Any, list[Condition]]] | None = None

    def __post_init__(self) -> None:
        self.columns = [_unsorted(column) for column in self.columns]

    @cached_property
    def selected(self) -> Any:
        source, conditions = self.source, list(self.state.conditions)
        if self.narrow is not None:
            source, conditions = self.narrow(source, conditions)
        narrowed = source_of(source).narrowed(conditions)
        return source_of(narrowed.queryset.order_by("-pk"))  # type: ignore[attr-defined]  # the source is a QuerySet

    @cached_property
    def _window(self) -> tuple[list[Any], bool, bool]:
        """The rows, whether there are newer ones, whether there are older ones."""
        rows, size = self.selected.queryset, self.state.per_page
        before, after = self._edge("before"), self._edge("after")
        if after is not None:
            found = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
            return found[:size][::-1], len(found) > size, True
        if before is not None:
            rows = rows.filter(pk__lt=before)
        found = list(rows[: size + 1])
        return found[:size], before is not None, len(found) > size

    @cached_property
    def _fetched(self) -> list[Any] | None:
        rows, _has_newer, has_older = self._window
        return [*rows, None] if has_older else rows

    @property
    def raw_rows(self) -> list[Any]:
        return self._window[0]

    @property
    def has_next(self) -> bool:
        return self._window[2]

    @property
    def summary(self) -> str:
        return _("本页 %(n)s 条") % {"n": len(self.raw_rows)} if self.raw_rows else _("没有记录")

    @property
    def page_numbers(self) -> list[int | None]:
        return []

    def url_with(self, **changes: Any) -> str:
        page = changes.pop("page", None)
        if page is None:
            return self.path + table_state.query_string(self.query, self.name, **changes)
        changes |= {"page": None, "before": None, "after": None}
        if page > self.state.page and self.raw_rows:
            changes |= {"before": self.raw_rows[-1].pk, "page": page}
        elif self._window[1] and self.raw_rows and page > 1:
            changes |= {"after": self.raw_rows[0].pk, "page": page}
        return self.path + table_state.query_string(self.query, self.name, **changes)

    def _edge(self, name: str) -> int | None:
        text = self.query.get(f"{self.name}-{name}", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _unsorted(column: Column) -> Column:
    values = {name: getattr(column, name) for name in Column.__dataclass_fields__}
    return Column(**values | {"sortable": False})
