"""环境一张图: every place that is measured, on one map, now and over the last two days."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.ui import formats
from district.kernel.ui.map import Choices, Field, Layer, Map, Steps, TimeSlider
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ..queries.map_layers import air_frame, features_of, hours_back, open_cases, reaches_of
from ..queries.stations import Station, stations_visible_to
from ..station_states import KINDS, STATE_BADGES, STATE_COLOURS, STATES, aqi_steps, water_choices
from .moments import in_china
from .topics import STATIONS_TOPIC
from .words import in_words, translated

SLIDER_HOURS = 48
GROUPS = {
    "air": ("air",),
    "surface_water": ("surface_water",),
    "noise": ("noise",),
    "outlets": ("gas", "waste_water"),
}
POLL_SECONDS = 60


def map(request: HttpRequest) -> HttpResponseBase:
    stations = stations_visible_to(request.user)
    context = {
        "map": _district_map(),
        "stations": sorted(stations, key=_worst_first),
        "states": Counter(one.state for one in stations),
        "state_names": in_words(STATES), "kinds": in_words(KINDS),
        "state_badges": STATE_BADGES,
        "is_simulated": any(one.is_simulated for one in stations),
    }
    return page(request, "environment/map.html", context)


def _worst_first(station: Station) -> tuple[int, str, str]:
    order = {"over": 0, "offline": 1, "stopped": 2, "normal": 3}
    return order.get(station.state, 4), station.kind, station.code


def _district_map() -> Map:
    return Map(
        "district",
        title=_("环境一张图"),
        layers=[*ambient_layers(), *source_layers()],
        zoom=10.6,
        fit=True,
        time_slider=TimeSlider(
            url=reverse("environment:map_frame") + "?at={step}",
            steps=[(f"{hour:%Y-%m-%dT%H:00}", formats.hour(hour)) for hour in hours_back(SLIDER_HOURS)],
            layer="air",
        ),
    )


def _popup(title: str) -> list[Field]:
    return [
        Field("value", title),
        Field("grade", _("级别")),
        Field("over", _("超标项目")),
        Field("state_text", _("状态")),
        Field("cases", _("未结督办")),
        Field("at", _("时间")),
        Field("mark", _("数据来源")),
    ]


def ambient_layers() -> list[Layer]:
    return [
        Layer(
            "reaches", _("河段"), url=reverse("environment:map_reaches"), kind="line", size=4, opacity=0.8,
            colour=Choices("water_class", translated(water_choices()), none_text=_("无数据")), group=_("环境质量"),
            popup=[Field("section", _("断面")), Field("water_class", _("水质类别"))], poll_seconds=POLL_SECONDS,
        ),
        _layer(
            "air", _("空气站（AQI）"), Steps("number", translated(aqi_steps()), none_text=_("无数据")),
            label="value", size=11, group=_("环境质量"), popup=_popup("AQI"),
        ),
        _layer(
            "surface_water", _("地表水断面"),
            Choices("water_class", translated(water_choices()), none_text=_("无数据")), label="value", size=9,
            group=_("环境质量"), popup=_popup(_("水质类别")),
        ),
        _layer(
            "noise", _("噪声点"), _state_colours(), size=6, group=_("环境质量"), visible=False,
            popup=_popup(_("声级")),
        ),
    ]  # fmt: skip


def source_layers() -> list[Layer]:
    return [
        _layer(
            "outlets", _("排口"), _state_colours(), size=8, group=_("污染源"),
            popup=_popup(_("最高占标率")),
        ),
        Layer(
            "cases", _("未结督办"), url=reverse("environment:map_cases"), colour="#c2255c", size=4,
            group=_("污染源"), visible=False, poll_seconds=POLL_SECONDS,
            popup=[Field("kind", _("类型")), Field("state", _("状态")), Field("at", _("发生时间"))],
        ),
    ]  # fmt: skip


def _layer(
    key: str, title: str, colour: Steps | Choices, *, group: str, popup: list[Field],
    label: str = "", size: float = 7, visible: bool = True,
) -> Layer:  # fmt: skip
    return Layer(
        key, title, url=reverse("environment:map_layer", args=[key]), colour=colour, size=size, label=label,
        popup=popup, link="url", group=group, visible=visible, live=STATIONS_TOPIC, poll_seconds=POLL_SECONDS,
    )  # fmt: skip


def _state_colours() -> Choices:
    shown = ("normal", "over", "offline", "stopped")
    return Choices(
        "state", [(state, STATE_COLOURS[state], _(STATES[state])) for state in shown], none_text=_("未联网")
    )


@part(of="map", path="map/layers/<slug:key>")
def map_layer(request: HttpRequest, key: str) -> HttpResponse:
    """The features of one layer; 404 names the layers there are."""
    if key not in GROUPS:
        detail = _("没有图层 %(key)s，可用：%(keys)s") % {"key": key, "keys": "、".join(GROUPS)}
        return JsonResponse(
            {"error": "unknown_layer", "field": "key", "value": key, "detail": detail}, status=404
        )
    return JsonResponse(features_of(stations_visible_to(request.user, GROUPS[key])))


@part(of="map", path="map/reaches")
def map_reaches(request: HttpRequest) -> HttpResponse:
    return JsonResponse(reaches_of(stations_visible_to(request.user, ("surface_water",))))


@part(of="map", path="map/frame")
def map_frame(request: HttpRequest) -> HttpResponse:
    """`?at=2026-11-03T10:00`: the air stations at that hour, by id."""
    given = request.GET.get("at", "")
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        detail = _("时间 %(value)s 不是 2026-11-03T10:00 这样的整点") % {"value": given}
        return JsonResponse(
            {"error": "bad_time", "field": "at", "value": given, "detail": detail}, status=400
        )
    hour = in_china(at).replace(minute=0, second=0, microsecond=0)
    return JsonResponse({str(key): value for key, value in air_frame(hour).items()})


@part(of="map", path="map/cases")
def map_cases(request: HttpRequest) -> HttpResponse:
    return JsonResponse(open_cases(request.user))
