"""线路运行图: one line with both directions, its stops and its buses between them, headways and bunching."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ..forecasts.planned import plan_of
from ..forecasts.queries import Vehicle, vehicles
from ..public.network import Network, Way, network_in_force
from .live_map import shown
from .topics import FORECASTS
from .words import STATE_BADGES, span_words, state_names

STEP, TOP = 34.0, 22.0
"""Between two stops, and above the first, in units of the drawing."""


@dataclass(frozen=True)
class Mark:
    """A bus beside the line. `y` of the drawing; `gap`: words of the headway to the bus before it."""

    y: float
    told: dict[str, Any]
    gap: str
    gap_y: float
    is_bunched: bool


@dataclass(frozen=True)
class Drawing:
    """A direction: `stops` (name, y, whether a timepoint), `marks`, `planned` headway now in words, `height`."""

    way: Way
    stops: list[tuple[str, float, bool]]
    marks: list[Mark]
    planned: str
    height: float
    figures: dict[str, str]


def diagram(request: HttpRequest) -> HttpResponseBase:
    """`?line=`; the first line when none is asked for."""
    return page(request, "transit/dispatch/diagram.html", _context(request))


@part(of="diagram", path="diagram/drawing")
def diagram_drawing(request: HttpRequest) -> HttpResponseBase:
    return page(request, "transit/dispatch/_drawing.html", _context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    network = network_in_force()
    if network is None or not network.lines:
        return {"lines": [], "line": None, "drawings": [], "topic": FORECASTS}
    asked = request.GET.get("line", "")
    line = next((each for each in network.lines if each.route_id == asked), network.lines[0])
    seen = vehicles(line.route_id)
    drawings = [
        drawn(network, way, [each for each in seen if each.direction == way.direction])
        for way in network.ways[line.route_id]
    ]
    return {
        "lines": network.lines,
        "line": line,
        "drawings": drawings,
        "topic": FORECASTS,
        "state_names": state_names(),
        "state_badges": STATE_BADGES,
    }


def drawn(network: Network, way: Way, seen: list[Vehicle]) -> Drawing:
    """Stops one below the other; a bus stands between those it is between, by metres."""
    places = {stop: number for number, stop in enumerate(way.pattern.stop_ids)}
    timepoints = _timepoints(network, way)
    stops = [
        (network.stop_name(stop), TOP + STEP * number, bool(timepoints[number]))
        for stop, number in places.items()
    ]
    marks: list[Mark] = []
    ordered = sorted(
        ((place, each) for each in seen if (place := _place(way, places, each)) is not None),
        key=lambda pair: pair[0],
    )
    low = -STEP
    for number, (place, each) in enumerate(ordered):
        # Two buses at one place stand beside each other, not upon each other.
        y = max(TOP + STEP * place, low + 20.0)
        low = y
        ahead = ordered[number + 1][0] if number + 1 < len(ordered) else None
        gap = span_words(each.headway_s) if ahead is not None else ""
        gap_y = (y + TOP + STEP * ahead) / 2 if ahead is not None else y
        marks.append(Mark(y, shown(each, network), gap, gap_y, each.is_bunched))
    return Drawing(
        way,
        stops,
        marks,
        span_words(planned_headway_s(way)),
        max(TOP * 2 + STEP * (len(stops) - 1), low + TOP),
        _figures(seen),
    )


def _place(way: Way, places: dict[str, int], vehicle: Vehicle) -> float | None:
    """Stops along the way, with the part of the way to the next; None on a way that knows none of these stops."""
    following = places.get(vehicle.next_stop_id)
    if following is None:
        return None
    if (
        vehicle.along_m is None
        or following == 0
        or way.pattern.stop_ids[vehicle.next_stop : vehicle.next_stop + 1] != (vehicle.next_stop_id,)
    ):
        return max(following - 0.5, 0.0)
    before, after = (float(way.pattern.stops_at[each]) for each in (following - 1, following))
    share = (vehicle.along_m - before) / max(after - before, 1.0)
    return following - 1 + min(max(share, 0.0), 1.0)


def _timepoints(network: Network, way: Way) -> list[bool]:
    trip = next(
        each for each in network.schedule.by_route[way.line.route_id] if each.pattern.key == way.pattern.key
    )
    return [bool(each) for each in trip.is_timepoint]


def planned_headway_s(way: Way) -> float | None:
    """Between the departures planned around now; None when there are not two."""
    at = now()
    plan = plan_of(at.date())
    begins = (
        [
            each.begins_at
            for each in plan.trips
            if each.trip.route_id == way.line.route_id
            and each.trip.direction == way.direction
            and each.state != "cancelled"
        ]
        if plan
        else []
    )
    near = sorted(begins, key=lambda each: abs(each - at.timestamp()))[:2]
    return abs(near[1] - near[0]) if len(near) == 2 and abs(near[0] - at.timestamp()) < 5400 else None


def _figures(seen: list[Vehicle]) -> dict[str, str]:
    late = [each.delay_s for each in seen if each.delay_s is not None]
    return {
        _("在途车辆"): str(len(seen)),
        _("串车"): str(sum(each.is_bunched for each in seen)),
        _("平均晚点"): _("%(n)s 分") % {"n": round(sum(late) / len(late) / 60, 1)} if late else "—",
    }
