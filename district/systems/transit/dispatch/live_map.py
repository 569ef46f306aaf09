"""实时地图: all buses on the road, and where the lines go."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.ui import formats
from district.kernel.ui.map import Choices, Field, Layer, Map
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ..forecasts.queries import Vehicle, vehicles
from ..public.network import Network, network_in_force, network_of
from .idle import idle_buses
from .topics import FORECASTS
from .words import STATE_BADGES, STATE_COLOURS, delay_words, span_words, state_names

SHOWN = ("running", "standing", "off_route", "silent", "unlikely")
POLL_SECONDS = 10


def live_map(request: HttpRequest) -> HttpResponseBase:
    """`?line=` of one line alone."""
    network = network_in_force()
    line = request.GET.get("line", "")
    seen = vehicles(line or None)
    context = {
        "map": _map(line),
        "lines": network.lines if network else [],
        "line": line,
        "states": Counter(each.state for each in seen),
        "state_names": state_names(),
        "state_badges": STATE_BADGES,
        "bunched": sum(each.is_bunched for each in seen),
        "vehicles": [shown(each, network) for each in seen],
    }
    return page(request, "transit/dispatch/live_map.html", context)


def _map(line: str) -> Map:
    asked = f"?line={line}" if line else ""
    names = state_names()
    return Map(
        "buses",
        title=_("实时地图"),
        fit=True,
        zoom=11,
        layers=[
            Layer(
                "lines",
                _("线路走向"),
                url=reverse("transit:map_lines") + asked,
                kind="line",
                size=3,
                opacity=0.55,
                colour=Choices("key", _line_colours()),
                group=_("线网"),
                popup=[Field("towards", _("方向"))],
            ),
            Layer(
                "stops",
                _("站点"),
                url=reverse("transit:map_stops") + asked,
                colour="#495057",
                size=4,
                group=_("线网"),
                visible=False,
                popup=[Field("lines", _("线路"))],
            ),
            Layer(
                "idle",
                _("未载客车辆"),
                url=reverse("transit:map_idle"),
                colour="#868e96",
                size=5,
                group=_("车辆"),
                visible=False,
                popup=[Field("seen", _("最近位置"))],
                live=FORECASTS,
                poll_seconds=60,
            ),
            Layer(
                "vehicles",
                _("营运车辆"),
                url=reverse("transit:map_vehicles") + asked,
                size=9,
                label="name",
                link="url",
                colour=Choices("state", [(each, STATE_COLOURS[each], names[each]) for each in SHOWN]),
                group=_("车辆"),
                popup=[
                    Field("line", _("线路")),
                    Field("towards", _("开往")),
                    Field("next", _("下一站")),
                    Field("delay", _("准点情况")),
                    Field("headway", _("与前车间隔")),
                    Field("speed", _("速度")),
                    Field("occupancy", _("载客率")),
                    Field("state_name", _("状态")),
                    Field("seen", _("最近位置")),
                ],
                live=FORECASTS,
                poll_seconds=POLL_SECONDS,
            ),
        ],
    )


def _line_colours() -> list[tuple[str, str, str]]:
    network = network_in_force()
    return [
        (each.route_id, f"#{each.colour or '0B7285'}", each.name)
        for each in (network.lines if network else ())
    ]


def shown(vehicle: Vehicle, network: Network | None) -> dict[str, Any]:
    """A bus as the map, the diagram and their lists tell it."""
    name = network.line(vehicle.route_id).name if network else vehicle.route_id
    next_stop = network.stop_name(vehicle.next_stop_id) if network else vehicle.next_stop_id
    return {
        "name": vehicle.bus or _("未知车辆"),
        "line": name,
        "towards": vehicle.headsign,
        "next": next_stop,
        "delay": delay_words(vehicle.delay_s),
        "headway": span_words(vehicle.headway_s),
        "is_bunched": vehicle.is_bunched,
        "speed": "" if vehicle.speed_kmh is None else f"{vehicle.speed_kmh:.0f} km/h",
        "state": vehicle.state,
        "occupancy": "" if vehicle.occupancy is None else f"{vehicle.occupancy}%",
        "state_name": state_names()[vehicle.state],
        "seen": formats.ago(vehicle.seen_at),
        "url": reverse("transit:run", args=[vehicle.run_id]),
        "plate": vehicle.plate,
        "bearing": vehicle.bearing,
    }


@part(of="live_map", path="live-map/vehicles")
def map_vehicles(request: HttpRequest) -> HttpResponseBase:
    network = network_in_force()
    features = [
        _point(each.run_id, each.lon, each.lat, shown(each, network))
        for each in vehicles(request.GET.get("line") or None)
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


@part(of="live_map", path="live-map/idle")
def map_idle(request: HttpRequest) -> HttpResponseBase:
    """Buses that were heard of lately and drive no trip."""
    features = [
        _point(bus.pk, lon, lat, {"name": bus.number, "seen": formats.ago(at)})
        for bus, lon, lat, at in idle_buses()
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


@part(of="live_map", path="live-map/lines")
def map_lines(request: HttpRequest) -> HttpResponseBase:
    network = network_in_force()
    features = _line_features(network.edition_id) if network else []
    line = request.GET.get("line", "")
    chosen = [each for each in features if not line or each["properties"]["key"] == line]
    return JsonResponse({"type": "FeatureCollection", "features": chosen})


@part(of="live_map", path="live-map/stops")
def map_stops(request: HttpRequest) -> HttpResponseBase:
    network = network_in_force()
    line = request.GET.get("line", "")
    features = []
    for stop_id, ways in network.halts.items() if network else ():
        stop = network.schedule.stops[stop_id] if network else None
        if stop is not None and (not line or any(way.line.route_id == line for way in ways)):
            names = "、".join(dict.fromkeys(way.line.name for way in ways))
            features.append(_point(stop_id, stop.lon, stop.lat, {"name": stop.name, "lines": names}))
    return JsonResponse({"type": "FeatureCollection", "features": features})


@lru_cache(maxsize=2)
def _line_features(edition_id: int) -> list[dict[str, Any]]:
    network = network_of(edition_id)
    found = []
    for ways in network.ways.values():
        for way in ways:
            places = network.schedule.plane.degrees(way.pattern.line)
            found.append(
                {
                    "type": "Feature",
                    "id": way.pattern.key,
                    "geometry": {
                        "type": "LineString",
                        "coordinates": [[round(lon, 6), round(lat, 6)] for lat, lon in places.tolist()],
                    },
                    "properties": {"name": way.line.name, "key": way.line.route_id, "towards": way.headsign},
                }
            )
    return found


def _point(key: object, lon: float, lat: float, properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": key,
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": properties,
    }
