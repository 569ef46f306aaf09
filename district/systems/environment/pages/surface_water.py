"""地表水: sections with their class, what decides it, whether the target is kept, and rivers as a whole."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.ui.chart import Heat, Line, Trace
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

from ..models import MonitoringPoint
from ..queries.stations import points_visible_to
from ..queries.water import JudgedDay, SectionDay, item_name, rivers, section_days, sections_now
from ..station_states import water_grade
from ..surface_water import water_grades
from .moments import read_whole

PERIODS = (30, 90, 365)


def surface_water(request: HttpRequest) -> HttpResponseBase:
    """`?days=30|90|365`."""
    points = list(points_visible_to(request.user).filter(element="surface_water"))
    sections = sections_now(points)
    table = _table(sections)
    answer = table.respond(request)
    if answer is not None:
        return answer
    days = read_whole(request.GET.get("days"), PERIODS[0], 7, 366)
    first, last = today() - timedelta(days=days), today() - timedelta(days=1)
    history = section_days(points, first, last)
    context = {
        "table": table, "sections": sections, "rivers": rivers(sections), "days": days, "periods": PERIODS,
        "item_name": item_name, "water_grade": water_grade,
        "history": _history(points, history, first, last), "trends": _trends(points, history),
        "meeting": _meeting(points, history), "is_simulated": any(p.device and p.device.is_simulated for p in points),
    }  # fmt: skip
    return page(request, "environment/surface_water.html", context)


def _table(sections: list[SectionDay]) -> Table:
    badges = {grade.name: colour for grade, colour in zip(water_grades().values(), _BADGES, strict=True)}
    rows = [
        {
            "code": one.point.code, "name": one.point.name, "river": one.point.river,
            "class": one.day.water_class if one.day else "", "target": one.target,
            "meets": one.day.meets_target if one.day else None, "deciding": "、".join(one.deciding),
            "exceeding": "、".join(one.exceeding), "on": one.day.on if one.day else None,
        }
        for one in sections
    ]  # fmt: skip
    return Table(
        "sections",
        columns=[
            Column("name", _("断面"), link=lambda row: reverse("environment:station", args=[row["code"]])),
            Column("river", _("河流"), filter="choice"),
            Column("class", _("水质类别"), badge=badges),
            Column("target", _("目标")),
            Column("meets", _("达标"), badge={True: "green", False: "red"}),
            Column("deciding", _("定类项目")),
            Column("exceeding", _("超目标项目（倍数）")),
            Column("on", _("日期"), format="day"),
        ],
        source=rows,
        order="code",
        title=_("断面水质"),
        empty=_("还没有断面数据"),
    )


_BADGES = ("blue", "blue", "green", "yellow", "orange", "red")


def _history(
    points: list[MonitoringPoint], history: dict[int, list[JudgedDay]], first: date, last: date
) -> Heat:
    every = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    rows: list[list[float | None]] = []
    for point in points:
        classes = {row.on: water_grade(row.water_class) for row in history.get(point.pk, [])}
        rows.append([grade.water_class if (grade := classes.get(on)) else None for on in every])
    pieces = [
        (float(grade.water_class), grade.colour, _("%(name)s 类") % {"name": grade.name}) for grade in water_grades().values()
    ]
    return Heat(
        title=_("水质类别历史"), x=[f"{on:%m-%d}" for on in every], y=[point.name for point in points], values=rows,
        value_title=_("类别"), decimals=0, pieces=pieces,
    )  # fmt: skip


def _trends(points: list[MonitoringPoint], history: dict[int, list[JudgedDay]]) -> list[Line]:
    """One chart for each item that decides classes most often, all sections in it."""
    keys = {key for rows in history.values() for row in rows for key in row.concentrations}
    often: dict[str, int] = {}
    for rows in history.values():
        for row in rows:
            for key in row.deciding_items:
                often[key] = often.get(key, 0) + 1
    chosen = sorted(often, key=lambda key: -often[key])[:4] or sorted(keys)[:2]
    days = sorted({row.on for rows in history.values() for row in rows})
    return [_trend(key, points, history, days) for key in chosen]


def _trend(
    key: str, points: list[MonitoringPoint], history: dict[int, list[JudgedDay]], days: list[date]
) -> Line:
    traces = []
    for point in points:
        values = {row.on: row.concentrations.get(key) for row in history.get(point.pk, [])}
        traces.append(Trace(point.name, [values.get(on) for on in days]))
    return Line(title=item_name(key), unit="" if key == "pH" else "mg/L", decimals=2, x=days, traces=traces)


def _meeting(
    points: list[MonitoringPoint], history: dict[int, list[JudgedDay]]
) -> list[tuple[MonitoringPoint, int, int]]:
    """(section, days that keep the target, judged days)."""
    found = []
    for point in points:
        judged = [row.meets_target for row in history.get(point.pk, []) if row.meets_target is not None]
        found.append((point, sum(judged), len(judged)))
    return found
