"""公共数据开放: what anybody may look at and take, as CSV and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from district.kernel.clock import now
from district.kernel.datasets import classes, open_rows, queries
from district.kernel.datasets.models import Resource
from district.kernel.datasets.open_rows import (
    Asked,
    TooSlow,
    each_open_row,
    open_items,
    open_page,
    open_resources,
)
from district.kernel.datasets.pages import words
from district.kernel.datasets.pages.limits import at_most
from district.kernel.people.access import allow
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table
from district.kernel.ui.table_export import harmless

PREVIEWED = 50
PAGES_A_MINUTE, FILES_A_MINUTE = 240, 60
FORMS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@allow("public")
@require_safe
@at_most(PAGES_A_MINUTE, "open_data")
def open_data(request: HttpRequest) -> HttpResponseBase:
    """All open entries."""
    table = Table(
        "open",
        columns=[
            Column("title", _("数据集"), filter="text", value=lambda row: row.label, link=_address),
            Column("provider.name", _("提供单位"), filter="choice", value=lambda row: row.provider.label),
            Column("theme", _("主题"), filter="choice", choices=words.themes()),
            Column("cycle", _("更新周期"), filter="choice", choices=words.CYCLES),
            Column("open_condition", _("开放条件"), filter="text"),
            Column("item_count", _("字段数"), format=0),
            Column("is_delivered", _("可下载"), filter="choice", choices=words.YES_NO),
            Column("rows", _("行数"), format=0),
            Column("is_simulated", _("模拟数据"), filter="choice", choices=words.YES_NO),
        ],
        source=queries.with_figures(Resource.objects.filter(open_rows.OPEN)), order="title",
        title=_("开放数据集"), empty=_("还没有开放的数据集"),
    )  # fmt: skip
    addresses = {
        "DCAT": request.build_absolute_uri(reverse("datasets:dcat", args=["ttl"])),
        "CKAN": request.build_absolute_uri(reverse("datasets:ckan", args=["package_search"])),
    }
    return table.respond(request) or page(
        request, "datasets/open_data.html", {"table": table, "addresses": addresses}
    )


@allow("public")
@require_safe
@at_most(PAGES_A_MINUTE, "open_data")
def open_resource(request: HttpRequest, name: str) -> HttpResponseBase:
    """One open entry: what it says, its fields, its first rows."""
    found = _open(name)
    problem, previewed = "", None
    if open_rows.is_delivered(found):
        try:
            previewed = open_page(found, Asked(limit=PREVIEWED))
        except TooSlow:
            problem = _("数据暂时不能预览")
    context: dict[str, Any] = {
        "resource": found, "words": words, "items": open_items(found), "preview": previewed, "problem": problem,
        "category": classes.category_label(found.category), "forms": FORMS,
        "api": request.build_absolute_uri(reverse("datasets:ckan", args=["datastore_search"])),
    }  # fmt: skip
    return page(request, "datasets/open_resource.html", context)


@allow("public")
@require_safe
@at_most(FILES_A_MINUTE, "open_file")
def open_file(request: HttpRequest, name: str, file: str) -> HttpResponseBase:
    """All rows as `<name>.csv` or `<name>.json`, streamed."""
    found = _open(name)
    form = file.removeprefix(f"{name}.")
    if form not in FORMS or not open_rows.is_delivered(found):
        raise Http404(name)
    rows = each_open_row(found)
    answer = StreamingHttpResponse(
        as_csv(found, rows) if form == "csv" else as_json(found, rows), content_type=FORMS[form]
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}-{now():%Y%m%d}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer


def as_csv(resource: Resource, rows: Iterator[tuple[Any, ...]]) -> Iterator[bytes]:
    """UTF-8 with a mark, which Excel and WPS need; the first line is the field names."""
    yield b"\xef\xbb\xbf" + _line([item.name for item in open_items(resource)])
    for row in rows:
        yield _line([harmless(value) if isinstance(value, str) else value for value in row])


def as_json(resource: Resource, rows: Iterator[tuple[Any, ...]]) -> Iterator[bytes]:
    """`[{…}, …]`, a row a line."""
    names = [item.name for item in open_items(resource)]
    before = b"["
    for row in rows:
        yield before + b"\n" + orjson.dumps(dict(zip(names, row, strict=True)))
        before = b","
    yield b"[]" if before == b"[" else b"\n]"


def _line(values: list[Any]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(values)
    return text.getvalue().encode()


def _open(name: str) -> Resource:
    found = open_resources().filter(name=name).first()
    if found is None:
        raise Http404(name)
    return found


def _address(row: Resource) -> str:
    return reverse("datasets:open_resource", args=[row.name])
