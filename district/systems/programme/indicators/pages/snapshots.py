"""指标快照: taken for a report, never changed; two compared; as xlsx, docx or JSON."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.people.access import may
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.languages import pick
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Snapshot
from .. import actions
from ..frozen import Difference, compared, digest_of, first_break
from ..snapshot_files import as_docx, as_xlsx
from ..wording import Words
from . import words

TAKERS = ("office",)
TYPES = {
    "json": ("application/json", lambda row: row.content.encode()),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", lambda row: as_xlsx(_content(row), row.digest)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",
             lambda row: as_docx(_content(row), row.digest)),
}  # fmt: skip


class TitleForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("标题"), max_length=120)


def snapshots(request: HttpRequest) -> HttpResponseBase:
    """All that were taken, and whether the row of them holds."""
    table = Table(
        "snapshots",
        columns=[
            Column("number", _("编号"), format="number"),
            Column("title", _("标题"), filter="text", link=lambda row: reverse("programme:snapshot", args=[row.number])),
            Column("taken_at", _("生成时间"), format="moment", filter="date"),
            Column("taken_by.name", _("生成人")),
            Column("digest", _("摘要（SHA-256）"), format=lambda value: f"{value[:16]}…"),
            Column("is_simulated", _("模拟"), filter="choice"),
        ],
        source=Snapshot.objects.select_related("taken_by").defer("content"), order="-number", title=_("指标快照"),
        empty=_("还没有快照"),
    )  # fmt: skip
    rows = list(Snapshot.objects.order_by("number").values_list("number", "content", "digest"))
    is_taker = may(request.user, *(f"programme.{role}" for role in TAKERS))
    return table.respond(request) or page(request, "programme/indicators/snapshots.html", {
        "table": table, "broken": first_break(rows), "numbers": [(number, number) for number, _text, _digest in rows[::-1]],
        "form": PageForm(TitleForm(), action=reverse("programme:snapshot_take"), submit=_("生成快照")) if is_taker else None,
        "names": dict(Snapshot.objects.order_by("-number").values_list("number", "title")),
    })  # fmt: skip


@part(of="snapshots", path="indicators/snapshots/take", methods=("POST",), roles=TAKERS)
def snapshot_take(request: HttpRequest) -> HttpResponse:
    """Freezes everything now, under the title given."""
    try:
        made = actions.take_snapshot(request.POST.get("title", ""), request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("programme:snapshots"))
    return HttpResponseRedirect(reverse("programme:snapshot", args=[made.number]))


@part(of="snapshots", path="indicators/snapshots/<int:number>/")
def snapshot(request: HttpRequest, number: int) -> HttpResponseBase:
    """One as it was taken."""
    found = get_object_or_404(Snapshot.objects.select_related("taken_by"), number=number)
    content = _content(found)
    rows = [{**row, "title": pick(Words(row["zh"], row["en"])), "sql_value": row.get("sql", {}).get("value")}
            for row in content["indicators"]]  # fmt: skip
    table = Table(
        "frozen",
        columns=[
            Column("clause", _("条款")), Column("title", _("指标"), filter="text"), Column("value", _("数值"), format=2),
            Column("sql_value", _("SQL 复算"), format=2), Column("target", _("目标"), format="number"), Column("unit", _("单位")),
            Column("way", _("取值方式"), filter="choice", choices=words.WAYS, badge=words.WAY_COLOURS),
            Column("due_on", _("期限")), Column("late_days", _("逾期天数"), format="number"),
            Column("evidence_total", _("依据行数"), format="number"),
        ],
        source=rows, order="clause", title=_("指标"),
    )  # fmt: skip
    return table.respond(request) or page(request, "programme/indicators/snapshot.html", {
        "found": found, "table": table, "national": content["sets"]["gb2016"], "formats": [*TYPES],
        "is_whole": digest_of(found.content) == found.digest,
    })  # fmt: skip


@part(of="snapshots", path="indicators/snapshots/<int:number>/file.<str:kind>")
def snapshot_file(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """json: exactly the bytes its digest is of."""
    if kind not in TYPES:
        raise Http404(kind)
    found = get_object_or_404(Snapshot, number=number)
    media_type, made = TYPES[kind]
    answer = HttpResponse(made(found), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="indicators-{number}.{kind}"'
    answer["X-Content-SHA256"] = found.digest
    return answer


@part(of="snapshots", path="indicators/snapshots/compare")
def snapshot_compare(request: HttpRequest) -> HttpResponseBase:
    """`?before=…&after=…`: what has changed between two."""
    given = [request.GET.get(name, "") for name in ("before", "after")]
    if not all(each.isascii() and each.isdigit() for each in given):
        raise Http404("before, after")
    before, after = (get_object_or_404(Snapshot, number=int(each)) for each in given)
    rows = [_compared(each) for each in compared(_content(before), _content(after))]
    table = Table(
        "differences",
        columns=[
            Column("title", _("指标"), filter="text"),
            Column("before", _("此前"), format=2),
            Column("after", _("此后"), format=2),
            Column("change", _("变化"), format=2),
            Column("unit", _("单位")),
            Column("way_before", _("此前取值方式"), choices=words.WAYS),
            Column("way_after", _("此后取值方式"), choices=words.WAYS),
        ],
        source=rows, title=_("两次快照对比"),
    )  # fmt: skip
    return table.respond(request) or page(request, "programme/indicators/compare.html", {
        "table": table, "before": before, "after": after,
    })  # fmt: skip


def _compared(each: Difference) -> dict[str, Any]:
    return {"title": pick(Words(each.zh, each.en)), "before": each.before, "after": each.after, "change": each.change,
            "unit": each.unit, "way_before": each.way_before, "way_after": each.way_after}  # fmt: skip


def _content(row: Snapshot) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(row.content)
    return content
