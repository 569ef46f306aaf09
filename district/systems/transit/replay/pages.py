"""轨迹回放: buses of a line, or one bus, on a day, played along a slider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.clock import CHINA, today
from district.kernel.ui.chart import Line, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.map import Field, Layer, Map, Steps, TimeSlider
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..forecasts.queries import moment
from ..models import Bus, Run
from ..public.network import network_in_force
from .tracks import Track, tracks

MOST_FRAMES = 120
SEEN_WITHIN_S = 180.0
"""A bus that has told nothing for so long is not drawn any more."""
SPANS = (30, 60, 180, 600)
SPEEDS = [(5.0, "#c92a2a"), (15.0, "#e8890c"), (30.0, "#2b8a3e"), (None, "#1c7ed6")]


class ReplayForm(forms.Form):
    """What is to be replayed."""

    day = forms.DateField(label=gettext_lazy("日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    begin = forms.TimeField(
        label=gettext_lazy("开始"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("时长"),
        coerce=int,
        choices=[(each, gettext_lazy("%s 分钟") % each) for each in SPANS],
    )
    line = forms.ChoiceField(label=gettext_lazy("线路"), required=False)
    bus = forms.ChoiceField(label=gettext_lazy("车辆"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"day": today(), "begin": time(7, 0), "minutes": 60})
        network = network_in_force()
        lines, buses = self.fields["line"], self.fields["bus"]
        assert isinstance(lines, forms.ChoiceField)
        assert isinstance(buses, forms.ChoiceField)
        lines.choices = [
            ("", _("全部")),
            *((each.route_id, each.name) for each in (network.lines if network else ())),
        ]
        numbers = Bus.objects.filter(device__isnull=False).values_list("number", flat=True)
        buses.choices = [("", _("全部")), *((each, each) for each in numbers)]


@dataclass(frozen=True)
class Asked:
    """A replay. `buses` by device id."""

    begin: datetime
    end: datetime
    line: str
    bus: str
    buses: dict[int, Bus]

    @property
    def day(self) -> date:
        return self.begin.date()

    @property
    def query(self) -> str:
        minutes = round((self.end - self.begin) / timedelta(minutes=1))
        told = {
            "day": self.day,
            "begin": f"{self.begin:%H:%M}",
            "minutes": minutes,
            "line": self.line,
            "bus": self.bus,
        }
        return urlencode(told)


def asked_of(form: ReplayForm) -> Asked:
    given = form.cleaned_data
    begin = datetime.combine(given["day"], given["begin"], CHINA)
    end = begin + timedelta(minutes=given["minutes"])
    buses = Bus.objects.filter(device__isnull=False)
    if given["bus"]:
        buses = buses.filter(number=given["bus"])
    if given["line"]:
        driven = Run.objects.filter(
            route_id=given["line"], begins_at__lt=end, ends_at__gt=begin, bus__isnull=False
        )
        buses = buses.filter(pk__in=driven.values("bus"))
    return Asked(
        begin, end, given["line"], given["bus"], {bus.device_id: bus for bus in buses if bus.device_id}
    )


def replay(request: HttpRequest) -> HttpResponseBase:
    """`?day=&begin=&minutes=&line=&bus=`; the last full hour when nothing is asked."""
    form = ReplayForm(request.GET if "day" in request.GET else None)
    context: dict[str, Any] = {"form": PageForm(form, submit=_("回放"), method="get", columns=3)}
    if form.is_bound and form.is_valid():
        asked = asked_of(form)
        found = tracks(list(asked.buses), asked.begin, asked.end)
        table = _summary(asked, found)
        answer = table.respond(request)
        if answer is not None:
            return answer
        context |= {"map": _map(asked, found), "table": table, "is_empty": not found}
        if len(found) == 1:
            context["chart"] = _speeds(asked, found[0])
    return page(request, "transit/replay/replay.html", context)


def _map(asked: Asked, found: list[Track]) -> Map:
    step_s = max(10.0, (asked.end - asked.begin).total_seconds() / MOST_FRAMES)
    count = int((asked.end - asked.begin).total_seconds() / step_s)
    instants = [asked.begin + timedelta(seconds=step_s * number) for number in range(count + 1)]
    steps = Steps("speed", [(bound, colour, _words(bound)) for bound, colour in SPEEDS])
    return Map(
        "replay",
        title=_("轨迹回放"),
        fit=True,
        zoom=11,
        layers=[
            Layer(
                "ways",
                _("轨迹"),
                data=_ways(asked, found),
                kind="line",
                size=2,
                opacity=0.45,
                colour="#868e96",
                popup=[],
            ),
            Layer(
                "buses",
                _("车辆"),
                data=frame(asked, found, instants[0].timestamp()),
                colour=steps,
                size=9,
                label="name",
                popup=[
                    Field("speed", _("速度"), "km/h"),
                    Field("at", _("时间")),
                    Field("trip", _("班次")),
                    Field("alarm", _("报警")),
                ],
            ),
        ],
        time_slider=TimeSlider(
            url=f"{reverse('transit:replay_frame')}?{asked.query}&at={{step}}",
            steps=[(f"{each.timestamp():.0f}", f"{each:%H:%M:%S}") for each in instants],
            layer="buses",
            start=0,
            pause_ms=400,
        ),
    )


def _words(bound: float | None) -> str:
    return _("更快") if bound is None else _("%(n)s km/h 以下") % {"n": round(bound)}


@part(of="replay", path="replay/frame")
def replay_frame(request: HttpRequest) -> HttpResponse:
    """`&at=` Unix seconds: all buses as they were then."""
    form = ReplayForm(request.GET)
    try:
        at = float(request.GET.get("at", ""))
    except ValueError:
        at = float("nan")
    if not form.is_valid() or not np.isfinite(at):
        return JsonResponse({"error": "bad_request", "detail": _("回放参数不对")}, status=400)
    asked = asked_of(form)
    # What a frame needs: those who have told something shortly before.
    begin = max(asked.begin, moment(at - SEEN_WITHIN_S))
    return JsonResponse(frame(asked, tracks(list(asked.buses), begin, moment(at + 1)), at))


def frame(asked: Asked, found: list[Track], at: float) -> dict[str, Any]:
    """A FeatureCollection of the buses at an instant."""
    features = []
    driven = _trips(asked, moment(at))
    for track in found:
        row = track.seen_at(at, SEEN_WITHIN_S)
        if row is None:
            continue
        bus = asked.buses[track.device_id]
        features.append(
            {
                "type": "Feature",
                "id": bus.pk,
                "geometry": {"type": "Point", "coordinates": [track.lon[row], track.lat[row]]},
                "properties": {
                    "name": bus.number,
                    "speed": round(float(track.speed_kmh[row]), 1),
                    "at": f"{moment(track.at[row]):%H:%M:%S}",
                    "trip": driven.get(bus.pk, ""),
                    "alarm": _("有") if track.alarm[row] else "",
                },
            }
        )
    return {"type": "FeatureCollection", "features": features}


def _trips(asked: Asked, at: datetime) -> dict[int, str]:
    """Bus → the trip it drove."""
    runs = Run.objects.filter(
        bus__in=[bus.pk for bus in asked.buses.values()], begins_at__lte=at + timedelta(minutes=20)
    )
    known = runs.filter(ends_at__gte=at - timedelta(minutes=40)).order_by("begins_at")
    network = network_in_force()
    found: dict[int, str] = {}
    for run in known:
        last = run.passed_at[-1] if run.passed_at else None
        if run.bus_id is not None and (last is None or last > at):
            found.setdefault(
                run.bus_id,
                f"{network.line(run.route_id).name if network else run.route_id} {run.start_time[:5]}",
            )
    return found


def _ways(asked: Asked, found: list[Track]) -> dict[str, Any]:
    """Each bus's way as a line of at most some hundred corners."""
    features = []
    for track in found:
        step = max(1, len(track.at) // 400)
        places = [
            [round(float(lon), 6), round(float(lat), 6)]
            for lon, lat in zip(track.lon[::step], track.lat[::step], strict=True)
        ]
        if len(places) > 1:
            features.append(
                {
                    "type": "Feature",
                    "id": track.device_id,
                    "geometry": {"type": "LineString", "coordinates": places},
                    "properties": {"name": asked.buses[track.device_id].number},
                }
            )
    return {"type": "FeatureCollection", "features": features}


def _summary(asked: Asked, found: list[Track]) -> Table:
    rows = []
    for track in found:
        gaps = np.diff(track.at) if len(track.at) > 1 else np.array([0.0])
        rows.append(
            {
                "bus": asked.buses[track.device_id].number,
                "positions": len(track.at),
                "first": moment(track.at[0]),
                "last": moment(track.at[-1]),
                "fastest": float(track.speed_kmh.max()),
                "longest_gap": float(gaps.max()),
                "alarms": int((np.diff(np.append(0, (track.alarm != 0).astype(int))) == 1).sum()),
            }
        )
    return Table(
        "tracks",
        columns=[
            Column("bus", _("车辆"), filter="text"),
            Column("positions", _("位置数"), format=0),
            Column("first", _("最早"), format="second"),
            Column("last", _("最晚"), format="second"),
            Column("fastest", _("最高速度"), format=0, unit="km/h"),
            Column("longest_gap", _("最长间断"), format=0, unit="s"),
            Column("alarms", _("报警次数"), format=0),
        ],
        source=rows,
        order="bus",
        title=_("轨迹概况"),
        empty=_("这段时间没有位置"),
    )


def _speeds(asked: Asked, track: Track) -> Line:
    step = max(1, len(track.at) // 1200)
    name = asked.buses[track.device_id].number
    return Line(
        title=_("%(bus)s 速度") % {"bus": name},
        unit="km/h",
        x=[moment(at) for at in track.at[::step]],
        traces=[Trace(name, track.speed_kmh[::step].tolist())],
    )
