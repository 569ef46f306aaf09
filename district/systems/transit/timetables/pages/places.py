"""The stops of a draft: on the map and as a table, one changed or new."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.map import Field, Layer, Map
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Draft, DraftStop
from .. import actions
from ..forms import StopForm
from .drafts import ROOT, _status, save_or_report


def stops_layer(draft_id: int) -> Layer:
    return Layer(
        "stops", _("站点"), url=reverse("transit:draft_stops_geojson", args=[draft_id]), size=5, colour="#1d6fb8", link="url",
        popup=[Field("key", _("编号"))],
    )  # fmt: skip


@part(of="timetables", path=f"{ROOT}/stops/")
def draft_stops(request: HttpRequest, draft_id: int) -> HttpResponseBase:
    draft = get_object_or_404(Draft, pk=draft_id)
    table = Table(
        "stops",
        columns=[
            Column("name", _("站名"), filter="text", link=lambda row: reverse("transit:draft_stop", args=[draft_id, row.pk])),
            Column("key", _("编号"), filter="text"),
            Column("code", _("站牌号"), filter="text"),
            Column("lat", _("纬度"), format=6),
            Column("lon", _("经度"), format=6),
        ],
        source=draft.draftstops.all(), order="name", title=_("站点"), empty=_("还没有站点"),
    )  # fmt: skip
    context = {"draft": draft, "table": table, "map": Map("draft-stops", [stops_layer(draft_id)], title=_("站点"), fit=True)}
    return table.respond(request) or page(request, "transit/timetables/stops.html", context)


@part(of="timetables", path=f"{ROOT}/stops.geojson")
def draft_stops_geojson(request: HttpRequest, draft_id: int) -> HttpResponseBase:
    rows = DraftStop.objects.filter(draft_id=draft_id, lat__isnull=False, lon__isnull=False)
    features = [{
        "type": "Feature", "id": pk, "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {"key": key, "name": name, "url": reverse("transit:draft_stop", args=[draft_id, pk])},
    } for pk, key, name, lat, lon in rows.values_list("pk", "key", "name", "lat", "lon")]  # fmt: skip
    return JsonResponse({"type": "FeatureCollection", "features": features})


@part(of="timetables", path=f"{ROOT}/stops/<int:stop_id>/", methods=("GET", "POST"))
def draft_stop(request: HttpRequest, draft_id: int, stop_id: int) -> HttpResponseBase:
    """A stop; number 0 is a new one."""
    draft = get_object_or_404(Draft, pk=draft_id)
    stop = get_object_or_404(DraftStop, pk=stop_id, draft=draft) if stop_id else DraftStop(draft=draft)
    if request.method == "POST" and "delete" in request.POST and stop_id:
        try:
            actions.remove_part(stop)
            messages.success(request, _("已删除"))
            return redirect("transit:draft_stops", draft_id)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("transit:draft_stop", draft_id, stop_id)
    form = StopForm(request.POST or None, instance=stop)
    if request.method == "POST" and form.is_valid():
        made: Any = form.save(commit=False)
        if save_or_report(form, lambda: actions.save_part(made)):
            messages.success(request, _("已保存"))
            return redirect("transit:draft_stops", draft_id)
    centre = (stop.lon, stop.lat) if stop.lon is not None and stop.lat is not None else None
    shown_map = Map("draft-stop", [stops_layer(draft_id)], title=_("站点"), fit=centre is None, zoom=15 if centre else None,
                    **({"center": centre} if centre else {}))  # fmt: skip
    context = {"draft": draft, "stop": stop, "map": shown_map,
               "form": PageForm(form, cancel=reverse("transit:draft_stops", args=[draft_id]), columns=2)}  # fmt: skip
    return page(request, "transit/timetables/stop.html", context, status=_status(request))
