"""视频共享授权: asked for, decided by another person, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.people.access import may
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import GrantState, VideoGrant
from ..actions import ask_grant, decide_grant, revoke_grant
from ..queries import grants_visible_to
from ..refused import Refused
from .forms import DecisionForm, GrantForm, report

BADGES = {"asked": "azure", "approved": "green", "refused": "red", "revoked": "secondary"}
SHOWN = 50


def video_grants(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "grants",
        columns=[
            Column("pk", _("编号"), format=0, link=_grant_url),
            Column("organisation.name", _("使用单位"), filter="text", link=_grant_url),
            Column("purpose", _("用途"), filter="text"),
            Column("legal_basis", _("依据"), shown=False),
            Column("camera_count", _("摄像机"), format=0),
            Column("from_on", _("开始"), format="day"),
            Column("until_on", _("截止"), format="day", filter="date"),
            Column("state", _("状态"), filter="choice", choices=dict(GrantState.choices), badge=BADGES),
            Column("asked_by.name", _("申请人")),
            Column("decided_by.name", _("批准人")),
        ],
        source=grants_visible_to(request.user), order="-pk", title=_("视频共享授权"), empty=_("还没有授权申请"),
    )  # fmt: skip
    return table.respond(request) or page(request, "governance/video/grants.html", {"table": table})


def _grant_url(row: VideoGrant) -> str:
    return reverse("governance:video_grant", args=[row.pk])


@part(of="video_grants", path="video-grants/new", methods=("GET", "POST"))
def new_video_grant(request: HttpRequest) -> HttpResponseBase:
    form = GrantForm(request.user, request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = ask_grant(
                request.user, given["organisation"], list(given["cameras"]), given["purpose"], given["legal_basis"],
                given["from_on"], given["until_on"],
            )  # fmt: skip
        except Refused as refusal:
            report(form, refusal)
        else:
            messages.success(request, _("申请已提交，须由另一人批准"))
            return redirect("governance:video_grant", made.pk)
    shown = PageForm(form, submit=_("提交申请"), cancel=reverse("governance:video_grants"), columns=2)
    return page(request, "governance/video/grant_form.html", {"form": shown})


@part(of="video_grants", path="video-grants/<int:pk>/", methods=("GET", "POST"))
def video_grant(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One grant; a POST with `act` approve, refuse or revoke decides, for those who may."""
    found = get_object_or_404(grants_visible_to(request.user), pk=pk)
    may_decide = (
        may(request.user, "governance.video_officer", "governance.officer")
        and found.asked_by_id != request.user.pk
    )
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and may_decide and form.is_valid():
        try:
            _decide(request, found, form.cleaned_data["decision"])
        except Refused as refusal:
            report(form, refusal)
        else:
            return redirect("governance:video_grant", pk)
    is_open = found.state in (GrantState.ASKED, GrantState.APPROVED)
    context = {
        "grant": found, "badge": BADGES[found.state], "cameras": found.cameras.order_by("name"), "form": form,
        "is_in_force": found.state == GrantState.APPROVED and found.from_on <= today() <= found.until_on,
        "may_decide": may_decide and is_open, "is_asked": found.state == GrantState.ASKED,
        "viewings": found.viewings.select_related("account", "camera")[:SHOWN],
    }  # fmt: skip
    return page(request, "governance/video/grant.html", context)


def _decide(request: HttpRequest, found: VideoGrant, decision: str) -> None:
    act = request.POST.get("act")
    if act == "revoke":
        revoke_grant(found, request.user, decision)
        messages.success(request, _("授权已收回"))
    else:
        decide_grant(found, request.user, act == "approve", decision)
        messages.success(request, _("已批准") if act == "approve" else _("已退回，未批准"))
