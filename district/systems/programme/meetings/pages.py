"""联席会议 and 议定事项: who meets when, what was said, what was decided and whether it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.access import may, scope_of
from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..models import AgendaItem, Attendance, Decision, Meeting
from . import actions, documents, queries
from .checking_pages import to_check
from .forms import DecisionForm, MeetingForm, ProposalForm

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BADGES = {"planned": "blue", "held": "yellow", "minuted": "green", "cancelled": "secondary"}
STANDINGS = {
    "not_sent": "secondary",
    "open": "blue",
    "late": "red",
    "done": "green",
    "done_late": "yellow",
    "cancelled": "secondary",
}
COLOURS = {
    "not_sent": "#8a94a6",
    "open": "#1f6feb",
    "late": "#c0392b",
    "done": "#2b8a3e",
    "done_late": "#b7791f",
    "cancelled": "#5c6675",
}
WRITERS = ("office",)


def standing_words() -> dict[str, str]:
    return {"not_sent": _("未印发"), "open": _("办理中"), "late": _("逾期"), "done": _("按时办结"), "done_late": _("逾期办结"),
            "cancelled": _("已作废")}  # fmt: skip


def meetings(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "meetings",
        columns=[
            Column("number", _("编号"), filter="text", link=lambda row: reverse("programme:meeting", args=[row.pk])),
            Column("title", _("会议名称"), filter="text"),
            Column("kind", _("类别"), filter="choice", choices=dict(Meeting.Kind.choices)),
            Column("begins_at", _("时间"), format="moment", filter="date"), Column("place", _("地点")),
            Column("state", _("状态"), filter="choice", choices=dict(Meeting.State.choices), badge=BADGES),
            Column("is_simulated", _("模拟"), choices={True: _("模拟"), False: "—"}),
        ],
        source=Meeting.objects.all(), order="-begins_at", title=_("联席会议"), empty=_("还没有会议"),
    )  # fmt: skip
    return table.respond(request) or page(request, "programme/meetings/meetings.html", {
        "table": table, "may_call": may(request.user, actions.OFFICE),
    })  # fmt: skip


@part(of="meetings", path="meetings/new", methods=("GET", "POST"), roles=WRITERS)
def new_meeting(request: HttpRequest) -> HttpResponseBase:
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        meeting = actions.call_meeting(account=request.user, **form.cleaned_data)
        messages.success(
            request,
            _("已通知 %(n)s 个单位，未办结的议定事项和滞后工作已列入议程")
            % {"n": meeting.attendances.count()},
        )
        return redirect("programme:meeting", meeting.pk)
    return page(request, "programme/meetings/form.html", {
        "title": _("召集会议"), "form": PageForm(form, submit=_("发出通知"), columns=2), "back": reverse("programme:meetings"),
    })  # fmt: skip


@part(of="meetings", path="meetings/<int:pk>/")
def meeting(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _meeting(request, get_object_or_404(Meeting, pk=pk))


def _meeting(request: HttpRequest, found: Meeting, **forms: Any) -> HttpResponseBase:
    scope = scope_of(request.user, "programme")
    is_office = may(request.user, actions.OFFICE)
    is_liaison = may(request.user, "programme.liaison")
    return page(request, "programme/meetings/meeting.html", {
        "meeting": found, "badge": BADGES[found.state], "is_office": is_office, "is_liaison": is_liaison,
        "items": found.items.select_related("unit", "task", "decision", "made_by"),
        "attendances": [
            (each, is_liaison and not is_office and scope.covers(each.unit_id))
            for each in found.attendances.select_related("unit").order_by("unit__order")
        ],
        "decisions": queries.decisions(now()).filter(meeting=found).order_by("order"), "standings": standing_words(),
        "standing_badges": STANDINGS, "is_time": found.begins_at <= now(),
        "proposal": PageForm(forms.get("proposal") or ProposalForm(), submit=_("提请列入议程"),
                             action=reverse("programme:propose_item", args=[found.pk])),
        "deciding": PageForm(forms.get("deciding") or DecisionForm(), submit=_("记入议定事项"), columns=2,
                             action=reverse("programme:add_decision", args=[found.pk])),
    })  # fmt: skip


@part(of="meetings", path="meetings/<int:pk>/propose", methods=("POST",), roles=("office", "liaison"))
def propose_item(request: HttpRequest, pk: int) -> HttpResponseBase:
    found, form = get_object_or_404(Meeting, pk=pk), ProposalForm(request.POST)
    if not form.is_valid():
        return _meeting(request, found, proposal=form)
    unit: Any = request.user.organisation
    return _acted(
        request, pk, lambda: actions.propose(found, unit=unit, account=request.user, **form.cleaned_data)
    )


@part(of="meetings", path="meetings/<int:pk>/decisions", methods=("POST",), roles=WRITERS)
def add_decision(request: HttpRequest, pk: int) -> HttpResponseBase:
    found, form = get_object_or_404(Meeting, pk=pk), DecisionForm(request.POST)
    if not form.is_valid():
        return _meeting(request, found, deciding=form)
    return _acted(request, pk, lambda: actions.decide(found, account=request.user, **form.cleaned_data))


@part(of="meetings", path="meetings/decisions/<int:pk>/strike", methods=("POST",), roles=WRITERS)
def strike_decision(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Decision.objects.select_related("meeting"), pk=pk)
    return _acted(request, found.meeting_id, lambda: actions.strike(found, request.user))


@part(of="meetings", path="meetings/items/<int:pk>/<slug:what>", methods=("POST",), roles=WRITERS)
def act_on_item(request: HttpRequest, pk: int, what: str) -> HttpResponseBase:
    """`what`: on, off, minutes."""
    item = get_object_or_404(AgendaItem.objects.select_related("meeting"), pk=pk)
    if what == "minutes":
        return _acted(
            request,
            item.meeting_id,
            lambda: actions.write_minutes(item, request.POST.get("text", ""), request.user),
        )
    return _acted(request, item.meeting_id, lambda: actions.decide_item(item, what == "on", request.user))


@part(of="meetings", path="meetings/notices/<int:pk>/<slug:what>", methods=("POST",), roles=("liaison",))
def answer_notice(request: HttpRequest, pk: int, what: str) -> HttpResponseBase:
    found = get_object_or_404(Attendance.objects.select_related("meeting"), pk=pk)
    if not scope_of(request.user, "programme").covers(found.unit_id):
        return HttpResponse(status=403)
    note = request.POST.get("note", "")
    return _acted(
        request, found.meeting_id, lambda: actions.answer_notice(found, is_coming=what == "coming", note=note)
    )


@part(of="meetings", path="meetings/<int:pk>/<slug:what>", methods=("POST",), roles=WRITERS)
def act_on_meeting(request: HttpRequest, pk: int, what: str) -> HttpResponseBase:
    """`what`: hold, issue, cancel, fill."""
    found = get_object_or_404(Meeting, pk=pk)
    came = {int(each) for each in request.POST.getlist("came") if each.isdigit()}
    acts: dict[str, Callable[[], object]] = {
        "hold": lambda: actions.hold(found, came, request.user), "issue": lambda: actions.issue_minutes(found, request.user),
        "cancel": lambda: actions.cancel(found, request.user), "fill": lambda: actions.fill_agenda(found),
    }  # fmt: skip
    return _acted(request, pk, acts[what]) if what in acts else HttpResponse(status=404)


@part(of="meetings", path="meetings/<int:pk>/minutes.docx")
def minutes_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Meeting, pk=pk, state__in=(Meeting.State.HELD, Meeting.State.MINUTED))
    answer = HttpResponse(documents.minutes_docx(found), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{found.number}.docx"'
    return answer


def decisions(request: HttpRequest) -> HttpResponseBase:
    rows = queries.decisions(now())
    words = standing_words()
    table = Table(
        "decisions",
        columns=[
            Column("meeting.number", _("会议"), filter="text",
                   link=lambda row: reverse("programme:meeting", args=[row.meeting_id])),
            Column("text", _("议定事项"), filter="text"), Column("owner.name", _("责任单位"), filter="text"),
            Column("task.zh", _("重点工作"), filter="text"), Column("due_on", _("完成时限"), format="day", filter="date"),
            Column("standing", _("状态"), filter="choice", choices=words, badge=STANDINGS),
            Column("closed_at", _("办结时间"), format="moment"),
            Column("case.number", _("督办件"),
                   link=lambda row: reverse("cases:case", args=[row.case.number]) if row.case else ""),
            Column("meeting.is_simulated", _("模拟"), choices={True: _("模拟"), False: "—"}),
        ],
        source=rows, order="due_on", title=_("议定事项"), empty=_("还没有议定事项"),
    )  # fmt: skip
    counted: dict[str, dict[str, int]] = {}
    for unit, standing in rows.values_list("owner__name", "standing"):
        counted.setdefault(unit, {}).setdefault(standing, 0)
        counted[unit][standing] += 1
    chart = Bar(
        title=_("各单位议定事项"), unit=_("项"), decimals=0, stacked=True, x=list(counted),
        traces=[Trace(text, [counted[unit].get(key, 0) for unit in counted], colour=COLOURS[key]) for key, text in words.items()],
    )  # fmt: skip
    return table.respond(request) or page(
        request,
        "programme/meetings/decisions.html",
        {
            "table": table,
            "chart": chart,
            "to_check": to_check(actions.PROCEDURE) if may(request.user, actions.OFFICE) else [],
        },
    )


def _acted(request: HttpRequest, pk: int, act: Callable[[], object]) -> HttpResponseBase:
    """Does it, says so or why not, and shows the meeting again."""
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已办理"))
    return redirect("programme:meeting", pk)
