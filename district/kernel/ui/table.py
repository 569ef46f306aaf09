"""The one table of the platform: sorts, filters, pages, exports, and keeps its state in the address.

    def stations(request):
        table = Table(
            "stations",
            columns=[
                Column("code", _("编码"), link=lambda row: reverse("environment:station", args=[row["code"]])),
                Column("name", _("名称"), filter="text"),
                Column("kind", _("类型"), filter="choice", choices={"air": _("空气"), "water": _("地表水")}),
                Column("at", _("最新时间"), format="moment", filter="date"),
                Column("value", _("浓度"), format=1, unit="µg/m³"),
            ],
            source=SqlSource("SELECT … FROM …", [params], key="code"),      # or a QuerySet, or a list
            order="-at",
            title=_("监测站点"),
        )
        return table.respond(request) or page(request, "environment/stations.html", {"table": table})

and in the template `{{ ui.table(table) }}`. `respond` answers downloads and htmx reloads, and is None for the page.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from markupsafe import Markup

from district.kernel.ui import formats, table_export, table_state
from district.kernel.ui.render import page
from district.kernel.ui.table_sources import Source, SqlSource, source_of, value_of
from district.kernel.ui.table_state import PER_PAGE, TableState

__all__ = ["Column", "SqlSource", "Table"]

COUNTED_EXACTLY = 10_000
"""Beyond this the number of rows is not counted: a page does not wait for a number nobody reads."""

log = logging.getLogger(__name__)

Format = str | int | Callable[[Any], str]


@dataclass(frozen=True)
class Column:
    """A column. `key` is the field, annotation, path (`outlet.name`) or SQL column.

    `format`: a number of decimals, a name of `formats.FILTERS` (`moment`, `day`, `percent` …) or a function.
    `choices`: value → text, shown instead of the value and offered by the choice filter.
    `badge`: value → Tabler colour (`green`, `red`, `orange` …), shown as a coloured mark beside the text.
    `link`: row → address, or None for no link. `cell`: row → Markup, for a cell of its own making.
    `shown=False` leaves it to the column chooser.
    """

    key: str
    title: Any
    sortable: bool = True
    filter: Literal["", "text", "choice", "date", "number"] = ""
    format: Format = ""
    align: Literal["", "start", "end", "center"] = ""
    unit: str = ""
    choices: Mapping[Any, Any] | None = None
    badge: Mapping[Any, str] | None = None
    link: Callable[[Any], str | None] | None = None
    cell: Callable[[Any], Markup] | None = None
    value: Callable[[Any], Any] | None = None
    shown: bool = True

    @property
    def is_number(self) -> bool:
        return isinstance(self.format, int) or self.format in ("number", "percent")

    @property
    def side(self) -> str:
        return self.align or ("end" if self.is_number else "start")

    def value_in(self, row: Any) -> Any:
        return self.value(row) if self.value else value_of(row, self.key)

    def text(self, value: Any) -> str:
        """The value as people read it."""
        if value is None or value == "":
            return formats.NOTHING
        if self.choices is not None and value in self.choices:
            return str(self.choices[value])
        if isinstance(value, bool):
            return _("是") if value else _("否")
        if callable(self.format):
            return self.format(value)
        if isinstance(self.format, int):
            return formats.number(value, self.format)
        return formats.FILTERS[self.format](value) if self.format else str(value)


class Cell(NamedTuple):
    """One cell, ready for the template."""

    column: Column
    text: str
    href: str | None
    badge: str | None
    html: Markup | None


@dataclass
class Table:
    """See the module. `name` must be unique on its page; `live` is a topic that makes the table reload itself.

    `poll_seconds` reloads it when the live door cannot be reached (0: never).
    """

    name: str
    columns: Sequence[Column]
    source: Any
    order: str = ""
    per_page: int = 50
    title: Any = ""
    empty: Any = ""
    exports: bool = True
    live: str = ""
    poll_seconds: int = 60
    row_class: Callable[[Any], str] | None = None
    request: HttpRequest | None = None
    state: TableState = field(default_factory=TableState)

    def bind(self, request: HttpRequest) -> Table:
        """Reads what the reader asked for from the address."""
        self.request = request
        self.state = table_state.read(self.name, self.columns, request.GET, self.order, self.per_page)
        return self

    def respond(self, request: HttpRequest) -> HttpResponseBase | None:
        """A download or the reloaded table when that was asked for; None when the page itself is."""
        self.bind(request)
        export = request.GET.get(f"{self.name}-export", "")
        if self.exports and export in table_export.WRITERS:
            return table_export.response(self, export)
        if request.headers.get("HX-Target") != self.element_id or "HX-History-Restore-Request" in request.headers:
            return None
        answer = page(request, "ui/table.html", {"table": self})
        patch_vary_headers(answer, ["HX-Request", "HX-Target"])
        return answer

    # What the template reads.

    @property
    def element_id(self) -> str:
        return f"table-{self.name}"

    @property
    def query(self) -> QueryDict:
        return self.request.GET if self.request is not None else QueryDict()

    @property
    def asked(self) -> str:
        """What stands in the address beside the page: filters and order, in plain characters."""
        left_out = {f"{self.name}-{what}" for what in ("export", "page", "rows", "columns")}
        return "&".join(
            f"{key}={value}" for key, values in self.query.lists() for value in values if value and key not in left_out
        )

    @property
    def path(self) -> str:
        return self.request.path if self.request is not None else ""

    @cached_property
    def visible(self) -> list[Column]:
        return [column for column in self.columns if column.key in self.state.columns]

    @property
    def filters(self) -> list[Column]:
        return [column for column in self.columns if column.filter]

    @cached_property
    def selected(self) -> Source:
        """The filtered, sorted rows: what is shown page by page and what is exported."""
        chosen = source_of(self.source).narrowed(self.state.conditions)
        return chosen.ordered(self.state.sort_key, self.state.is_descending) if self.state.sort else chosen

    @cached_property
    def page_rows(self) -> list[list[Cell]]:
        return [[self._cell(column, row) for column in self.visible] for row in self.raw_rows]

    @cached_property
    def _fetched(self) -> list[Any] | None:
        """The rows of this page and one beyond, which tells whether there is a next; None when they cannot be read."""
        start = (self.state.page - 1) * self.state.per_page
        try:
            return self.selected.rows(start, start + self.state.per_page + 1)
        except DatabaseError:
            log.exception("table %s cannot be read", self.name)
            return None

    @property
    def is_broken(self) -> bool:
        return self._fetched is None

    @property
    def has_next(self) -> bool:
        return len(self._fetched or ()) > self.state.per_page

    @property
    def raw_rows(self) -> list[Any]:
        """The rows of this page as the source gave them."""
        return (self._fetched or [])[: self.state.per_page]

    @cached_property
    def count(self) -> int | None:
        """The number of rows, or None when there are more than are worth counting."""
        before = (self.state.page - 1) * self.state.per_page
        if not self.has_next and (self.raw_rows or before == 0):
            return before + len(self.raw_rows)
        counted = self.selected.count(COUNTED_EXACTLY)
        return counted if counted <= COUNTED_EXACTLY else None

    @property
    def summary(self) -> str:
        """`第 51–100 条，共 1,234 条`."""
        start = (self.state.page - 1) * self.state.per_page
        if not self.raw_rows:
            return _("没有记录")
        text = _("第 %(first)s–%(last)s 条，共 %(total)s 条")
        if self.count is None:
            text = _("第 %(first)s–%(last)s 条，共 %(total)s 条以上")
        total = COUNTED_EXACTLY if self.count is None else self.count
        return text % {"first": f"{start + 1:,}", "last": f"{start + len(self.raw_rows):,}", "total": f"{total:,}"}

    @property
    def page_numbers(self) -> list[int | None]:
        """Numbers around the current page; None stands for a gap."""
        if self.count is None:
            return [*range(max(1, self.state.page - 2), self.state.page + 1 + self.has_next)]
        last = max(1, -(-self.count // self.state.per_page))
        near = [number for number in range(1, last + 1) if number in (1, last) or abs(number - self.state.page) <= 1]
        spaced: list[int | None] = []
        for number in near:
            if spaced and spaced[-1] is not None and number - spaced[-1] > 1:
                spaced.append(None)
            spaced.append(number)
        return spaced

    @property
    def page_sizes(self) -> list[int]:
        return sorted({*PER_PAGE, self.per_page})

    def url_with(self, **changes: Any) -> str:
        return self.path + table_state.query_string(self.query, self.name, **changes)

    def url_sorted(self, column: Column) -> str:
        is_same = column.key == self.state.sort_key
        descending = not self.state.is_descending if is_same else column.is_number or column.filter == "date"
        return self.url_with(sort=("-" if descending else "") + column.key)

    @property
    def url_cleared(self) -> str:
        kept = QueryDict(mutable=True)
        for key, value in table_state.others(self.query, self.name, (f"{self.name}-sort", f"{self.name}-columns")):
            kept.appendlist(key, value)
        return f"{self.path}?{kept.urlencode()}"

    @property
    def hidden_fields(self) -> list[tuple[str, str]]:
        return table_state.others(self.query, self.name, (f"{self.name}-sort",))

    def aria_sort(self, column: Column) -> str:
        if column.key != self.state.sort_key:
            return "none"
        return "descending" if self.state.is_descending else "ascending"

    def choices_of(self, column: Column) -> list[tuple[str, str]]:
        """What a choice filter offers: the column's own choices, or the values there are."""
        if column.choices is not None:
            return [(str(value), str(text)) for value, text in column.choices.items()]
        try:
            found = source_of(self.source).values_of(column.key)
        except DatabaseError:
            log.exception("choices of %s.%s cannot be read", self.name, column.key)
            return []
        return [(str(each[0]), str(each[1])) if isinstance(each, tuple) else (str(each), column.text(each))
                for each in found]

    @cached_property
    def saved_views(self) -> list[Any]:
        """The reader's own views of this table."""
        if not self.is_signed_in or self.request is None:
            return []
        from district.kernel.ui.models import SavedView

        return list(SavedView.objects.filter(account_id=self.request.user.pk, table=self.name, path=self.path))

    @property
    def is_signed_in(self) -> bool:
        user = getattr(self.request, "user", None)
        return user is not None and bool(user.is_authenticated)

    def _cell(self, column: Column, row: Any) -> Cell:
        if column.cell is not None:
            return Cell(column, "", None, None, column.cell(row))
        value = column.value_in(row)
        href = column.link(row) if column.link else None
        badge = column.badge.get(value) if column.badge and value is not None else None
        return Cell(column, column.text(value), href, badge, None)
