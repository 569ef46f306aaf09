"""关键点位全覆盖: which key points lie in the view of which cameras, and of which that give a picture."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.map import Choices, Field, Layer, Map
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Camera, KeyPointKind
from ..intake import TOPIC
from ..queries import Coverage, cameras_visible_to
from ..queries import coverage as coverage_now
from .drawing import (
    POINT_COLOURS,
    camera_features,
    point_features,
    point_state,
    point_words,
    state_choices,
    view_features,
)

BADGES = {"proved": "green", "planned": "orange", "gap": "red"}


def video_map(request: HttpRequest) -> HttpResponseBase:
    found = coverage_now()
    table = Table(
        "points",
        columns=[
            Column("code", _("编号")),
            Column("name", _("关键点位"), filter="text"),
            Column("kind", _("类型"), filter="choice", choices=dict(KeyPointKind.choices)),
            Column("state", _("覆盖"), filter="choice", choices=point_words(), badge=BADGES),
            Column("count", _("覆盖的摄像机"), format=0),
            Column("cameras", _("摄像机名称"), sortable=False),
            Column("is_schematic", _("位置"), filter="choice", choices={True: _("示意"), False: _("实测")}),
        ],
        source=_rows(found), order="state", title=_("关键点位"), empty=_("还没有登记关键点位"),
    )  # fmt: skip
    answer = table.respond(request)
    if answer is not None:
        return answer
    context = {
        "table": table, "map": _map(), "chart": _by_kind(found), "total": len(found.points), "planned": found.planned,
        "proved": found.proved, "planned_percent": found.percent(found.planned),
        "proved_percent": found.percent(found.proved), "is_schematic": any(point.is_schematic for point in found.points),
    }  # fmt: skip
    return page(request, "governance/video/coverage.html", context)


def _rows(found: Coverage) -> list[dict[str, Any]]:
    names = dict(Camera.objects.values_list("pk", "name"))
    return [
        {"code": point.code, "name": point.name, "kind": point.kind, "state": point_state(found, point.pk),
         "count": len(found.cameras_of[point.pk]), "is_schematic": point.is_schematic,
         "cameras": "、".join(names[pk] for pk in found.cameras_of[point.pk][:4])}
        for point in found.points
    ]  # fmt: skip


def _by_kind(found: Coverage) -> Bar:
    words = point_words()
    counts = {
        state: {
            str(text): sum(
                1 for each in found.points if each.kind == key and point_state(found, each.pk) == state
            )
            for key, text in KeyPointKind.choices
        }
        for state in words
    }
    kinds = [str(text) for _key, text in KeyPointKind.choices]
    return Bar(
        x=kinds, stacked=True, unit=_("处"), title=_("各类关键点位的覆盖"),
        traces=[
            Trace(name=words[state], values=[counts[state][kind] for kind in kinds], colour=POINT_COLOURS[state])
            for state in words
        ],
    )  # fmt: skip


def _map() -> Map:
    url = reverse("governance:video_features")
    points = Choices("state", [(key, POINT_COLOURS[key], text) for key, text in point_words().items()])
    return Map(
        "video", title=_("视频覆盖一张图"),
        layers=[
            Layer("views", _("视域"), url=f"{url}?of=views", kind="fill", opacity=0.25, colour=state_choices(), live=TOPIC),
            Layer("points", _("关键点位"), url=f"{url}?of=points", colour=points, size=8, live=TOPIC,
                  popup=[Field("kind", _("类型")), Field("state_text", _("覆盖")), Field("cameras", _("覆盖的摄像机"))]),
            Layer("cameras", _("摄像机"), url=f"{url}?of=cameras", colour=state_choices(), size=5, link="url", live=TOPIC,
                  popup=[Field("state_text", _("状态")), Field("mount", _("类型"))]),
        ],
    )  # fmt: skip


@part(of="video_map", path="video-map/features.geojson")
def video_features(request: HttpRequest) -> HttpResponse:
    """`?of=points`, `cameras` or `views`."""
    of = request.GET.get("of")
    if of == "points":
        return JsonResponse(point_features(coverage_now()))
    placed = cameras_visible_to(request.user).filter(is_in_use=True, lon__isnull=False, lat__isnull=False)
    return JsonResponse(view_features(placed) if of == "views" else camera_features(placed))
