"""专家抽取公开: every draw with what proves it. No sign-in, no names."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Draw
from ..draw import DrawRefused, faults_of, replayed
from ..publishing import REASONS, outcome_of, publication, substitutions_of
from .marks import STATE_BADGES


def draws(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "draws",
        title=_("专家抽取公开"),
        order="-number",
        empty=_("还没有抽取"),
        source=Draw.objects.select_related("review__project"),
        columns=[
            Column(
                "number",
                _("抽取编号"),
                filter="text",
                link=lambda row: reverse("programme:draw_proof", args=[row.number]),
            ),
            Column("review.project.title", _("项目"), filter="text"),
            Column("state", _("状态"), filter="choice", choices=dict(Draw.State.choices), badge=STATE_BADGES),
            Column("made_at", _("公布名单时间"), format="moment", filter="date"),
            Column("drawn_at", _("抽取时间"), format="moment"),
            Column("pool_digest", _("名单摘要"), shown=False),
            Column("void_reason", _("作废原因")),
            Column("review.is_simulated", _("模拟"), choices={True: _("模拟"), False: "—"}),
        ],
    )
    return table.respond(request) or page(request, "programme/projects/draws.html", {"table": table})


@part(of="draws", path="draws/<str:number>/")
def draw_proof(request: HttpRequest, number: str) -> HttpResponseBase:
    """Checked here by the platform, and again by the reader's own browser from the published file alone."""
    found = get_object_or_404(Draw.objects.select_related("review__project"), number=number)
    told = publication(found)
    is_drawn = found.state == Draw.State.DRAWN
    return page(
        request,
        "programme/projects/draw.html",
        {
            "draw": found,
            "told": told,
            "faults": faults_of(told) if is_drawn else [],
            "is_drawn": is_drawn,
            "sitting": _sitting(found) if is_drawn else [],
            "badge": STATE_BADGES[found.state],
            "reasons": REASONS,
            "substitutions": substitutions_of(found) if is_drawn else [],
            "shares": found.shares.all(),
            "file": reverse("programme:draw_file", args=[number]),
        },
    )


def _sitting(found: Draw) -> list[tuple[str, str]]:
    try:
        return replayed(outcome_of(found), substitutions_of(found))
    except DrawRefused:
        return []


@part(of="draws", path="draws/<str:number>/draw.json")
def draw_file(request: HttpRequest, number: str) -> HttpResponseBase:
    told: dict[str, Any] = publication(get_object_or_404(Draw, number=number))
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
