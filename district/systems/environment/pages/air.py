"""环境空气: how the air is now, day by day, and against the standard."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.ui.chart import Bar, Heat, Line, Pie, Trace
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

from ..air_evaluation import AirEvaluation, evaluate_month, evaluate_year, good_day_rate
from ..air_quality import POLLUTANTS, aqi_standard, grade_of
from ..queries.air import AirDayRow, air_points, by_pollutant, district_days, district_now, station_days
from ..queries.stations import stations_visible_to
from ..station_states import aqi_level, aqi_steps
from .moments import read_whole
from .words import translated

FIRST_YEAR = 2015


def air(request: HttpRequest) -> HttpResponseBase:
    """`?station=` (a code, the whole district when left out), `?year=`, `?month=` (the whole year when left out)."""
    ranking = _ranking(request)
    answer = ranking.respond(request)
    if answer is not None:
        return answer
    year = read_whole(request.GET.get("year"), today().year, FIRST_YEAR, today().year)
    month = read_whole(request.GET.get("month"), 0, 0, 12)
    points = air_points()
    point = next((one for one in points if one.code == request.GET.get("station")), None)
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = station_days(point, first, last) if point else district_days(first, last)
    chosen = [day for day in days if not month or day.on.month == month]
    context = {
        "table": ranking, "latest": district_now(), "aqi_level": aqi_level, "grade_of": grade_of,
        "points": points, "point": point, "year": year, "month": month,
        "years": range(today().year, max(FIRST_YEAR, today().year - 4), -1),
        "days": chosen, "evaluation": _evaluation(days, year, month), "rate": good_day_rate([d.aqi for d in chosen]),
        "standards": sorted({day.standard for day in chosen}) or [aqi_standard(today())],
        "calendar": _calendar(days, year), "months": _months(days), "grades": _grades(chosen),
        "is_simulated": any(row["simulated"] for row in ranking.source), "primary": _primary(chosen), "trend": _trend(chosen),
    }  # fmt: skip
    return page(request, "environment/air.html", context)


def _ranking(request: HttpRequest) -> Table:
    stations = stations_visible_to(request.user, ("air",))
    rows = [
        {
            "code": one.code, "name": one.name, "aqi": one.number, "grade": _(one.grade) if one.grade else "",
            "primary": "、".join(one.result.primary_pollutants) if one.result else "",
            "at": one.result.at if one.result else None,
            "simulated": one.is_simulated,
            **{key: (one.result.concentrations.get(key) if one.result else None) for key in POLLUTANTS},
        }
        for one in stations
    ]  # fmt: skip
    return Table(
        "ranking",
        columns=[
            Column("name", _("站点"), link=lambda row: reverse("environment:station", args=[row["code"]])),
            Column("aqi", "AQI", format=0),
            Column("grade", _("级别"), badge=_grade_badges()),
            Column("primary", _("首要污染物")),
            *(
                Column(key, key, format=1 if key == "CO" else 0, unit="mg/m³" if key == "CO" else "µg/m³")
                for key in POLLUTANTS
            ),
            Column("at", _("小时"), format="hour"),
            Column("simulated", _("模拟"), shown=False),
        ],
        source=rows,
        order="aqi",
        title=_("站点实时排名"),
        empty=_("还没有空气站数据"),
    )


def _grade_badges() -> dict[str, str]:
    colours = ("green", "yellow", "orange", "red", "purple", "pink")
    return {text: colour for (_bound, _colour, text), colour in zip(translated(aqi_steps()), colours, strict=True)}


def _evaluation(days: list[AirDayRow], year: int, month: int) -> AirEvaluation | None:
    if not days:
        return None
    if month:
        last = date(year, month, calendar.monthrange(year, month)[1])
        return evaluate_month(by_pollutant(days), date(year, month, 1), last)
    return evaluate_year(by_pollutant(days), year)


def _calendar(days: Sequence[AirDayRow], year: int) -> Heat:
    aqis = {day.on: day.aqi for day in days}
    rows: list[list[float | None]] = []
    for month in range(1, 13):
        length = calendar.monthrange(year, month)[1]
        rows.append([aqis.get(date(year, month, day)) if day <= length else None for day in range(1, 32)])
    return Heat(
        title=_("AQI 日历 %(year)s") % {"year": year}, x=list(range(1, 32)), y=[f"{month:02d}" for month in range(1, 13)],
        values=rows, x_title=_("日"), y_title=_("月"), value_title="AQI", decimals=0, pieces=translated(aqi_steps()),
    )  # fmt: skip


def _months(days: Sequence[AirDayRow]) -> Bar:
    months = sorted({day.on.month for day in days})
    by_month = {month: [day.aqi for day in days if day.on.month == month] for month in months}
    rates = [good_day_rate(by_month[month])[2] for month in months]
    return Bar(
        title=_("各月优良率"), unit="%", x=[_("%(n)s月") % {"n": month} for month in months],
        traces=[Trace(_("优良率"), rates, colour="#2f9e44")],
    )  # fmt: skip


def _grades(days: Sequence[AirDayRow]) -> Pie:
    counts = Counter(aqi_level(day.aqi) for day in days if day.aqi is not None)
    parts = {
        text: counts.get(level, 0) for level, (_b, _c, text) in enumerate(translated(aqi_steps()), 1) if counts.get(level)
    }
    colours = [colour for level, (_b, colour, _t) in enumerate(aqi_steps(), 1) if counts.get(level)]
    return Pie(title=_("级别天数"), unit=_("天"), decimals=0, parts=parts, colours=colours)


def _primary(days: Sequence[AirDayRow]) -> Pie:
    counts = Counter(name for day in days for name in day.primary)
    return Pie(title=_("首要污染物天数"), unit=_("天"), decimals=0, parts=dict(counts.most_common()))


def _trend(days: Sequence[AirDayRow]) -> Line:
    if not days:
        return Line(title=_("日浓度"), unit="µg/m³", x=[], traces=[])
    first, last = days[0].on, days[-1].on
    every = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    found: dict[date, Any] = {day.on: day.concentrations for day in days}
    return Line(
        title=_("日浓度（O₃ 为日最大 8 小时）"), unit="µg/m³", decimals=0, x=every,
        traces=[
            Trace(name, [found[on].get(name) if on in found else None for on in every])
            for name in ("PM2.5", "PM10", "O3", "NO2", "SO2")
        ],
    )  # fmt: skip
