"""自动监测率: the plan's indicator with everything it is made of, for anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.ui.map import Choices, Field, Layer, Map
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..manifest import SYSTEM
from ..queries.coverage import Covering, covering, shapes_geojson
from ..station_states import GREEN, GREY, KINDS
from .words import in_words

ELEMENTS = {"air": "环境空气", "water": "地表水", "noise": "声环境"}
UNITS = {"km2": "km²", "km": "km"}


def coverage(request: HttpRequest) -> HttpResponseBase:
    found = covering()
    table = _table(found)
    answer = table.respond(request)
    if answer is not None:
        return answer
    points = found.points if found else ()
    context = {
        "table": table, "rate": found.rate if found else None, "target": SYSTEM.kpis[0].target,
        "elements": in_words(ELEMENTS), "units": UNITS, "map": _map(), "is_simulated": any(
            one.point.device and one.point.device.is_simulated for one in points
        ),
    }  # fmt: skip
    return page(request, "environment/coverage.html", context)


def _table(found: Covering | None) -> Table:
    rows = [
        {
            "code": one.point.code, "name": one.point.name, "element": one.point.element, "piece": one.piece,
            "radius": one.point.coverage_radius_km, "reach": one.point.reach_km,
            "device": one.point.device.name if one.point.device else "",
            "seen": one.point.device.last_seen_at if one.point.device else None, "counts": one.is_reporting,
        }
        for one in (found.points if found else ())
    ]  # fmt: skip
    return Table(
        "evidence",
        columns=[
            Column("code", _("编号")),
            Column("name", _("点位"), filter="text"),
            Column("element", _("要素"), filter="choice", choices={key: _(KINDS[key]) for key in _POINT_KINDS}),
            Column("piece", _("河流 / 功能区")),
            Column("radius", _("代表半径"), format=1, unit="km"),
            Column("reach", _("代表河长"), format=1, unit="km"),
            Column("device", _("监测设备")),
            Column("seen", _("最近上报"), format="moment"),
            Column("counts", _("计入自动监测"), filter="choice", badge={True: "green", False: "secondary"}),
        ],
        source=rows,
        order="code",
        title=_("计算依据"),
        empty=_("还没有监测点位，或区界尚未载入"),
    )


_POINT_KINDS = ("air", "surface_water", "noise")


def _map() -> Map:
    address = reverse("environment:coverage_shapes")
    return Map(
        "coverage",
        title=_("自动监测覆盖图"),
        layers=[
            Layer("air", _("空气：已覆盖"), url=f"{address}?covered=1&element=air", kind="fill", colour=GREEN, opacity=0.35),
            Layer("noise", _("声环境：已覆盖"), url=f"{address}?covered=1&element=noise", kind="fill", colour="#e8590c",
                  opacity=0.5),
            Layer("noise-open", _("声环境：未覆盖"), url=f"{address}?covered=0&element=noise", kind="fill", colour=GREY,
                  opacity=0.5),
            Layer("water", _("河流：已覆盖"), url=f"{address}?covered=1&element=water", kind="line", colour="#1971c2", size=5),
            Layer("water-open", _("河流：未覆盖"), url=f"{address}?covered=0&element=water", kind="line", colour=GREY,
                  size=4),
            Layer("points", _("监测点位"), url=reverse("environment:coverage_points"), size=5,
                  colour=Choices("counts", [("1", "#0b7285", _("在报")), ("0", "#c92a2a", _("未报或未建"))]),
                  popup=[Field("element", _("要素")), Field("seen", _("最近上报"))]),
        ],
    )  # fmt: skip


@part(of="coverage", path="coverage/shapes")
def coverage_shapes(request: HttpRequest) -> HttpResponse:
    """`?element=air|water|noise&covered=1|0`: that part as a FeatureCollection."""
    found = covering()
    element = request.GET.get("element", "")
    if element not in ELEMENTS:
        detail = _("要素 %(value)s 不存在，可用：%(known)s") % {
            "value": element,
            "known": "、".join(ELEMENTS),
        }
        return JsonResponse(
            {"error": "unknown_element", "field": "element", "value": element, "detail": detail}, status=400
        )
    shapes = shapes_geojson(found, request.GET.get("covered") == "1") if found else {"features": []}
    features = [one for one in shapes["features"] if one["properties"]["element"] == element]
    return JsonResponse({"type": "FeatureCollection", "features": features})


@part(of="coverage", path="coverage/points")
def coverage_points(request: HttpRequest) -> HttpResponse:
    found = covering()
    features = [
        {
            "type": "Feature",
            "id": one.point.pk,
            "geometry": {"type": "Point", "coordinates": [one.point.lon, one.point.lat]},
            "properties": {
                "name": one.point.name,
                "element": _(KINDS[one.point.element]),
                "counts": "1" if one.is_reporting else "0",
                "seen": f"{one.point.device.last_seen_at:%Y-%m-%d %H:%M}"
                if one.point.device and one.point.device.last_seen_at
                else "—",
            },
        }
        for one in (found.points if found else ())
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})
