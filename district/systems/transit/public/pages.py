"""到站: the phone pages of passengers. They work without script; with it they are live, and open without a line."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import qrcode
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathImage

from district.kernel.clock import CHINA, now, today
from district.kernel.ui.offline import offline_worker
from district.kernel.ui.routing import part

from .board import alerts_in_force, board_of, buses_of, known_stops
from .light import light_page
from .network import Network, Way, network_in_force
from .shown import alerts_of_lines, groups_of, ride_of, timetable_of
from .words import weekday_words

DAYS_AHEAD = 14
HOUR_S = 3600


def departures(request: HttpRequest) -> HttpResponse:
    """The start: near stops, favourites, search, lines. `?q=` searches without script."""
    network = network_in_force()
    asked = request.GET.get("q", "")[:40]
    lines, places = network.found(asked) if network else ([], [])
    return light_page(request, "transit/public/home.html", {
        "tab": "departures", "network": network, "asked": asked, "found_lines": lines, "found_places": places,
        "alerts": alerts_in_force(),
    })  # fmt: skip


@part(of="departures", path="stops/<path:stop_id>/code.svg")
def stop_code(request: HttpRequest, stop_id: str) -> HttpResponse:
    """The QR code that is put up at the stop: the address of its page."""
    if not known_stops([stop_id]):
        raise Http404(stop_id)
    address = request.build_absolute_uri(reverse("transit:stop", args=[stop_id]))
    drawn = io.BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, border=2).save(drawn)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})


@part(of="departures", path="stops/<path:stop_id>/")
def stop(request: HttpRequest, stop_id: str) -> HttpResponse:
    """When buses come to a stop; `?all=1` with the stops of the same name beside it."""
    network = _network()
    if stop_id not in network.halts:
        raise Http404(_("没有这个站点：%(id)s") % {"id": stop_id})
    place = network.places[stop_id]
    is_whole = request.GET.get("all") == "1" and len(place) > 1
    ids = known_stops(place if is_whole else [stop_id], network)
    board = board_of(ids)
    stops = [network.schedule.stops[each] for each in place]
    return light_page(request, "transit/public/stop.html", {
        "tab": "departures", "stop": network.schedule.stops[stop_id], "place": stops, "is_whole": is_whole, "ids": ids,
        "board": board, "groups": groups_of(board, ids), "ways": [way for each in ids for way in network.halts[each]],
    }, kept_s=5)  # fmt: skip


@part(of="departures", path="line-timetables/<path:route_id>/")
def line_timetable(request: HttpRequest, route_id: str) -> HttpResponse:
    """The departures of a line from a stop, `?direction=`, `?stop=`, `?day=`; cancelled and extra ones marked."""
    network, way = _way(request, route_id)
    day = _day(request.GET.get("day", ""))
    wanted = request.GET.get("stop", "")
    stop_id = wanted if wanted in way.pattern.stop_ids[:-1] else way.pattern.stop_ids[0]
    table = timetable_of(way, stop_id, day)
    days = [today() + timedelta(days=n) for n in range(DAYS_AHEAD)]
    return light_page(request, "transit/public/timetable.html", {
        "tab": "departures", "way": way, "ways": network.ways[route_id], "day": day, "stop_id": stop_id, "table": table,
        "days": [(each.isoformat(), f"{each:%m-%d} {weekday_words(each.weekday())}") for each in days],
        "stops": [network.schedule.stops[each] for each in way.pattern.stop_ids[:-1]],
        "alerts": alerts_of_lines(route_id),
    }, kept_s=60)  # fmt: skip


@part(of="departures", path="lines/<path:route_id>/")
def line(request: HttpRequest, route_id: str) -> HttpResponse:
    """A line in one direction: its stops in order and where its buses are."""
    network, way = _way(request, route_id)
    board = buses_of(route_id)
    today_table = timetable_of(way, way.pattern.stop_ids[0], today())
    return light_page(request, "transit/public/line.html", {
        "tab": "departures", "way": way, "ways": network.ways[route_id], "board": board, "today": today_table,
        "stops": [network.schedule.stops[each] for each in way.pattern.stop_ids],
        "rides": ride_of(way, board), "changes": _transfers(network, way),
    }, kept_s=5)  # fmt: skip


@part(of="departures", path="worker.js")
def public_worker(request: HttpRequest) -> HttpResponseBase:
    """The service worker of the phone pages: they open as they were last when there is no line."""
    return offline_worker()


def _transfers(network: Network, way: Way) -> dict[str, list[str]]:
    """Stop id → the names of other lines there."""
    return {
        stop_id: list(dict.fromkeys(
            other.line.name for each in network.places[stop_id] for other in network.halts[each]
            if other.line.route_id != way.line.route_id
        ))
        for stop_id in way.pattern.stop_ids
    }  # fmt: skip


def _network() -> Network:
    network = network_in_force()
    if network is None:
        raise Http404(_("今天没有已发布的时刻表"))
    return network


def _way(request: HttpRequest, route_id: str) -> tuple[Network, Way]:
    network = _network()
    ways = network.ways.get(route_id)
    if not ways:
        raise Http404(_("没有这条线路：%(id)s") % {"id": route_id})
    wanted = request.GET.get("direction", "")
    return network, next((way for way in ways if way.direction == wanted), ways[0])


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        # Before the first buses people ask for the day that has begun by the clock of China.
        return now().astimezone(CHINA).date()
    return day if abs((day - today()).days) <= 60 else today()


__all__: list[Any] = ["departures", "line", "line_timetable", "public_worker", "stop", "stop_code"]
