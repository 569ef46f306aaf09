"""运营评价: punctuality, regularity, trips, mileage and speeds of a span of days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.clock import today
from district.kernel.ui.chart import Bar, Heat, Limit, Line, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

from ..public.network import Network, network_in_force
from .measures import Figures, Sums
from .queries import MOST_DAYS, figures_between

USUAL_DAYS = 7
AIM_PERCENT = 85.0
"""On-time share that the charts compare with; a project setting."""


class SpanForm(forms.Form):
    first = forms.DateField(label=gettext_lazy("起始日"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=gettext_lazy("截止日"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    line = forms.ChoiceField(label=gettext_lazy("线路（站点与小时）"), required=False)

    def __init__(self, data: Any, network: Network | None) -> None:
        super().__init__(data)
        field = self.fields["line"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("全部")),
            *((each.route_id, each.name) for each in (network.lines if network else ())),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("first") and given.get("last"):
            if given["last"] < given["first"]:
                raise forms.ValidationError(_("截止日早于起始日"), code="order")
            if (given["last"] - given["first"]).days >= MOST_DAYS:
                raise forms.ValidationError(_("最多 %(n)s 天") % {"n": MOST_DAYS}, code="too_long")
        return given


def performance(request: HttpRequest) -> HttpResponseBase:
    """`?first=&last=&line=`; the last seven days by default."""
    network = network_in_force()
    usual = {"first": today() - timedelta(days=USUAL_DAYS - 1), "last": today(), "line": ""}
    form = SpanForm(request.GET if "first" in request.GET else usual, network)
    context: dict[str, Any] = {"form": PageForm(form, submit=_("查看"), method="get", columns=3)}
    if form.is_valid():
        given = form.cleaned_data
        figures, days = figures_between(given["first"], given["last"])
        chosen = {given["line"]} if given["line"] else {key[0] for key in figures.lines}
        tables = [_by_line(figures, network), _by_stop(figures, network, chosen), _by_day(days)]
        for table in tables:
            answer = table.respond(request)
            if answer is not None:
                return answer
        context |= {
            "tables": tables,
            "total": figures.total(),
            "is_empty": not days,
            "charts": [
                _line_chart(figures, network),
                _hour_chart(figures, chosen),
                _heat(figures, network),
                _day_chart(days),
            ],
        }
    return page(request, "transit/performance/performance.html", context)


def _name(network: Network | None, route_id: str) -> str:
    return network.line(route_id).name if network else route_id


MEASURES: tuple[tuple[str, Any, int, str], ...] = (
    ("planned", gettext_lazy("计划班次"), 0, ""),
    ("operated", gettext_lazy("运行班次"), 0, ""),
    ("missed", gettext_lazy("缺班"), 0, ""),
    ("cancelled", gettext_lazy("停开"), 0, ""),
    ("operated_share", gettext_lazy("运行率"), 1, "%"),
    ("on_time_share", gettext_lazy("准点率"), 1, "%"),
    ("start_share", gettext_lazy("首站准点率"), 1, "%"),
    ("mean_delay_min", gettext_lazy("平均晚点"), 1, "min"),
    ("regularity", gettext_lazy("间隔变异系数"), 2, ""),
    ("excess_wait_min", gettext_lazy("额外候车"), 1, "min"),
    ("bunched_share", gettext_lazy("串车率"), 1, "%"),
    ("km", gettext_lazy("营运里程"), 1, "km"),
    ("speed_kmh", gettext_lazy("营运速度"), 1, "km/h"),
)
OF_A_STOP = ("on_time_share", "mean_delay_min", "regularity", "excess_wait_min", "bunched_share")


def _told(sums: Sums) -> dict[str, Any]:
    return {
        key: sums.metres / 1000 if key == "km" else getattr(sums, key)
        for key, _title, _decimals, _unit in MEASURES
    }


def _columns(wanted: tuple[str, ...] = ()) -> list[Column]:
    return [
        Column(key, title, format=decimals, unit=unit)
        for key, title, decimals, unit in MEASURES
        if not wanted or key in wanted
    ]


def _by_line(figures: Figures, network: Network | None) -> Table:
    rows = [{"line": _name(network, key[0])} | _told(sums) for key, sums in sorted(figures.lines.items())]
    return Table(
        "lines",
        [Column("line", _("线路"), filter="text"), *_columns()],
        rows,
        order="line",
        title=_("各线路"),
        empty=_("没有运行记录"),
    )


def _by_stop(figures: Figures, network: Network | None, chosen: set[str]) -> Table:
    rows = []
    for (route_id, direction, stop_id), sums in figures.stops.items():
        if route_id in chosen:
            stop = network.stop_name(stop_id) if network else stop_id
            rows.append(
                {
                    "line": _name(network, route_id),
                    "direction": _("下行") if direction == "1" else _("上行"),
                    "stop": stop,
                    "passages": sums.passages,
                }
                | _told(sums)
            )
    columns = [
        Column("line", _("线路"), filter="text"),
        Column("direction", _("方向"), filter="text"),
        Column("stop", _("站点"), filter="text"),
        Column("passages", _("到站次数"), format=0),
        *_columns(OF_A_STOP),
    ]
    return Table(
        "stops", columns, rows, order="on_time_share", title=_("各站点"), per_page=20, empty=_("没有运行记录")
    )


def _by_day(days: list[tuple[date, Figures]]) -> Table:
    rows = [{"day": day} | _told(figures.total()) for day, figures in days]
    return Table(
        "days",
        [Column("day", _("运营日"), format="day"), *_columns()],
        rows,
        order="-day",
        title=_("各日"),
        per_page=20,
        empty=_("没有运行记录"),
    )


def _line_chart(figures: Figures, network: Network | None) -> Bar:
    keys = sorted(figures.lines)
    sums = [figures.lines[key] for key in keys]
    return Bar(
        title=_("各线路运行率与准点率"),
        unit="%",
        x=[_name(network, key[0]) for key in keys],
        traces=[
            Trace(_("运行率"), [each.operated_share for each in sums]),
            Trace(_("准点率"), [each.on_time_share for each in sums]),
        ],
        limits=[Limit(_("目标"), AIM_PERCENT)],
    )


def _hour_chart(figures: Figures, chosen: set[str]) -> Line:
    by_hour: dict[str, Sums] = {}
    for (route_id, hour), sums in figures.hours.items():
        if route_id in chosen:
            by_hour.setdefault(hour, Sums()).add(sums)
    hours = sorted(by_hour)
    return Line(
        title=_("各小时准点率"),
        unit="%",
        x=[_("%(n)s 时") % {"n": int(hour)} for hour in hours],
        traces=[Trace(_("准点率"), [by_hour[hour].on_time_share for hour in hours])],
        limits=[Limit(_("目标"), AIM_PERCENT)],
    )


def _heat(figures: Figures, network: Network | None) -> Heat:
    lines = sorted({key[0] for key in figures.hours})
    hours = sorted({key[1] for key in figures.hours})
    values = [[_delay(figures, line, hour) for hour in hours] for line in lines]
    return Heat(
        title=_("各线路各小时平均晚点"),
        unit="min",
        x=[_("%(n)s 时") % {"n": int(hour)} for hour in hours],
        y=[_name(network, line) for line in lines],
        values=values,
    )


def _delay(figures: Figures, line: str, hour: str) -> float | None:
    sums = figures.hours.get((line, hour))
    return sums.mean_delay_min if sums else None


def _day_chart(days: list[tuple[date, Figures]]) -> Bar:
    totals = [figures.total() for _day, figures in days]
    return Bar(
        title=_("各日班次"),
        x=[f"{day:%m-%d}" for day, _figures in days],
        decimals=0,
        traces=[
            Trace(_("运行班次"), [each.operated for each in totals]),
            Trace(_("缺班"), [each.missed for each in totals]),
            Trace(_("停开"), [each.cancelled for each in totals]),
        ],
    )
