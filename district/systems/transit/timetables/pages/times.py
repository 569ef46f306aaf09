"""The times of a pattern: departures by hour, entered in bulk; running times by period."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ...models import DraftPattern, DraftProfile, DraftService, DraftStop
from ...plane import Plane, lengths_along
from ...schedule import stops_along
from .. import actions, storing
from ..departures import by_speed, scaled
from ..forms import DeparturesForm, ProfileForm, text_of
from .drafts import ROOT, _status, save_or_report

USUAL_KMH, USUAL_DWELL_S = 22.0, 20


@part(of="timetables", path=f"{ROOT}/patterns/<int:pattern_id>/times/", methods=("GET", "POST"))
def pattern_times(request: HttpRequest, draft_id: int, pattern_id: int) -> HttpResponseBase:
    """The departures of a pattern on the days of a service."""
    pattern = get_object_or_404(DraftPattern.objects.select_related("draft", "line"), pk=pattern_id, draft_id=draft_id)
    services = list(pattern.draft.draftservices.order_by("pk"))
    chosen = request.GET.get("service", "")
    service = next((each for each in services if each.key == chosen), services[0] if services else None)
    asked = request.POST.get("act", "") if request.method == "POST" else ""
    form = DeparturesForm(request.POST if asked == "enter" else None, initial={"headsign": _headsign(pattern)})
    if asked == "remove":
        chosen_trips = [int(each) for each in request.POST.getlist("trip") if each.isdigit()]
        messages.success(request, _("已删除 %(n)s 个班次") % {"n": actions.remove_trips(pattern, chosen_trips)})
        return redirect(f"{request.path}?service={service.key if service else ''}")
    if asked == "enter" and service is not None and form.is_valid():
        given = form.cleaned_data
        added: list[int] = []

        def enter() -> None:
            added.append(actions.enter_departures(pattern, service, given["text"], is_headway=given["is_headway"],
                                                  replaces=given["replaces"], headsign=given["headsign"]))  # fmt: skip

        if save_or_report(form, enter):
            messages.success(request, _("已增加 %(n)s 个班次") % {"n": added[0]})
            return redirect(f"{request.path}?service={service.key}")
    context = {
        "draft": pattern.draft, "line": pattern.line, "pattern": pattern, "services": services, "service": service,
        "hours": _hours(pattern, service), "headways": _headways(pattern, service), "text_of": text_of,
        "profiles": pattern.profiles.order_by("from_s", "pk"),
        "form": PageForm(form, submit=_("排入班次"), confirm=""), "names": _names(pattern),
    }  # fmt: skip
    return page(request, "transit/timetables/times.html", context, status=_status(request))


def _headsign(pattern: DraftPattern) -> str:
    return _names(pattern).get(pattern.stops[-1], "") if pattern.stops else ""


def _names(pattern: DraftPattern) -> dict[str, str]:
    found = DraftStop.objects.filter(draft=pattern.draft, key__in=pattern.stops)
    return dict(found.values_list("key", "name"))


def _hours(pattern: DraftPattern, service: DraftService | None) -> list[tuple[int, list[Any]]]:
    """Hour → its trips."""
    found: dict[int, list[Any]] = {}
    for trip in pattern.trips.filter(service=service, headways=[]).select_related("profile").order_by("start_s"):
        found.setdefault(trip.start_s // 3600, []).append(trip)
    return sorted(found.items())


def _headways(pattern: DraftPattern, service: DraftService | None) -> list[Any]:
    return [trip for trip in pattern.trips.filter(service=service).order_by("start_s") if trip.headways]


@part(of="timetables", path=f"{ROOT}/patterns/<int:pattern_id>/profiles/<int:profile_id>/", methods=("GET", "POST"))
def profile(request: HttpRequest, draft_id: int, pattern_id: int, profile_id: int) -> HttpResponseBase:
    """Running times of a period; number 0 is a new one, by the usual speed."""
    pattern = get_object_or_404(DraftPattern.objects.select_related("draft", "line"), pk=pattern_id, draft_id=draft_id)
    if len(pattern.stops) < 2:
        raise Http404("stops")
    row = get_object_or_404(DraftProfile, pk=profile_id, pattern=pattern) if profile_id else _usual(pattern)
    back = reverse("transit:pattern_times", args=[draft_id, pattern_id])
    if request.method == "POST" and "delete" in request.POST and profile_id:
        try:
            actions.remove_profile(row)
            messages.success(request, _("已删除"))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect(back)
    form = ProfileForm(request.POST or None, initial=_initial(row, _names(pattern)))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        row.name, row.from_s, row.to_s = given["name"], given["from_s"], given["to_s"]
        if given["times"]:
            row.arrivals, row.departures = ([pair[place] for pair in given["times"]] for place in (0, 1))
        if given["minutes"] and row.arrivals and row.arrivals[-1]:
            row.arrivals, row.departures = scaled(storing.profile_of(row, pattern.key), round(given["minutes"] * 60))
        if save_or_report(form, lambda: actions.save_profile(row)):
            messages.success(request, _("已保存"))
            return redirect(back)
    shown = PageForm(form, cancel=back)
    context = {"draft": pattern.draft, "line": pattern.line, "pattern": pattern, "profile": row, "form": shown}
    return page(request, "transit/timetables/profile.html", context, status=_status(request))


def _initial(row: DraftProfile, names: dict[str, str]) -> dict[str, Any]:
    times = zip(row.arrivals, row.departures, row.pattern.stops, strict=True)
    lines = [f"{'-' if came is None else came} {'-' if left is None else left}  # {names.get(stop, stop)}"
             for came, left, stop in times]  # fmt: skip
    return {"name": row.name, "from_s": row.from_s, "to_s": row.to_s, "times": "\n".join(lines)}


def _usual(pattern: DraftPattern) -> DraftProfile:
    """Running times by the length of the way and the usual speed."""
    rows = {each.key: each for each in DraftStop.objects.filter(draft=pattern.draft, key__in=pattern.stops)}
    lats, lons = (np.array([float(getattr(rows[stop], name) or 0) for stop in pattern.stops]) for name in ("lat", "lon"))
    plane = Plane.around(lats, lons)
    stops = plane.metres(lats, lons)
    metres = None
    if len(pattern.path) > 1:
        path = np.array(pattern.path)
        line = plane.metres(path[:, 1], path[:, 0])
        metres = stops_along(line, lengths_along(line), stops)
    if metres is None:
        metres = lengths_along(stops)
    arrivals, departures = by_speed(metres.tolist(), USUAL_KMH, USUAL_DWELL_S)
    return DraftProfile(pattern=pattern, name=_("全天"), arrivals=arrivals, departures=departures, to_s=108_000)
