"""我的评审: an expert's invitations, and his opinion."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.refused import Refused
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Invitation, Opinion, Review
from .. import actions
from ..opinions import Said, read
from .marks import STATE_BADGES


def invitations(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "invitations",
        title=_("我的评审"),
        order="-invited_at",
        empty=_("还没有收到邀请"),
        row_class=_row_class,
        source=Invitation.objects.filter(expert__account=request.user.pk).select_related(
            "review__project__owner", "opinion"
        ),
        columns=[
            Column(
                "review.number",
                _("评审编号"),
                filter="text",
                link=lambda row: reverse("programme:opinion", args=[row.pk]),
            ),
            Column(
                "review.project.title",
                _("项目"),
                filter="text",
                link=lambda row: reverse("programme:opinion", args=[row.pk]),
            ),
            Column("review.project.owner.name", _("建设单位")),
            Column("speciality", _("专业")),
            Column(
                "state",
                _("状态"),
                filter="choice",
                choices=dict(Invitation.State.choices),
                badge=STATE_BADGES,
            ),
            Column("answer_by", _("答复截止"), format="moment"),
            Column("review.due_at", _("意见截止"), format="moment"),
            Column("opinion.signed_at", _("签署时间"), format="moment"),
            Column("invited_at", _("邀请时间"), format="moment"),
        ],
    )
    return table.respond(request) or page(request, "programme/projects/invitations.html", {"table": table})


def _row_class(row: Invitation) -> str:
    return "table-warning" if row.state == "invited" and row.answer_by < now() else ""


@part(of="invitations", path="invitations/<int:pk>/", methods=("GET", "POST"))
def opinion(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The invitation is answered, then the opinion written; what was typed stays when something is missing."""
    found = get_object_or_404(
        Invitation.objects.select_related("review__project__owner", "expert"),
        pk=pk,
        expert__account=request.user.pk,
    )
    written = Opinion.objects.filter(invitation=found).first()
    typed, errors = None, {}
    if request.method == "POST":
        try:
            typed = _acted(request, found, written)
        except Refused as refused:
            messages.error(request, str(refused))
            typed, errors = _typed(request, found.review), {refused.field: str(refused)}
        else:
            return redirect("programme:opinion", pk)
    said = typed or (read(written.said) if written is not None and written.said else None)
    return page(
        request,
        "programme/projects/opinion.html",
        {
            "invitation": found,
            "review": found.review,
            "project": found.review.project,
            "opinion": written,
            "said": said,
            "errors": errors,
            "badges": STATE_BADGES,
            "outcomes": Review.Outcome.choices,
            "papers": found.review.project.papers.filter(
                kind__in=("scheme", "scheme_revised"), confirmed_at__isnull=False
            ),
            "is_open": found.review.state in ("asking", "scoring"),
            "is_late": found.review.due_at < now(),
            "all_in": found.review.state == Review.State.DECIDED,
        },
    )


def _acted(request: HttpRequest, found: Invitation, written: Opinion | None) -> Said | None:
    act = request.POST.get("act", "")
    if act in ("accepted", "declined", "conflict"):
        actions.answer(
            found,
            request.user,
            act,
            request.POST.get("reason", ""),
            has_no_interest=request.POST.get("has_no_interest") == "on",
        )
        messages.success(request, _("已答复"))
    elif act in ("save", "sign") and written is not None:
        said = _typed(request, found.review)
        if act == "save":
            actions.save_opinion(written, request.user, said)
            messages.success(request, _("已保存，尚未签署"))
        else:
            actions.sign_opinion(written, request.user, said)
            messages.success(request, _("已签署，意见在全部专家签署后公开"))
    else:
        raise Http404(act)
    return None


def _typed(request: HttpRequest, review: Review) -> Said:
    points: dict[str, float] = {}
    for line in review.criteria["lines"]:
        given: Any = request.POST.get(f"points.{line['key']}", "").strip()
        try:
            points[line["key"]] = float(given)
        except ValueError:
            continue
    return Said(points, request.POST.get("recommends", ""), request.POST.get("text", "").strip())
