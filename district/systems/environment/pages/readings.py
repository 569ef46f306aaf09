"""监测数据: choose series and a span, see chart and table, export, correct with a second person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, now
from district.kernel.people.access import may
from district.kernel.ui import table as tables
from district.kernel.ui.chart import Line, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.saying import said

from ..actions.corrections import RefusedCorrection, decide_correction, request_correction
from ..items import zh_of
from ..models import Correction, HourlyValue
from ..models.results import Validity
from ..queries.readings import (
    LONGEST_DAYS,
    MOST_SERIES,
    Choice,
    choices_for,
    hour_values,
    reason_text,
    series_of,
)
from .forms import CorrectionForm, DecisionForm, read_moment

VALIDITY_BADGES = {
    "valid": "green",
    "corrected": "blue",
    "substituted": "yellow",
    "invalid": "red",
    "missing": "secondary",
    "stopped": "secondary",
}


def readings(request: HttpRequest) -> HttpResponseBase:
    """`?series=1&series=2&from=…&to=…`: the chosen series, the last three days when no span is asked."""
    choices = choices_for(request.user)
    start, end = _span(request)
    asked = {int(each) for each in request.GET.getlist("series") if each.isdecimal()}
    chosen = [choice for choice in choices if choice.series.id in asked][:MOST_SERIES]
    table = _table(chosen, start, end, may(request.user, "environment.monitor"))
    answer = table.respond(request)
    if answer is not None:
        return answer
    return page(
        request,
        "environment/readings.html",
        {
            "choices": choices,
            "chosen": {choice.series.id for choice in chosen},
            "table": table,
            "chart": _chart(chosen, start, end) if chosen else None,
            "start": start,
            "end": end,
            "most": MOST_SERIES,
            "may_correct": may(request.user, "environment.monitor"),
            "open_corrections": Correction.objects.filter(state=Correction.State.REQUESTED).count(),
        },
    )


def _span(request: HttpRequest) -> tuple[datetime, datetime]:
    """Whole hours, at most LONGEST_DAYS."""
    complete = now().replace(minute=0, second=0, microsecond=0)
    end = read_moment(request.GET.get("to"), complete).replace(minute=0, second=0, microsecond=0)
    start = read_moment(request.GET.get("from"), end - timedelta(days=3)).replace(
        minute=0, second=0, microsecond=0
    )
    return max(start, end - timedelta(days=LONGEST_DAYS)), end


def _chart(chosen: list[Choice], start: datetime, end: datetime) -> Line:
    """One axis for each of the first two units; the series of further units share the second."""
    units = list(dict.fromkeys(choice.unit for choice in chosen))
    values = hour_values(chosen, start, end)
    hours = [start + timedelta(hours=index) for index in range(values.shape[1])]
    return Line(
        title=_("小时值"),
        unit=units[0],
        x=hours,
        traces=[
            Trace(
                choice.label,
                column,
                unit=choice.unit,
                decimals=choice.decimals,
                axis=min(1, units.index(choice.unit)),
            )
            for choice, column in zip(chosen, values, strict=True)
        ],
    )


ROWS = """
    SELECT h.at, c.place, c.item, h.value, h.raw, c.unit, h.validity, h.reason, h.series_id AS series
    FROM environment_hourlyvalue h
    JOIN unnest(%s::int[], %s::text[], %s::text[], %s::text[]) AS c(series_id, place, item, unit)
         ON c.series_id = h.series_id
    WHERE h.at >= %s AND h.at < %s
"""


def _table(chosen: list[Choice], start: datetime, end: datetime, may_correct: bool) -> tables.Table:
    """Read page by page: a year of eight series is seventy thousand rows."""
    words = [
        [each.series.id for each in chosen],
        [each.place for each in chosen],
        [each.title for each in chosen],
        [each.unit for each in chosen],
    ]
    return tables.Table(
        "readings",
        columns=[
            tables.Column(
                "at", _("小时"), format="moment", filter="date", link=_correction_url if may_correct else None
            ),
            tables.Column("place", _("位置"), filter="choice"),
            tables.Column("item", _("项目"), filter="choice"),
            tables.Column("value", _("评价值"), format="number", filter="number"),
            tables.Column("raw", _("上报值"), format="number"),
            tables.Column("unit", _("单位")),
            tables.Column(
                "validity",
                _("有效性"),
                filter="choice",
                choices=dict(Validity.choices),
                badge=VALIDITY_BADGES,
            ),
            tables.Column("reason", _("说明"), format=reason_text, filter="choice"),
        ],
        source=tables.SqlSource(ROWS, [*words, start, end], key="series"),
        order="-at",
        title=_("监测数据"),
        empty=_("请选择监测序列"),
    )


def _correction_url(row: dict[str, Any]) -> str:
    at = row["at"].astimezone(CHINA).strftime("%Y-%m-%dT%H:%M")
    return f"{reverse('environment:correct')}?series={row['series']}&at={at}"


@part(of="readings", path="readings/correct", methods=("GET", "POST"), roles=("monitor",))
def correct(request: HttpRequest) -> HttpResponseBase:
    """Asks for a correction of one hour, and shows the history of that hour."""
    given = request.POST or request.GET
    choice = _choice(request, given.get("series", ""))
    at = read_moment(given.get("at"), now().replace(minute=0, second=0, microsecond=0))
    inner = CorrectionForm(request.POST or None, initial={"series": choice.series.id, "at": at})
    address = f"{reverse('environment:readings')}?series={choice.series.id}"
    form = PageForm(inner, submit=_("提交复核"), cancel=address)
    if form.is_valid():
        try:
            request_correction(
                series_of(choice),
                inner.cleaned_data["at"],
                inner.cleaned_data["new_value"],
                inner.cleaned_data["reason"],
                account=request.user,
                requested_at=now(),
            )
        except RefusedCorrection as refusal:
            inner.add_error(None, str(refusal))
        else:
            messages.success(request, _("已提交，须由另一人复核后生效"))
            return redirect("environment:corrections")
    return page(
        request,
        "environment/correction.html",
        {
            "choice": choice,
            "at": at,
            "form": form,
            "hour": HourlyValue.objects.filter(series_id=choice.series.id, at=at).first(),
            "history": Correction.objects.filter(series_id=choice.series.id, at=at).select_related(
                "requested_by", "decided_by"
            ),
            "reason_text": reason_text,
        },
    )


def _choice(request: HttpRequest, series: str) -> Choice:
    for choice in choices_for(request.user):
        if str(choice.series.id) == series:
            return choice
    raise Http404(series)


@part(of="readings", path="readings/corrections/")
def corrections(request: HttpRequest) -> HttpResponseBase:
    rows = Correction.objects.select_related("series__device", "requested_by", "decided_by")
    visible = [choice.series.id for choice in choices_for(request.user)]
    table = tables.Table(
        "corrections",
        columns=[
            tables.Column(
                "requested_at",
                _("申请时间"),
                format="moment",
                filter="date",
                link=lambda row: reverse("environment:decide", args=[row.pk]),
            ),
            tables.Column("series.device.name", _("设备"), filter="text"),
            tables.Column("series.item", _("项目"), format=lambda code: said(zh_of(code))),
            tables.Column("at", _("小时"), format="moment", filter="date"),
            tables.Column("old_value", _("原值"), format="number"),
            tables.Column("new_value", _("修正值"), format="number"),
            tables.Column("reason", _("原因"), filter="text"),
            tables.Column(
                "state",
                _("状态"),
                filter="choice",
                choices=dict(Correction.State.choices),
                badge={"requested": "orange", "confirmed": "green", "refused": "secondary"},
            ),
            tables.Column("requested_by.name", _("申请人")),
            tables.Column("decided_by.name", _("复核人")),
        ],
        source=rows.filter(series_id__in=visible),
        order="-requested_at",
        title=_("数据修正"),
        empty=_("没有修正记录"),
    )
    return table.respond(request) or page(request, "environment/corrections.html", {"table": table})


@part(
    of="readings",
    path="readings/corrections/<int:correction_id>/",
    methods=("GET", "POST"),
    roles=("monitor",),
)
def decide(request: HttpRequest, correction_id: int) -> HttpResponseBase:
    """The second person's decision; the first sees it without the form."""
    found = get_object_or_404(
        Correction.objects.select_related("series__device", "requested_by", "decided_by"), pk=correction_id
    )
    choice = _choice(request, str(found.series_id))
    inner = DecisionForm(request.POST or None)
    form = PageForm(inner, submit=_("提交"), cancel=reverse("environment:corrections"))
    may_decide = found.state == Correction.State.REQUESTED and found.requested_by_id != request.user.pk
    if form.is_valid():
        try:
            decide_correction(
                found,
                is_confirmed=inner.cleaned_data["decision"] == "confirm",
                account=request.user,
                decided_at=now(),
                note=inner.cleaned_data["note"],
            )
        except RefusedCorrection as refusal:
            inner.add_error(None, str(refusal))
        else:
            messages.success(request, _("已处理"))
            return redirect("environment:corrections")
    return page(
        request,
        "environment/correction_decision.html",
        {"correction": found, "choice": choice, "form": form if may_decide or request.POST else None},
    )
