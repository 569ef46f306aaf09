"""`/api/transit/…` for passengers' programs: stops, lines, arrivals, buses, timetables, alerts. No account is needed.

The same arrivals as a stream of server-sent events: `GET <live door>/stream/transit/arrivals?stops=…`, see `streams.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated, Any
from zlib import crc32

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.decorators import decorate_view

from district.kernel.clock import today
from district.kernel.people.access import allow

from .board import MOST_STOPS, alerts_in_force, board_of, buses_of, departures_of, known_stops
from .network import Network, network_in_force

router = Router()

LIVE_S, DAY_S = 5, 600
"""How long anything between may keep an answer: what is live, and what a timetable says."""
FARTHEST = timedelta(days=60)

Stops = Annotated[str, Query(description=f"站点编号，多个以逗号分隔，最多 {MOST_STOPS} 个")]
LineId = Annotated[str, Query(description="线路编号")]
Day = Annotated[date | None, Query(description="运营日，YYYY-MM-DD；默认今天")]


def _answer(request: HttpRequest, data: Any, kept_s: int) -> HttpResponse:
    """JSON that may be kept, told apart by its content."""
    body = orjson.dumps(data)
    tag = f'"{crc32(body):x}-{len(body)}"'
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={kept_s}", "Access-Control-Allow-Origin": "*"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(body, content_type="application/json", headers=headers)


def open_data(view: Callable[..., Any]) -> Callable[..., Any]:
    return decorate_view(allow("public"))(view)


@router.get("/stops", summary="全部站点（同名相邻站合为一处）", url_name="transit_stops")
@open_data
def stops(request: HttpRequest) -> HttpResponse:
    network = _network()
    return _answer(request, {"edition": network.edition_id, "places": network.index}, DAY_S)


@router.get("/lines", summary="全部线路及各方向站序", url_name="transit_lines")
@open_data
def lines(request: HttpRequest) -> HttpResponse:
    network = _network()
    rows = [
        {"id": line.route_id, "name": line.name, "long_name": line.long_name, "colour": line.colour, "ways": [
            {"direction": way.direction, "headsign": way.headsign, "stops": way.pattern.stop_ids}
            for way in network.ways[line.route_id]
        ]}
        for line in network.lines
    ]  # fmt: skip
    return _answer(request, {"edition": network.edition_id, "lines": rows}, DAY_S)


@router.get("/arrivals", summary="站点到站预报（另有 SSE）", url_name="transit_arrivals")
@open_data
def arrivals(request: HttpRequest, stops: Stops) -> HttpResponse:
    """mark 不为空的不可同等相信。同样内容的推送：实时端口 /stream/transit/arrivals?stops=…（server-sent events）。"""
    return _answer(request, board_of(_known(stops)), LIVE_S)


@router.get("/departures", summary="站点某日时刻表（含临时调整）", url_name="transit_departures")
@open_data
def departures(request: HttpRequest, stops: Stops, day: Day = None) -> HttpResponse:
    wanted = day or today()
    if abs(wanted - today()) > FARTHEST:
        raise Http404(_("只能查询前后 60 天"))
    return _answer(request, {"day": wanted.isoformat(), "departures": departures_of(_known(stops), wanted)}, DAY_S // 10)


@router.get("/vehicles", summary="线路上的车辆", url_name="transit_vehicles")
@open_data
def vehicles(request: HttpRequest, line: LineId) -> HttpResponse:
    if line not in _network().ways:
        raise Http404(_("没有这条线路：%(id)s") % {"id": line})
    return _answer(request, buses_of(line), LIVE_S)


@router.get("/alerts", summary="正在生效的临时调整", url_name="transit_alerts")
@open_data
def alerts(request: HttpRequest) -> HttpResponse:
    return _answer(request, {"alerts": alerts_in_force()}, LIVE_S)


def _network() -> Network:
    network = network_in_force()
    if network is None:
        raise Http404(_("今天没有已发布的时刻表"))
    return network


def _known(stops: str) -> tuple[str, ...]:
    known = known_stops(stops.split(","))
    if not known:
        raise Http404(_("没有这个站点：%(id)s") % {"id": stops[:80]})
    return known
