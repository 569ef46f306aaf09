"""Every component with made-up numbers: for builders of pages to choose from, and for the tests of the components."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from district.kernel import clock
from district.kernel.people.access import allow
from district.kernel.ui.chart import Bar, Chart, Heat, Limit, Line, Pie, Rose, Scatter, Span, Trace, day_hours
from district.kernel.ui.form import PageForm, done
from district.kernel.ui.live import topic
from district.kernel.ui.map import Choices, Field, Layer, Map, Steps, TimeSlider
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

topic("ui.gallery", roles=("staff",))
SAMPLES = 137
COLOURS = ("blue", "azure", "indigo", "purple", "pink", "red", "orange", "yellow", "lime", "green", "teal", "cyan")
GREEN, YELLOW, RED = "#1b7a43", "#b8860b", "#b3261e"


class SampleForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("名称"), max_length=20, help_text=gettext_lazy("最多 20 个字"))
    kind = forms.ChoiceField(label=gettext_lazy("类型"), choices=(("", "—"), ("air", gettext_lazy("空气")),
                                                               ("water", gettext_lazy("地表水"))))
    value = forms.FloatField(label=gettext_lazy("数值"), min_value=0)
    on = forms.DateField(label=gettext_lazy("日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=gettext_lazy("说明"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(label=gettext_lazy("已核对"))


@allow("staff")
@require_http_methods(["GET", "HEAD", "POST"])
def gallery(request: HttpRequest) -> HttpResponseBase:
    """One page, all components."""
    form = PageForm(
        SampleForm(request.POST or None), submit=_("提交"), confirm=_("确定提交示例？"), htmx=True, columns=2,
        action=reverse("ui:gallery"),
    )
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("示例已提交"))
        return done(request, reverse("ui:gallery"))
    table = _table()
    answer = form.again(request) or table.respond(request)
    context = {"table": table, "form": form, "map": _map(), "colours": COLOURS, **_charts(_hour(clock.now()))}
    return answer or page(request, "ui/gallery.html", context)


@allow("staff")
@require_safe
def gallery_points(request: HttpRequest) -> HttpResponseBase:
    """Points of the sample map; `?at=` is a step of its slider."""
    at = request.GET.get("at", "0")
    step = int(at) if at.isascii() and at.isdigit() and len(at) < 4 else 0
    return JsonResponse({"type": "FeatureCollection", "features": [_point(index, step) for index in range(12)]})


@allow("staff")
@require_safe
def gallery_line(request: HttpRequest) -> HttpResponseBase:
    """The sample line again, for its reload."""
    return _line(_hour(clock.now())).response()


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _table() -> Table:
    rows = [_row(index, _hour(clock.now())) for index in range(SAMPLES)]
    grades = {"good": _("达标"), "near": _("接近"), "over": _("超标")}
    return Table(
        "samples",
        columns=[
            Column("code", _("编码"), link=lambda row: f"#{row['code']}"),
            Column("name", _("名称"), filter="text"),
            Column("grade", _("评价"), filter="choice", choices=grades,
                   badge={"good": "green", "near": "orange", "over": "red"}),
            Column("at", _("时间"), format="moment", filter="date"),
            Column("value", _("浓度"), format=1, unit="µg/m³", filter="number"),
            Column("share", _("捕获率"), format="percent", shown=False),
        ],
        source=rows, order="-at", per_page=20, title=_("示例表格"), live="ui.gallery",
    )


def _row(index: int, end: datetime) -> dict[str, Any]:
    value = None if index % 17 == 0 else 60 + 40 * math.sin(index / 6)
    return {
        "code": f"S{index:03d}", "name": _("示例点 %(n)s") % {"n": index}, "at": end - timedelta(hours=index),
        "value": value, "share": 90 + 10 * math.cos(index),
        "grade": None if value is None else "good" if value <= 75 else "near" if value <= 90 else "over",
    }


def _line(end: datetime) -> Line:
    hours = [end - timedelta(hours=71 - index) for index in range(96)]
    measured = [None if index > 71 or 30 <= index < 34 else 55 + 30 * math.sin(index / 7) for index in range(96)]
    middle = [55 + 28 * math.sin(index / 7) if index >= 71 else None for index in range(96)]
    width = [max(0, index - 70) * 0.9 for index in range(96)]
    low = [None if each is None else each - spread for each, spread in zip(middle, width, strict=True)]
    high = [None if each is None else each + spread for each, spread in zip(middle, width, strict=True)]
    return Line(
        title=_("小时浓度与预报"), unit="µg/m³", x=hours, url=reverse("ui:gallery_line"), live="ui.gallery",
        traces=[Trace(_("监测"), measured), Trace(_("预报"), middle, dashed=True, band=(low, high)),
                Trace(_("气温"), [8 + 6 * math.sin(index / 4) for index in range(96)], unit="℃", axis=1)],
        limits=[Limit(_("限值"), 75)], spans=[Span(hours[30], hours[33], _("校准"))],
    )


def _charts(end: datetime) -> dict[str, Chart]:
    towns = ["丝绸路", "大街", "青年路", "永安街", "北郊", "南郊", "王村", "城北路"]
    good = [math.sin(index) * 20 + 70 for index in range(8)]
    winds = [abs(math.sin(index / 3)) * 9 + 2 for index in range(16)]
    grid = {end - timedelta(hours=index): 60 + 55 * math.sin(index / 9) for index in range(24 * 7)}
    hours, days, values = day_hours(grid)
    return {
        "line": _line(end),
        "bar": Bar(title=_("各镇办达标率"), unit="%", x=towns, traces=[Trace(_("达标率"), good)],
                   limits=[Limit(_("目标"), 80, "var(--tblr-green)")]),
        "stacked": Bar(title=_("排放量"), unit="t", x=towns, horizontal=True, stacked=True, traces=[
            Trace(_("颗粒物"), good), Trace("SO₂", winds[:8]), Trace("NOₓ", winds[8:])]),
        "rose": Rose(title=_("风向玫瑰"), unit="%", traces=[
            Trace("0–2 m/s", winds), Trace("2–5 m/s", winds[3:] + winds[:3]), Trace("> 5 m/s", winds[6:] + winds[:6])]),
        "heat": Heat(title=_("逐时浓度"), unit="µg/m³", x=hours, y=days, values=values, x_title=_("时"),
                     y_title=_("日"), value_title=_("浓度"),
                     pieces=[(35, GREEN, _("优")), (75, YELLOW, _("良")), (None, RED, _("超标"))]),
        "pie": Pie(title=_("构成"), unit="t", parts={_("工业"): 42, _("扬尘"): 31, _("移动源"): 18, _("其他"): 9}),
        "scatter": Scatter(title=_("预报与实测"), unit="µg/m³", x_unit="µg/m³", x_title=_("实测"), y_title=_("预报"),
                           diagonal=True, points=[(40 + index, 42 + index + 9 * math.sin(index), f"D{index}")
                                                  for index in range(40)]),
        "spark": Line(title=_("近 24 小时"), x=[end - timedelta(hours=index) for index in range(24, 0, -1)], bare=True,
                      traces=[Trace(_("浓度"), [40 + 9 * math.sin(index / 2) for index in range(24)], area=True)]),
        "nothing": Line(title=_("没有数据的图"), x=[], traces=[]),
    }


def _point(index: int, step: int) -> dict[str, Any]:
    angle = index * 2.4
    value = round(60 + 55 * math.sin(index + step / 4), 1)
    radius = 0.015 + index * 0.008
    return {
        "type": "Feature", "id": index,
        "geometry": {"type": "Point", "coordinates": [117.87 + radius * math.cos(angle), 36.8 + radius * math.sin(angle)]},
        "properties": {"name": f"S{index:03d}", "value": value, "kind": "air" if index % 3 else "water",
                       "url": reverse("ui:gallery") + f"#S{index:03d}"},
    }


def _map() -> Map:
    steps = [(str(step), f"{step:02d}:00") for step in range(24)]
    where = reverse("ui:gallery_points")
    grades = Steps("value", [(50, GREEN, _("优")), (100, YELLOW, _("良")), (None, RED, _("污染"))], none_text=_("无数据"))
    ring = [[117.84, 36.78], [117.9, 36.78], [117.9, 36.83], [117.84, 36.83], [117.84, 36.78]]
    zone = {"type": "Feature", "id": 1, "geometry": {"type": "Polygon", "coordinates": [ring]},
            "properties": {"name": _("示例区域"), "kind": "2"}}
    return Map(
        "samples", title=_("示例地图"),
        layers=[
            Layer("zones", _("功能区"), data={"type": "FeatureCollection", "features": [zone]}, kind="fill", opacity=0.35,
                  colour=Choices("kind", [("2", "#5f8dd3", _("2 类"))])),
            Layer("points", _("示例点"), url=where, colour=grades, label="value", popup=[Field("value", _("浓度"), "µg/m³")],
                  link="url"),
        ],
        time_slider=TimeSlider(url=f"{where}?at={{step}}", steps=steps, layer="points"),
    )
