"""出行规划: from one place to another, on the phone, with or without script."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, now
from district.kernel.datasets.pages.limits import at_most
from district.kernel.ui.routing import part

from ..plane import METRES_OF_A_DEGREE
from ..public.light import light_page
from ..public.network import Network, network_in_force
from ..public.words import mark_words, state_words
from .api import MOST_A_MINUTE
from .asking import WALKS_M, Answer, answer_to

DRAWN_EVERY_M = 60.0
FIELDS = ("from", "to", "at", "by", "walk", "accessible")


@at_most(MOST_A_MINUTE, "transit-plan")
def plan(request: HttpRequest) -> HttpResponseBase:
    """The form and, when something is asked, journeys. A position comes by POST: it is to stand in no address and no log."""
    given = request.POST if request.method == "POST" else request.GET
    asked = {name: given.get(name, "")[:160] for name in FIELDS}
    network = network_in_force()
    answer = Answer()
    if network is not None and (asked["from"] or asked["to"]):
        answer = answer_to(asked, network)
        _say_names(asked, answer, network)
    status = 400 if answer.errors else 200
    return light_page(request, "transit/planner/plan.html", {
        "tab": "plan", "network": network, "asked": asked, "answer": answer, "walks": WALKS_M,
        "at": asked["at"] or f"{now().astimezone(CHINA):%Y-%m-%dT%H:%M}", "label_words": label_words(),
        "mark_words": mark_words() | {"": ""}, "state_words": state_words(), "far": far, "span": span,
    }, status=status, is_form=True)  # fmt: skip


def _say_names(asked: dict[str, str], answer: Answer, network: Network) -> None:
    """A stop's name instead of its number, where the name alone is understood."""
    for side in ("from", "to"):
        spot = answer.plan[side] if answer.plan else None
        if spot and asked[side].startswith("stop:") and sum(row["name"] == spot["name"] for row in network.index) == 1:
            asked[side] = spot["name"]


@part(of="plan", path="plan/network.json")
def plan_network(request: HttpRequest) -> HttpResponse:
    """The lines and stops to draw a map of: `{"lines": [{"colour", "name", "points": [[lat, lon], …]}], "stops": […]}`."""
    network = network_in_force()
    answer = JsonResponse(drawing_of(network) if network else {"lines": [], "stops": []})
    answer["Cache-Control"] = "public, max-age=600"
    return answer


def drawing_of(network: Network) -> dict[str, Any]:
    plane = network.schedule.plane
    narrow = np.array([np.cos(np.radians(plane.latitude)), 1.0]) * METRES_OF_A_DEGREE
    lines = []
    for line in network.lines:
        for way in network.ways[line.route_id][:1]:
            places = way.pattern.line / narrow + np.array([plane.longitude, plane.latitude])
            step = max(1, round(len(places) * DRAWN_EVERY_M / max(way.pattern.length_m, 1.0)))
            points = [[round(lat, 5), round(lon, 5)] for lon, lat in np.vstack((places[:-1:step], places[-1:])).tolist()]
            lines.append({"name": line.name, "colour": line.colour, "points": points})
    stops = [{"id": row["id"], "name": row["name"], "at": row["at"][0]} for row in network.index]
    return {"lines": lines, "stops": stops}


def label_words() -> dict[str, str]:
    return {"fastest": _("最快"), "fewest_changes": _("换乘最少"), "least_walking": _("步行最少")}


def far(metres: float) -> str:
    return _("%(n)s 米") % {"n": round(metres, -1)} if metres < 950 else _("%(n)s 千米") % {"n": f"{metres / 1000:.1f}"}


def span(seconds: float) -> str:
    """Whole minutes, hours above sixty."""
    minutes = max(round(seconds / 60), 1)
    if minutes < 60:
        return _("%(n)s 分钟") % {"n": minutes}
    return _("%(h)s 小时 %(m)s 分") % {"h": minutes // 60, "m": f"{minutes % 60:02d}"}
