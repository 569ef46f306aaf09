"""声环境: points by zone with day, night and day-night levels against the limits."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.ui.chart import Bar, Limit, Line, Trace
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

from ..models import MonitoringPoint, NoiseDay
from ..noise import energy_mean, noise_limits, quality_level
from ..queries.stations import Station, stations_visible_to
from .moments import read_whole

PERIODS = (7, 30, 90)


class Levels(NamedTuple):
    """A NoiseDay, as far as a long history needs it."""

    point_id: int
    on: date
    day_level: float | None
    night_level: float | None
    day_night_level: float | None
    exceeds_day: bool | None
    exceeds_night: bool | None


def noise(request: HttpRequest) -> HttpResponseBase:
    """`?days=7|30|90`, `?zone=` narrows to a zone."""
    stations = stations_visible_to(request.user, ("noise",))
    days = read_whole(request.GET.get("days"), 30, 1, 366)
    first = today() - timedelta(days=days)
    history: dict[int, list[Levels]] = defaultdict(list)
    points = [one.point for one in stations if one.point]
    rows = NoiseDay.objects.filter(point__in=points, on__gte=first).order_by("on")
    for row in map(Levels._make, rows.values_list(*Levels._fields)):
        history[row.point_id].append(row)
    table = _table(stations, history)
    answer = table.respond(request)
    if answer is not None:
        return answer
    context = {
        "table": table, "stations": stations, "days": days, "periods": PERIODS, "zones": _zones(stations),
        "charts": [_chart(point, history[point.pk]) for point in points if history[point.pk]],
        "levels": _levels(points, history), "summary": _summary(points, history),
        "limits_of": noise_limits, "is_simulated": any(one.is_simulated for one in stations),
    }  # fmt: skip
    return page(request, "environment/noise.html", context)


def _table(stations: list[Station], history: dict[int, list[Levels]]) -> Table:
    rows = [_row(one, one.point, history[one.point.pk]) for one in stations if one.point]
    zones = {zone: _("%(zone)s 类") % {"zone": zone} for zone in ("0", "1", "2", "3", "4a", "4b")}
    return Table(
        "noise",
        columns=[
            Column("name", _("点位"), link=lambda row: reverse("environment:station", args=[row["code"]])),
            Column("zone", _("功能区"), filter="choice", choices=zones),
            Column("now", _("现值"), format=1, unit="dB(A)"),
            Column("day", "Ld", format=1, unit="dB(A)"),
            Column("limit_day", _("昼间限值"), format=0),
            Column("night", "Ln", format=1, unit="dB(A)"),
            Column("limit_night", _("夜间限值"), format=0),
            Column("day_night", "Ldn", format=1, unit="dB(A)"),
            Column("verdict", _("结论"), badge={_("达标"): "green", _("超标"): "red"}),
            Column("on", _("日期"), format="day"),
            Column("over_days", _("超标天数"), format=0),
            Column("days", _("有效天数"), format=0),
        ],
        source=rows,
        order="code",
        title=_("噪声点位"),
        empty=_("还没有噪声点位数据"),
    )


def _row(station: Station, point: MonitoringPoint, history: list[Levels]) -> dict[str, object]:
    day = station.result
    limits = noise_limits(point.zone) if point.zone else None
    verdict = ""
    if day is not None and (day.exceeds_day is not None or day.exceeds_night is not None):
        verdict = _("超标") if day.exceeds_day or day.exceeds_night else _("达标")
    return {
        "code": point.code, "name": point.name, "zone": point.zone, "now": station.number,
        "day": day.day_level if day else None, "night": day.night_level if day else None,
        "day_night": day.day_night_level if day else None, "verdict": verdict, "on": day.on if day else None,
        "limit_day": limits.day if limits else None, "limit_night": limits.night if limits else None,
        "over_days": sum(bool(one.exceeds_day or one.exceeds_night) for one in history),
        "days": sum(one.exceeds_day is not None or one.exceeds_night is not None for one in history),
    }  # fmt: skip


def _zones(stations: list[Station]) -> list[str]:
    return sorted({one.point.zone for one in stations if one.point and one.point.zone})


def _chart(point: MonitoringPoint, history: list[Levels]) -> Line:
    limits = []
    if point.zone:
        found = noise_limits(point.zone)
        limits = [
            Limit(_("昼间"), found.day, "var(--tblr-orange)"),
            Limit(_("夜间"), found.night, "var(--tblr-indigo)"),
        ]
    return Line(
        title=f"{point.name} · " + _("%(zone)s 类") % {"zone": point.zone},
        unit="dB(A)", x=[row.on for row in history], from_zero=False,
        traces=[
            Trace("Ld", [row.day_level for row in history], colour="var(--tblr-orange)"),
            Trace("Ln", [row.night_level for row in history], colour="var(--tblr-indigo)"),
            Trace("Ldn", [row.day_night_level for row in history], dashed=True, colour="var(--tblr-secondary)"),
        ],
        limits=limits,
    )  # fmt: skip


def _levels(points: list[MonitoringPoint], history: dict[int, list[Levels]]) -> Bar:
    """Energy means of the period, point by point."""
    means = [
        tuple(
            energy_mean([level for row in history[point.pk] if (level := getattr(row, name)) is not None])
            for name in ("day_level", "night_level")
        )
        for point in points
    ]
    return Bar(
        title=_("各点位平均声级"), unit="dB(A)", x=[point.name for point in points],
        traces=[
            Trace(_("昼间"), [mean[0] for mean in means], colour="var(--tblr-orange)"),
            Trace(_("夜间"), [mean[1] for mean in means], colour="var(--tblr-indigo)"),
        ],
    )  # fmt: skip


def _summary(points: list[MonitoringPoint], history: dict[int, list[Levels]]) -> dict[str, object]:
    """Share of point-days that keep the limits, and the level of the town by day (HJ 640-2012)."""
    rows = [row for point in points for row in history[point.pk]]
    days = [row.exceeds_day for row in rows if row.exceeds_day is not None]
    nights = [row.exceeds_night for row in rows if row.exceeds_night is not None]
    levels = [row.day_level for row in rows if row.day_level is not None]
    mean = sum(levels) / len(levels) if levels else None
    return {
        "day_percent": 100 * (1 - sum(days) / len(days)) if days else None,
        "night_percent": 100 * (1 - sum(nights) / len(nights)) if nights else None,
        "mean": mean,
        "level": quality_level(round(mean, 1), "day") if mean is not None else None,
    }
