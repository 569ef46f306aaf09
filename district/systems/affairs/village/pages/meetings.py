"""会议议事: meetings with agenda, attendance and minutes; the members of a village's bodies; proposals."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.people.access import may
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Body, Meeting, Presence, Stage
from .. import queries
from ..actions import meeting as actions
from ..assembly import is_quorate
from ..forms import MeetingForm, MemberForm, MinutesForm, report
from ..posts import ACTING, acts_for, own_units

ROLES = ("clerk", "town", "manager")


def meetings(request: HttpRequest) -> HttpResponseBase:
    proposals = Table(
        "proposals",
        columns=[
            Column("title", _("议题"), filter="text", link=lambda row: reverse("affairs:proposal", args=[row.pk])),
            Column("stage", _("环节"), filter="choice", choices=dict(Stage.choices),
                   badge={"done": "green", "dropped": "red", "publish": "azure", "show_result": "azure"}),
            Column("organisation.name", _("村"), filter="text"),
            Column("made_at", _("提出时间"), format="moment", filter="date"),
        ],
        source=queries.proposals_visible_to(request.user), order="-made_at", title=_("四议两公开"), per_page=20,
        empty=_("没有议题"),
    )  # fmt: skip
    held = Table(
        "meetings",
        columns=[
            Column("title", _("会议名称"), filter="text", link=lambda row: reverse("affairs:meeting", args=[row.pk])),
            Column("body", _("参加组织"), filter="choice", choices=dict(Body.choices)),
            Column("organisation.name", _("村"), filter="text"),
            Column("starts_at", _("时间"), format="moment", filter="date"),
            Column("present", _("到会"), format=0), Column("expected", _("应到"), format=0),
            Column("closed_at", _("结束时间"), format="moment"),
        ],
        source=queries.meetings_visible_to(request.user), order="-starts_at", title=_("会议"), per_page=20,
        empty=_("没有会议"),
    )  # fmt: skip
    for table in (proposals, held):
        answer = table.respond(request)
        if answer is not None:
            return answer
    context = {"proposals": proposals, "meetings": held, "may_act": may(request.user, *ACTING)}
    return page(request, "affairs/village/meetings.html", context)


@part(of="meetings", path="meetings/members", methods=("GET", "POST"), roles=ROLES)
def members(request: HttpRequest) -> HttpResponseBase:
    form = MemberForm(own_units(request.user), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.add_member(
                given["organisation"],
                given["body"],
                given["name"],
                request.user,
                household=given["household"],
            )
        except Refused as refused:
            report(form, refused)
        else:
            messages.success(request, _("已登记"))
            return redirect("affairs:members")
    table = Table(
        "members",
        columns=[
            Column("name", _("姓名"), filter="text"),
            Column("body", _("组织"), filter="choice", choices=dict(Body.choices)),
            Column("household", _("代表的户"), filter="text"), Column("organisation.name", _("村"), filter="text"),
        ],
        source=queries.members_visible_to(request.user), order="body", title=_("名册"), empty=_("名册是空的"),
    )  # fmt: skip
    context = {"table": table, "form": PageForm(form, submit=_("登记"), columns=2)}
    return table.respond(request) or page(request, "affairs/village/members.html", context)


@part(of="meetings", path="meetings/members/<int:member_id>/end", methods=("POST",), roles=ROLES)
def member_end(request: HttpRequest, member_id: int) -> HttpResponseBase:
    found = get_object_or_404(queries.members_visible_to(request.user), pk=member_id)
    try:
        actions.end_member(found, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("affairs:members")


@part(of="meetings", path="meetings/new", methods=("GET", "POST"), roles=ROLES)
def new_meeting(request: HttpRequest) -> HttpResponseBase:
    form = MeetingForm(own_units(request.user), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.call_meeting(
                given["organisation"], given["body"], given["title"], given["starts_at"], given["agenda"].splitlines(),
                request.user, place=given["place"],
            )  # fmt: skip
        except Refused as refused:
            report(form, refused)
        else:
            messages.success(request, _("会议已召集"))
            return redirect("affairs:meeting", made.pk)
    context = {
        "title": _("召集会议"),
        "form": PageForm(form, submit=_("召集"), columns=2),
        "back": reverse("affairs:meetings"),
    }
    return page(request, "affairs/village/form.html", context)


@part(of="meetings", path="meetings/<int:meeting_id>/")
def meeting(request: HttpRequest, meeting_id: int) -> HttpResponseBase:
    found = get_object_or_404(queries.meetings_visible_to(request.user), pk=meeting_id)
    return _meeting_page(request, found)


@part(of="meetings", path="meetings/<int:meeting_id>/<slug:act>", methods=("POST",), roles=ROLES)
def meeting_act(request: HttpRequest, meeting_id: int, act: str) -> HttpResponseBase:
    """Who came; the end with its minutes."""
    found = get_object_or_404(queries.meetings_visible_to(request.user), pk=meeting_id)
    form = MinutesForm(request.POST)
    try:
        if act == "attendance":
            actions.take_attendance(found, request.user, _presences(request.POST))
        elif act == "close" and form.is_valid():
            actions.close_meeting(found, request.user, form.cleaned_data["minutes"])
        elif act == "close":
            return _meeting_page(request, found, form)
        else:
            raise Http404(act)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已保存"))
    return redirect("affairs:meeting", found.pk)


def _presences(data: Any) -> dict[int, str]:
    """`presence-<key>` → what was ticked; anything else is left out."""
    given = {
        key.removeprefix("presence-"): value for key, value in data.items() if key.startswith("presence-")
    }
    return {int(key): value for key, value in given.items() if key.isdecimal() and value in Presence.values}


def _meeting_page(request: HttpRequest, found: Meeting, form: MinutesForm | None = None) -> HttpResponseBase:
    attendances = list(found.attendances.select_related("member"))
    present = sum(attendance.presence == Presence.PRESENT for attendance in attendances)
    may_act = acts_for(request.user, found.organisation) and found.closed_at is None
    context = {
        "meeting": found, "attendances": attendances, "present": present, "presences": Presence.choices,
        "is_quorate": is_quorate(found.body, len(attendances), present), "may_act": may_act,
        "ballots": found.ballots.all(),
        "form": PageForm(form or MinutesForm(), submit=_("结束会议"), action="close") if may_act else None,
    }  # fmt: skip
    return page(request, "affairs/village/meeting.html", context)
