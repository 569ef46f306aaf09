"""溯源与预报: where a station's dirty hours came from, and what the coming three days bring."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, now
from district.kernel.ui.chart import Limit, Line, Rose, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.map import Choices, Field, Layer, Map
from district.kernel.ui.render import page

from ..air_quality import POLLUTANTS
from ..forecast import MODELS
from ..models import MonitoringPoint
from ..pollution_rose import Rose as RoseResult
from ..queries.air import station_aqi
from ..queries.forecast_scores import stored_scores
from ..queries.forecasts import newest_forecast
from ..queries.stations import points_visible_to
from ..queries.tracing import LONGEST_HOURS, Traced, trace_station
from ..source_tracing import BadTrace
from .forms import moment_input

SHOWN_SUSPECTS = 12
PAST_HOURS = 48


class TraceForm(forms.Form):
    """A station, a pollutant and a window of hours."""

    def __init__(self, points: list[MonitoringPoint], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["station"] = forms.ChoiceField(
            label=_("站点"), choices=[(point.code, point.name) for point in points]
        )
        self.fields["pollutant"] = forms.ChoiceField(
            label=_("污染物"), choices=[(name, name) for name in POLLUTANTS]
        )
        self.fields["from_at"] = forms.DateTimeField(label=_("起"), widget=moment_input())
        self.fields["until_at"] = forms.DateTimeField(label=_("止"), widget=moment_input())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start, end = given.get("from_at"), given.get("until_at")
        if start and end and not timedelta(0) < end - start <= timedelta(hours=LONGEST_HOURS):
            rule = _("时段 %(start)s 至 %(end)s 不成立：止须在起之后，且不超过 31 天")
            text = rule % {"start": f"{start:%Y-%m-%d %H:%M}", "end": f"{end:%Y-%m-%d %H:%M}"}
            self.add_error("until_at", forms.ValidationError(text, code="bad_window"))
        return given


def tracing(request: HttpRequest) -> HttpResponseBase:
    """`?station=&pollutant=&from_at=&until_at=`; the last day of the first station when left out."""
    points = list(points_visible_to(request.user).filter(element="air", device__isnull=False))
    form = TraceForm(points, _asked(request, points))
    context: dict[str, Any] = {
        "points": points, "form": PageForm(form, method="get", submit=_("溯源"), columns=4),
        "scores": stored_scores(), "traced": None, "notice": "",
    }  # fmt: skip
    point = next(
        (one for one in points if one.code == form.data.get("station")), points[0] if points else None
    )
    if point is not None and form.is_valid():
        context |= _traced(point, form.cleaned_data)
    if point is not None:
        context |= _forecast(point)
    context["point"] = point
    return page(request, "environment/tracing.html", context)


def _asked(request: HttpRequest, points: list[MonitoringPoint]) -> dict[str, str]:
    hour = now().replace(minute=0, second=0, microsecond=0)
    usual = {
        "station": points[0].code if points else "",
        "pollutant": "PM2.5",
        "from_at": f"{hour - timedelta(hours=24):%Y-%m-%dT%H:%M}",
        "until_at": f"{hour:%Y-%m-%dT%H:%M}",
    }
    return usual | {key: value for key, value in request.GET.items() if key in usual and value}


def _traced(point: MonitoringPoint, given: dict[str, Any]) -> dict[str, Any]:
    start, end = (_full_hour(given[name]) for name in ("from_at", "until_at"))
    try:
        found = trace_station(point, given["pollutant"], start, max(end, start + timedelta(hours=1)))
    except BadTrace as refusal:
        return {"notice": f"{refusal.detail}（{refusal.code}）"}
    unit = "mg/m³" if given["pollutant"] == "CO" else "µg/m³"
    return {
        "traced": found, "trace": found.trace, "notice": found.notice, "pollutant": given["pollutant"], "unit": unit,
        "suspects": found.trace.suspects[:SHOWN_SUSPECTS] if found.trace else (),
        "wind_rose": _wind_rose(found.wind_rose), "pollution_rose": _pollution_rose(found.rose, given["pollutant"], unit),
        "course": _course(found, given["pollutant"], unit), "map": _map(point, found),
    }  # fmt: skip


def _full_hour(at: datetime) -> datetime:
    return at.astimezone(CHINA).replace(minute=0, second=0, microsecond=0)


def _wind_rose(found: RoseResult) -> Rose:
    share = 100 / found.hours if found.hours else 0.0
    return Rose(
        title=_("风玫瑰"), unit="%", x=found.sectors,
        traces=[
            Trace(name, [found.counts[sector][place] * share for sector in range(len(found.sectors))])
            for place, name in enumerate(found.speed_bins)
        ],
        summary=_("静风 %(percent).1f%%，共 %(hours)s 小时") % {"percent": found.calm_count * share, "hours": found.hours},
    )  # fmt: skip


def _pollution_rose(found: RoseResult, pollutant: str, unit: str) -> Rose:
    return Rose(
        title=_("%(name)s 污染玫瑰（各风向平均浓度）") % {"name": pollutant}, unit=unit, x=found.sectors,
        traces=[Trace(_("平均浓度"), found.sector_means, colour="var(--tblr-orange)")],
    )  # fmt: skip


def _course(found: Traced, pollutant: str, unit: str) -> Line:
    return Line(
        title=_("%(name)s 与风速") % {"name": pollutant}, unit=unit, x=found.at,
        traces=[
            Trace(pollutant, list(found.values), colour="var(--tblr-orange)", area=True),
            Trace(_("风速"), list(found.speed), unit="m/s", axis=1, colour="var(--tblr-azure)"),
        ],
    )  # fmt: skip


def _map(point: MonitoringPoint, found: Traced) -> Map:
    here = {
        "type": "Feature", "id": point.pk, "geometry": {"type": "Point", "coordinates": [point.lon, point.lat]},
        "properties": {"name": point.name},
    }  # fmt: skip
    layers = []
    if found.trace is not None:
        shapes = found.trace.geojson()["features"]
        cones = [one for one in shapes if one["geometry"]["type"] == "Polygon"]
        ways = [one for one in shapes if one["geometry"]["type"] != "Polygon"]
        layers += [
            Layer("cone", _("来向范围"), data=_collection(cones), kind="fill", colour="#f08c00", opacity=0.3),
            Layer("way", _("气团来路"), data=_collection(ways), kind="line", colour="#e8590c", size=3),
            Layer("suspects", _("疑似来源"), data=_collection(_suspects(found)), size=9, label="label",
                  colour=Choices("is_likely", [("1", "#c92a2a", _("贡献 5% 以上")), ("0", "#868e96", _("其他"))]),
                  popup=[Field("share", _("得分占比")), Field("emission", _("排放")), Field("reason", _("依据"))]),
        ]  # fmt: skip
    layers.append(
        Layer("station", _("站点"), data=_collection([here]), colour="#0b7285", size=9, label="name")
    )
    return Map("trace", title=_("溯源图"), layers=layers, fit=True)


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _suspects(found: Traced) -> list[dict[str, Any]]:
    assert found.trace is not None
    features = []
    for rank, one in enumerate(found.trace.suspects[:SHOWN_SUSPECTS], 1):
        emitter = found.emitters[one.code]
        features.append({
            "type": "Feature", "id": rank,
            "geometry": {"type": "Point", "coordinates": [emitter.lon, emitter.lat]},
            "properties": {
                "name": one.name, "label": f"{rank} {one.name}" if one.share >= 0.05 else "",
                "is_likely": "1" if one.share >= 0.05 else "0", "share": f"{100 * one.share:.0f}%",
                "emission": f"{one.emission_kg_h:.2f} kg/h", "reason": one.reason,
            },
        })  # fmt: skip
    return features


def _forecast(point: MonitoringPoint) -> dict[str, Any]:
    rows = newest_forecast(point)
    hours, past = station_aqi(point, now() - timedelta(hours=PAST_HOURS), now())
    coming = [
        one.for_at.astimezone(CHINA) for one in rows if not hours or one.for_at.astimezone(CHINA) > hours[-1]
    ]
    kept = rows[len(rows) - len(coming) :]
    empty_past, empty_coming = [None] * len(hours), [None] * len(coming)
    chart = Line(
        title=_("72 小时 AQI 预报"), decimals=0, x=[*hours, *coming],
        traces=[
            Trace(_("实况"), [*past, *empty_coming]),
            Trace(_("预报"), [*empty_past, *(one.value for one in kept)], dashed=True,
                  band=([*empty_past, *(one.low for one in kept)], [*empty_past, *(one.high for one in kept)])),
        ],
        limits=[Limit(_("良的上限"), 100)],
    )  # fmt: skip
    return {
        "forecast": chart, "has_forecast": bool(kept), "made_at": rows[0].made_at if rows else None,
        "method": _(MODELS.get(rows[0].method, rows[0].method)) if rows and rows[0].method else "",
    }  # fmt: skip
