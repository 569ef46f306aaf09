"""巡防: the rounds, and one of them. A track is shown to the patrol itself and its supervisor, and the look is logged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.ui import formats
from district.kernel.ui.form import PageForm
from district.kernel.ui.map import Choices, Field, Layer, Map
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Patrol, TrackPoint
from ..actions.patrols import TRACK_TERM_DAYS
from ..queries.patrols import patrols_visible_to, track_for
from .forms import PurposeForm


def patrols(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "patrols",
        columns=[
            Column("started_at", _("开始"), format="moment", filter="date", link=_url),
            Column("ended_at", _("结束"), format="moment"),
            Column("plan.name", _("计划"), filter="text", link=_url),
            Column("account.name", _("巡防员"), filter="text"),
            Column("length_m", _("里程（km）"), value=lambda row: row.length_m / 1000, format=1),
            Column("coverage", _("覆盖率（%）"), value=_percent, format=0),
            Column("points", _("必到点"), sortable=False, value=_points),
            Column("delete_track_on", _("轨迹删除日"), format="day"),
            Column("is_simulated", _("来源"), choices={True: _("模拟"), False: _("实际")}),
        ],
        source=patrols_visible_to(request.user).select_related("plan", "account").prefetch_related("plan__check_points"),
        order="-started_at", title=_("巡防"), empty=_("还没有巡防"),
    )  # fmt: skip
    return table.respond(request) or page(
        request, "governance/grid/patrols.html", {"table": table, "term_days": TRACK_TERM_DAYS}
    )


def _url(row: Patrol) -> str:
    return reverse("governance:patrol", args=[row.pk])


def _percent(row: Patrol) -> float | None:
    return None if row.coverage is None else 100 * row.coverage


def _points(row: Patrol) -> str:
    return f"{len(row.reached.get('check_points', {}))}/{len(row.plan.check_points.all())}"


@part(of="patrols", path="patrols/<int:patrol_id>/")
def patrol(request: HttpRequest, patrol_id: int) -> HttpResponseBase:
    """One round: what it reached. The track itself only to the patrol; others ask for it with a purpose."""
    found = get_object_or_404(patrols_visible_to(request.user), pk=patrol_id)
    is_own = found.account_id == request.user.pk
    return _shown(request, found, track_for(found, request.user, "") if is_own else None)


@part(of="patrols", path="patrols/<int:patrol_id>/track", methods=("POST",))
def patrol_track(request: HttpRequest, patrol_id: int) -> HttpResponseBase:
    found = get_object_or_404(patrols_visible_to(request.user), pk=patrol_id)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, None, form)
    return _shown(request, found, track_for(found, request.user, form.cleaned_data["purpose"]))


def _shown(
    request: HttpRequest, found: Patrol, track: list[TrackPoint] | None, form: PurposeForm | None = None
) -> HttpResponseBase:
    reached = found.reached.get("check_points", {})
    points = [(point, _moment(reached.get(str(point.pk)))) for point in found.plan.check_points.all()]
    action = reverse("governance:patrol_track", args=[found.pk])
    ask = PageForm(form or PurposeForm(), action=action, submit=_("查看轨迹"))
    context = {
        "patrol": found, "points": points, "map": _map(found, points, track), "ask": ask if track is None else None,
        "track_points": len(track) if track is not None else None,
    }  # fmt: skip
    return page(request, "governance/grid/patrol.html", context)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _map(found: Patrol, points: list[Any], track: list[TrackPoint] | None) -> Map:
    features = [
        {"type": "Feature", "id": point.pk, "geometry": {"type": "Point", "coordinates": [point.lon, point.lat]},
         "properties": {"name": point.name, "state": "reached" if at else "missed", "at": formats.moment(at)[11:] if at else ""}}
        for point, at in points
    ]  # fmt: skip
    colour = Choices("state", [("reached", "#2b8a3e", _("已到")), ("missed", "#c92a2a", _("未到"))])
    layers = [Layer("points", _("必到点"), data={"type": "FeatureCollection", "features": features}, colour=colour,
                    popup=[Field("at", _("到达时间"))])]  # fmt: skip
    if track and len(track) > 1:
        line = {"type": "Feature", "id": found.pk, "properties": {"name": _("轨迹")},
                "geometry": {"type": "LineString", "coordinates": [[one.lon, one.lat] for one in track]}}  # fmt: skip
        layers.insert(0, Layer("track", _("轨迹"), kind="line", size=3, colour="#1864ab",
                               data={"type": "FeatureCollection", "features": [line]}))  # fmt: skip
    return Map("patrol", title=found.plan.name, layers=layers, fit=True)
