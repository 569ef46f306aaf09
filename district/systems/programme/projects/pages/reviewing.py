"""专家评审: called, drawn, answered, decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.refusals import refuse_role
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Draw, Opinion, Review
from .. import actions, forms
from ..opinions import read
from ..queries import projects_visible_to
from .marks import STATE_BADGES, is_post, project_link


def reviews(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "reviews",
        title=_("专家评审"),
        order="-number",
        empty=_("还没有评审"),
        source=Review.objects.filter(project__in=projects_visible_to(request.user)).select_related("project"),
        columns=[
            Column(
                "number",
                _("评审编号"),
                filter="text",
                link=lambda row: reverse("programme:review", args=[row.number]),
            ),
            Column("project.title", _("项目"), filter="text", link=lambda row: project_link(row.project)),
            Column("kind", _("类别"), filter="choice", choices=dict(Review.Kind.choices)),
            Column(
                "state", _("状态"), filter="choice", choices=dict(Review.State.choices), badge=STATE_BADGES
            ),
            Column("begins_at", _("评审时间"), format="moment", filter="date"),
            Column("due_at", _("意见截止"), format="moment"),
            Column(
                "outcome",
                _("结论"),
                filter="choice",
                choices=dict(Review.Outcome.choices),
                badge=STATE_BADGES,
            ),
            Column("points", _("平均分"), format=2),
            Column(
                "late", _("是否逾期"), sortable=False, value=lambda row: _("逾期") if _is_late(row) else ""
            ),
        ],
    )
    return table.respond(request) or page(request, "programme/projects/reviews.html", {"table": table})


def _is_late(review: Review) -> bool:
    return review.state in ("drawing", "asking", "scoring") and review.due_at < now()


@part(of="reviews", path="reviews/<str:number>/", methods=("GET", "POST"))
def review(request: HttpRequest, number: str) -> HttpResponseBase:
    """Witnesses seal and open here; opinions show when all are in."""
    seen = projects_visible_to(request.user)
    found = get_object_or_404(
        Review.objects.select_related("project", "made_by").filter(project__in=seen), number=number
    )
    form = forms.WitnessForm(request.POST if request.POST.get("act") == "redraw" else None)
    if request.method == "POST":
        refused = _act(request, found, form)
        if refused is not None:
            return refused
        if form.errors:
            messages.error(request, _("请选择见证人"))
        return redirect("programme:review", number)
    draws = list(found.draws.prefetch_related("shares__witness"))
    needs_draw = found.state == "drawing" and all(draw.state == "void" for draw in draws)
    opinions = list(_opinions(found)) if found.state == "decided" else []
    return page(
        request,
        "programme/projects/review.html",
        {
            "review": found,
            "draws": draws,
            "badges": STATE_BADGES,
            "is_late": _is_late(found),
            "link": project_link(found.project),
            "invitations": found.invitations.select_related("expert", "stands_for__expert", "opinion"),
            "opinions": opinions,
            "may_organise": is_post(request.user, "office"),
            "redraw": PageForm(form, columns=3) if needs_draw and is_post(request.user, "office") else None,
        },
    )


def _opinions(found: Review) -> Any:
    signed = Opinion.objects.filter(invitation__review=found, signed_at__isnull=False).select_related(
        "invitation__expert"
    )
    for each in signed.order_by("pk"):
        said = read(each.said)
        yield each, said, dict(Review.Outcome.choices).get(said.recommends, said.recommends)


def _act(request: HttpRequest, found: Review, form: forms.WitnessForm) -> HttpResponseBase | None:
    act, draw = request.POST.get("act", ""), found.draws.exclude(state="void").first()
    try:
        if act == "redraw" and is_post(request.user, "office"):
            if form.is_valid():
                actions.name_new_draw(found, request.user, form.witnesses())
        elif act == "void" and draw is not None and is_post(request.user, "office"):
            actions.void_draw(draw, request.user, request.POST.get("reason", ""))
        elif act in ("seal", "open") and draw is not None:
            _witness(request, draw, act)
        elif act in ("redraw", "void"):
            return refuse_role(request)
        else:
            raise Http404(act)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已办理"))
    return None


def _witness(request: HttpRequest, draw: Draw, act: str) -> None:
    share = draw.shares.filter(witness=request.user.pk).first()
    if share is None:
        raise Refused("not_witness", _("只能由见证人本人办理"))
    if act == "seal":
        actions.seal_share(share, request.user, request.POST.get("seal", "").strip().lower())
    else:
        actions.open_share(share, request.user, request.POST.get("secret", ""))
