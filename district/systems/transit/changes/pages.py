"""临时调整: what is different for a time, typed once and told everywhere."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, now
from district.kernel.people.access import may
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.live import topic
from district.kernel.ui.map import Layer, Map
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.saying import said
from district.kernel.ui.table import Column, Table
from district.kernel.vocabulary import PUBLIC

from ..editions.queries import schedule_in_force
from ..models import Change
from ..schedule import Schedule
from . import actions
from .forms import OF_KIND, ChangeForm, initial_of, initial_of_read
from .preview import preview_of
from .sentence import read_sentence

CHANGING = ("dispatcher", "planner", "operator", "editor")
NOT_AGAIN = ("csrfmiddlewaretoken", "act")
ON_MAP = ("detour", "moved")
COLOURS = {"draft": "secondary", "published": "green", "ended": "azure"}

topic(actions.TOPIC, roles=(PUBLIC,))


def changes(request: HttpRequest) -> HttpResponseBase:
    """All changes, newest first; a sentence typed here fills in the form."""
    table = Table(
        "changes",
        columns=[
            Column("title", _("标题"), filter="text", link=lambda row: reverse("transit:change", args=[row.pk])),
            Column("kind", _("类型"), filter="choice", choices=dict(Change.Kind.choices)),
            Column("state", _("状态"), filter="choice", choices=dict(Change.State.choices), badge=COLOURS),
            Column("lines", _("线路"), sortable=False, value=_line_names),
            Column("begin_at", _("开始时间"), format="moment", filter="date"),
            Column("end_at", _("结束时间"), format="moment"),
            Column("published_at", _("发布时间"), format="moment", shown=False),
        ],
        source=Change.objects.all(), order="-begin_at", title=_("临时调整"), live=actions.TOPIC,
        empty=_("没有临时调整"),
    )  # fmt: skip
    answer = table.respond(request)
    context = {"table": table, "may_change": _may(request), "kinds": Change.Kind.choices}
    return answer or page(request, "transit/changes/changes.html", context)


@part(of="changes", path="changes/new/", methods=("GET", "POST"), roles=CHANGING)
def new_change(request: HttpRequest) -> HttpResponseBase:
    """`?sentence=` is read into the fields, `?kind=` chooses them; looked at first, then published."""
    schedule = schedule_in_force()
    if schedule is None:
        messages.error(request, _("没有在用的时刻表，不能发布临时调整"))
        return redirect("transit:changes")
    sentence = request.GET.get("sentence", "").strip()[:300]
    at = now().astimezone(CHINA)
    read = read_sentence(sentence, schedule, at) if sentence else None
    kind = request.GET.get("kind") or (read.kind if read else "detour")
    if kind not in OF_KIND:
        raise Http404(kind)
    initial: dict[str, Any] = initial_of_read(read) if read else {"begin_at": at, "cause": 1}
    if kind == "notice" and sentence:
        initial |= {"title": sentence[:120]}
    return _form_page(request, schedule, kind, initial, None, sentence)


@part(of="changes", path="changes/<int:change_id>/amend/", methods=("GET", "POST"), roles=CHANGING)
def amend_change(request: HttpRequest, change_id: int) -> HttpResponseBase:
    change, schedule = get_object_or_404(Change, pk=change_id), schedule_in_force()
    if change.state == Change.State.ENDED or schedule is None:
        messages.error(request, _("已结束的临时调整不能修改"))
        return redirect("transit:change", change.pk)
    return _form_page(request, schedule, change.kind, initial_of(actions.typed_of(change), schedule), change, "")


@part(of="changes", path="changes/<int:change_id>/")
def change(request: HttpRequest, change_id: int) -> HttpResponseBase:
    """A change: what is told of it where, what it does today, who did what with it."""
    found, schedule = get_object_or_404(Change, pk=change_id), schedule_in_force()
    preview = preview_of(schedule, actions.typed_of(found), found) if schedule else None
    context = {
        "change": found, "preview": preview, "may_change": _may(request),
        "lines": _line_names(found), "map": _map(schedule, found),
        "alert": json.dumps(preview.alert, ensure_ascii=False, indent=1) if preview else "", "colours": COLOURS,
        "versions": found.events.select_related("amended_by", "published_by", "ended_by", "made_by").order_by("-pgh_id")[:30],
    }  # fmt: skip
    return page(request, "transit/changes/change.html", context)


@part(of="changes", path="changes/<int:change_id>/<slug:act>", methods=("POST",), roles=CHANGING)
def change_act(request: HttpRequest, change_id: int, act: str) -> HttpResponseBase:
    """Publishes or ends."""
    found = get_object_or_404(Change, pk=change_id)
    doing = {"publish": actions.release, "end": actions.end}.get(act)
    if doing is None:
        raise Http404(act)
    try:
        doing(found, request.user)
    except Refused as refused:
        messages.error(request, said(refused))
    else:
        messages.success(request, _("已发布") if act == "publish" else _("已结束"))
    return redirect("transit:change", found.pk)


@part(of="changes", path="changes/lines.json", roles=CHANGING)
def change_stops(request: HttpRequest) -> HttpResponseBase:
    """Route ids → stop ids, so that the form offers the stops of the chosen lines."""
    schedule = schedule_in_force()
    found: dict[str, list[str]] = {}
    for route, trips in (schedule.by_route if schedule else {}).items():
        found[route] = sorted({stop for pattern in {trip.pattern.stop_ids for trip in trips} for stop in pattern})
    return JsonResponse(found)


def _form_page(request: HttpRequest, schedule: Schedule, kind: str, initial: dict[str, Any], amended: Change | None,
               sentence: str) -> HttpResponseBase:  # fmt: skip
    form = ChangeForm(schedule, kind, request.POST or None, initial=initial)
    preview, act = None, request.POST.get("act", "")
    if request.method == "POST" and form.is_valid():
        try:
            typed = form.typed()
            if act not in ("publish", "draft"):
                actions.check(typed, amended.pk if amended else 0)
                preview = preview_of(schedule, typed, amended)
            else:
                done = _kept(typed, amended, act, request.user)
                messages.success(request, _("已发布") if done.state == Change.State.PUBLISHED else _("已保存草稿"))
                return redirect("transit:change", done.pk)
        except actions.ChangeRefused as refused:
            form.report(refused)
        except Refused as refused:
            form.add_error(None, said(refused))
    context = {
        "form": PageForm(form, columns=2, submit=_("预览")), "kind": kind, "kinds": Change.Kind.choices, "preview": preview,
        "amended": amended,
        "again": [(key, each) for key, values in request.POST.lists() if key not in NOT_AGAIN for each in values],
        "sentence": sentence, "kind_name": Change.Kind(kind).label, "map": _drawing_map(schedule) if kind in ON_MAP else None,
        "alert": json.dumps(preview.alert, ensure_ascii=False, indent=1) if preview else "",
    }  # fmt: skip
    return page(request, "transit/changes/form.html", context)


def _kept(typed: actions.Typed, amended: Change | None, act: str, account: Any) -> Change:
    if amended is not None:
        kept = actions.amend(amended, typed, account)
        return actions.release(kept, account) if act == "publish" else kept
    return actions.announce(typed, account) if act == "publish" else actions.make(typed, account)


def _may(request: HttpRequest) -> bool:
    return may(request.user, *(f"transit.{role}" for role in CHANGING))


def _line_names(change: Change) -> str:
    schedule = schedule_in_force()
    lines = schedule.lines if schedule else {}
    return "、".join(lines[route].name if route in lines else route for route in change.lines)


def _drawing_map(schedule: Schedule) -> Map:
    """The stops, to click a way between them."""
    points = [_feature("Point", [stop.lon, stop.lat], stop.stop_id, stop.name) for stop in schedule.stops.values()]
    layer = Layer("stops", _("站点"), data={"type": "FeatureCollection", "features": points}, size=4, label="name")
    return Map("drawing", title=_("点击地图画线"), layers=[layer])


def _map(schedule: Schedule | None, change: Change) -> Map | None:
    """The way round and the stops it is about; None where there is nothing to show."""
    details = change.details
    features = []
    path = details.get("path") or []
    if len(path) > 1:
        features.append(_feature("LineString", path, "way", change.title))
    stops = schedule.stops if schedule else {}
    named = [*change.stops, *(str(details.get(key, "")) for key in ("from_stop", "to_stop"))]
    features += [_feature("Point", [stops[each].lon, stops[each].lat], each, stops[each].name) for each in named if each in stops]
    if change.kind == Change.Kind.MOVED and details.get("lon") is not None:
        features.append(_feature("Point", [details["lon"], details["lat"]], "new", _("新位置")))
    for number, each in enumerate(details.get("stops") or []):
        if isinstance(each, dict):
            features.append(_feature("Point", [each["lon"], each["lat"]], f"tmp{number}", each["name"]))
    if not features:
        return None
    kinds = (("LineString", "line", "#c92a2a", 4), ("Point", "circle", "#c92a2a", 7))
    layers = [
        Layer(drawn, _("绕行路线") if drawn == "line" else _("站点"), kind=drawn, colour=colour, size=size, label="name",
              data={"type": "FeatureCollection", "features": [each for each in features if each["geometry"]["type"] == kind]})
        for kind, drawn, colour, size in kinds if any(each["geometry"]["type"] == kind for each in features)
    ]  # fmt: skip
    return Map("change", title=change.title, layers=layers, fit=True)


def _feature(kind: str, coordinates: Any, key: str, name: str) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "id": key, "properties": {"name": name}, "geometry": geometry}
