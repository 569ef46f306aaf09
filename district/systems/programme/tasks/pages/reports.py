"""月报: what each lead says of its task for a month, and whether it came in time."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, today
from district.kernel.people.access import may, scope_of
from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import MonthlyReport
from .. import actions
from ..forms import ReportForm
from ..powers import OFFICE, is_office, may_speak_for
from ..progress import Light, Reason
from ..words import BADGES, LIGHTS, reason_words

State = MonthlyReport.State
STATES = {State.ASKED: "secondary", State.REPORTED: "blue", State.RETURNED: "orange", State.ACCEPTED: "green"}
READERS = (OFFICE, "programme.leader", "programme.auditor")


def visible(account: Any) -> QuerySet[MonthlyReport]:
    """All of them to the office, the leaders and the auditor; to a liaison those of the own units."""
    rows = MonthlyReport.objects.select_related("task__lead", "case")
    if may(account, *READERS):
        return rows
    return scope_of(account, "programme").filter(rows, organisation_field="task__lead_id")


def reports(request: HttpRequest) -> HttpResponseBase:
    rows = [_row(each) for each in visible(request.user)]
    table = Table(
        "reports",
        columns=[
            Column("month", _("月份"), filter="text", link=lambda row: row["url"]), Column("task", _("重点工作"), filter="text"),
            Column("lead", _("牵头单位"), filter="text"),
            Column("state", _("状态"), filter="choice", choices=dict(State.choices),
                   badge={str(key): colour for key, colour in STATES.items()}),
            Column("due_on", _("填报时限"), format="day", filter="date"),
            Column("reported_at", _("首次填报时间"), format="moment"),
            Column("timely", _("时效"), filter="choice", choices=timely_words(), badge={"late": "red", "on_time": "green"}),
            Column("returns", _("退回次数"), filter="number"), Column("case", _("办件")),
        ],
        source=rows, order="-month", title=_("月报"), empty=_("还没有月报；每月 25 日自动发起"),
    )  # fmt: skip
    return table.respond(request) or page(request, "programme/tasks/reports.html", {"table": table, "chart": _chart(rows)})


@part(of="reports", path="reports/<int:pk>/", methods=("GET", "POST"))
def monthly_report(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(visible(request.user), pk=pk)
    writes = found.state in (State.ASKED, State.RETURNED) and may_speak_for(request.user, found.task.lead_id)
    before = {"done": found.done, "problems": found.problems, "plans": found.plans}
    form = ReportForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        try:
            actions.report(found, request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("月报已提交，等待推进办审核"))
            return redirect("programme:monthly_report", pk)
    frozen = found.figures
    return page(request, "programme/tasks/report.html", {
        "report": found, "form": PageForm(form, submit=_("提交月报")) if writes else None, "colour": STATES[State(found.state)],
        "is_office": is_office(request.user), "is_own": found.reported_by_id == request.user.pk,
        "is_late": _timely(found) == "late", "frozen": frozen,
        "light": (BADGES[Light(frozen["light"])], LIGHTS[Light(frozen["light"])]) if frozen else None,
        "reasons": [reason_words(Reason(*each), _titles(found)) for each in frozen.get("reasons", [])] if frozen else [],
    })  # fmt: skip


@part(of="reports", path="reports/<int:pk>/decide", methods=("POST",), roles=("office",))
def decide_report(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(visible(request.user), pk=pk)
    is_accepted = request.POST.get("answer") == "yes"
    try:
        actions.decide_report(found, request.user, is_accepted, request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("月报已通过") if is_accepted else _("月报已退回"))
    return redirect("programme:monthly_report", pk)


def _titles(found: MonthlyReport) -> dict[int, str]:
    return dict(found.task.milestones.values_list("pk", "title"))


def _timely(found: MonthlyReport) -> str:
    if found.first_reported_at is None:
        return "late" if found.due_on < today() else "open"
    return "on_time" if found.first_reported_at.astimezone(CHINA).date() <= found.due_on else "late"


def timely_words() -> dict[str, str]:
    return {"on_time": _("按时"), "late": _("逾期"), "open": _("未到期")}


def _row(each: MonthlyReport) -> dict[str, Any]:
    return {
        "month": f"{each.month:%Y-%m}", "task": f"{each.task.clause} {each.task.zh}", "lead": each.task.lead.name,
        "state": each.state, "due_on": each.due_on, "reported_at": each.first_reported_at, "timely": _timely(each),
        "returns": each.returns, "case": each.case.number if each.case else "",
        "url": reverse("programme:monthly_report", args=[each.pk]),
    }  # fmt: skip


def _chart(rows: list[dict[str, Any]]) -> Bar:
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        counts[row["month"]][row["timely"]] += 1
    months = sorted(counts)[-12:]
    colours = {"on_time": "#2b8a3e", "late": "#c0392b", "open": "#8a94a6"}
    return Bar(title=_("各月月报时效"), unit=_("份"), decimals=0, stacked=True, x=months, traces=[
        Trace(words, [float(counts[month][key]) for month in months], colour=colours[key])
        for key, words in timely_words().items()
    ])  # fmt: skip
