"""数据质量: capture rates as a heat map, what the detectors saw, and why hours did not count."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.clock import day_bounds, now, today
from district.kernel.ui.chart import Bar, Heat, Line, Span, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.saying import said
from district.kernel.ui.table import Column, Table

from ..actions.quality import judge_finding
from ..items import zh_of
from ..models import QualityFinding
from ..models.results import Validity
from ..queries.data_quality import (
    CaptureMatrix,
    capture_matrix,
    devices_visible_to,
    findings_visible_to,
    marked_hours,
)
from ..queries.readings import choices_for, hour_columns, reason_text
from .forms import VerdictForm, read_day

DAYS_SHOWN = 30
LONGEST_DAYS = 92

FINDING_KINDS = {
    "constant": gettext_lazy("恒值"),
    "zero": gettext_lazy("零值"),
    "spike": gettext_lazy("突变"),
    "missing": gettext_lazy("缺失"),
    "clipped": gettext_lazy("贴近限值"),
    "mirrored": gettext_lazy("数据雷同"),
    "illogical": gettext_lazy("逻辑倒挂"),
}


def data_quality(request: HttpRequest) -> HttpResponseBase:
    last = min(read_day(request.GET.get("to"), today()), today())
    first = read_day(request.GET.get("from"), last - timedelta(days=DAYS_SHOWN - 1))
    first = min(last, max(first, last - timedelta(days=LONGEST_DAYS)))
    table = _findings(request)
    answer = table.respond(request)
    if answer is not None:
        return answer
    devices = devices_visible_to(request.user)
    matrix = capture_matrix(devices, first, last)
    marked = marked_hours(devices, day_bounds(first)[0], day_bounds(last)[1])
    return page(
        request,
        "environment/data_quality.html",
        {
            "matrix": matrix,
            "heat": _heat(matrix),
            "bars": _bars(matrix),
            "table": table,
            "first": first,
            "last": last,
            "marked": [
                (dict(Validity.choices).get(validity, validity), reason_text(reason), hours)
                for validity, reason, hours in marked
            ],
            "low": [
                device.name
                for device, percent in zip(matrix.devices, matrix.total_percent, strict=True)
                if percent is not None and percent < 75
            ],
            "today": today(),
        },
    )


def _heat(matrix: CaptureMatrix) -> Heat:
    return Heat(
        title=_("有效传输率（设备 × 日）"),
        unit="%",
        decimals=0,
        x=[f"{day:%m-%d}" for day in matrix.days],
        y=[device.name for device in matrix.devices],
        values=matrix.percent,
        x_title=_("日期"),
        y_title=_("设备"),
        value_title=_("有效传输率"),
        pieces=[
            (50, "#c92a2a", _("50% 以下")),
            (75, "#f08c00", _("50–75%")),
            (90, "#fcc419", _("75–90%")),
            (None, "#2f9e44", _("90% 以上")),
        ],
    )


def _bars(matrix: CaptureMatrix) -> Bar:
    worst = list(zip(matrix.devices, matrix.total_percent, strict=True))[:15]
    return Bar(
        title=_("有效传输率最低的设备"),
        unit="%",
        horizontal=True,
        x=[device.name for device, _percent in worst],
        traces=[Trace(_("有效传输率"), [percent for _device, percent in worst])],
        colours=[
            "var(--tblr-red)" if percent is not None and percent < 75 else "var(--tblr-green)"
            for _device, percent in worst
        ],
    )


def _findings(request: HttpRequest) -> Table:
    return Table(
        "findings",
        columns=[
            Column("from_at", _("起"), format="moment", filter="date", link=_verdict_url),
            Column("until_at", _("止"), format="moment"),
            Column("series.device.name", _("设备"), filter="text"),
            Column("series.item", _("项目"), format=lambda code: said(zh_of(code))),
            Column("kind", _("疑点"), filter="choice", choices=FINDING_KINDS),
            Column("value", _("数值"), format="number"),
            Column("detail", _("依据")),
            Column(
                "verdict",
                _("结论"),
                filter="choice",
                choices=dict(QualityFinding.Verdict.choices),
                badge={"open": "orange", "confirmed": "red", "dismissed": "secondary"},
            ),
            Column("verdict_by.name", _("核查人"), shown=False),
            Column("note", _("说明"), shown=False),
        ],
        source=findings_visible_to(request.user),
        order="-from_at",
        title=_("数据疑点"),
        empty=_("没有发现疑点"),
    )


def _verdict_url(row: QualityFinding) -> str:
    return reverse("environment:finding", args=[row.pk])


@part(of="data_quality", path="data-quality/findings/<int:finding_id>/", methods=("GET", "POST"))
def finding(request: HttpRequest, finding_id: int) -> HttpResponseBase:
    """One finding with the hours around it, and a person's verdict."""
    found = get_object_or_404(findings_visible_to(request.user), pk=finding_id)
    inner = VerdictForm(request.POST or None)
    form = PageForm(inner, submit=_("登记结论"), cancel=reverse("environment:data_quality"), columns=2)
    if form.is_valid():
        judge_finding(
            found,
            inner.cleaned_data["verdict"],
            account=request.user,
            at=now(),
            note=inner.cleaned_data["note"],
        )
        messages.success(request, _("已登记"))
        return redirect("environment:data_quality")
    context = {
        "finding": found,
        "kind": FINDING_KINDS.get(found.kind, found.kind),
        "form": form,
        "item": zh_of(found.series.item),
        "chart": _around(request, found),
    }
    return page(request, "environment/finding.html", context)


def _around(request: HttpRequest, found: QualityFinding) -> Line | None:
    """The hours of the series two days around the finding, the finding shaded."""
    choices = [choice for choice in choices_for(request.user) if choice.series.id == found.series_id]
    start, end = found.from_at - timedelta(days=2), min(now(), found.until_at + timedelta(days=2))
    columns = hour_columns(choices, start, end)
    if not columns:
        return None
    hours = [start + timedelta(hours=index) for index in range(len(columns[0].values))]
    return Line(
        title=columns[0].choice.label,
        unit=columns[0].choice.unit,
        x=hours,
        traces=[
            Trace(_("评价值"), columns[0].values.tolist()),
            Trace(_("上报值"), columns[0].raw.tolist(), dashed=True),
        ],
        spans=[Span(found.from_at, found.until_at, FINDING_KINDS.get(found.kind, found.kind))],
    )
