"""Charts. A view says what the numbers are; palette, theme, tooltip, zoom and the table beside it are one for all.

    chart = Line(
        title=_("PM2.5 小时浓度"), unit="µg/m³", x=hours,
        traces=[Trace(_("区政府站"), values), Trace(_("预报"), means, dashed=True, band=(low, high))],
        limits=[Limit(_("二级限值"), 75)],
    )
    page(request, "environment/air.html", {"chart": chart})     # {{ ui.chart(chart) }}
    return chart.response()                                      # JSON, for `url=` (reload) and the theme of a fragment

`x` of moments gives a time axis in China Standard Time; anything else gives categories. Missing values (None, NaN)
are gaps. A colour is `#rrggbb` or a CSS variable (`var(--tblr-red)`), which follows the theme.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.ui import formats
from district.kernel.ui.chart_data import DataColumn, Limit, Span, Trace, json_text, plain, wall_clock_ms
from district.kernel.ui.saying import said

__all__ = ["Bar", "Chart", "Flows", "Heat", "Limit", "Line", "Pie", "Rose", "Scatter", "Span", "Trace"]

SIXTEEN_WINDS = (
    gettext_lazy("北"), gettext_lazy("北北东"), gettext_lazy("东北"), gettext_lazy("东北东"),
    gettext_lazy("东"), gettext_lazy("东南东"), gettext_lazy("东南"), gettext_lazy("南南东"),
    gettext_lazy("南"), gettext_lazy("南南西"), gettext_lazy("西南"), gettext_lazy("西南西"),
    gettext_lazy("西"), gettext_lazy("西北西"), gettext_lazy("西北"), gettext_lazy("北北西"),
)


@dataclass(kw_only=True)
class Chart:
    """What all charts share. `url` answers `chart.response()`; it is read again every `poll_seconds` or when the
    live topic tells `{"reload": true}`. A topic may also append: `{"x": iso, "values": [v, …]}` in order of traces.
    """

    title: Any = ""
    unit: str = ""
    decimals: int = 1
    summary: str = ""
    url: str = ""
    poll_seconds: int = 0
    live: str = ""
    keep: int = 1_500

    def columns(self) -> list[DataColumn]:
        """The numbers, column by column: drawn, and listed in the table beside the chart."""
        raise NotImplementedError

    @cached_property
    def numbers(self) -> list[DataColumn]:
        """`columns`, made once: they are drawn, described and asked whether there are any."""
        return self.columns()

    def option(self) -> dict[str, Any]:
        """The ECharts option, without data, colours of the theme and functions: those the page adds."""
        raise NotImplementedError

    def payload(self) -> dict[str, Any]:
        return {
            "option": self.option(),
            "columns": [column.payload() for column in self.numbers],
            "unit": self.unit, "decimals": self.decimals, "title": said(self.title),
            "url": self.url, "poll": self.poll_seconds, "live": self.live, "keep": self.keep,
        }

    def json(self) -> str:
        """The payload, safe inside an element: without `<`, `>` and `&`."""
        return json_text(self.payload())

    def response(self) -> HttpResponse:
        return HttpResponse(self.json(), content_type="application/json")

    @property
    def is_empty(self) -> bool:
        numbers = (column for column in self.numbers if column.kind == "number")
        return not any(value is not None for column in numbers for value in column.values)

    @property
    def text(self) -> str:
        """What a reader who cannot see the chart is told first."""
        return self.summary or said(self.title)


@dataclass(kw_only=True)
class _Traces(Chart):
    """Charts of several traces over one axis."""

    x: Sequence[Any]
    traces: Sequence[Trace]
    x_title: Any = ""
    limits: Sequence[Limit] = ()
    spans: Sequence[Span] = ()

    @property
    def is_time(self) -> bool:
        return len(self.x) > 0 and isinstance(self.x[0], date)

    def columns(self) -> list[DataColumn]:
        kind = "time" if self.is_time else "category"
        x = [wall_clock_ms(each) for each in self.x] if self.is_time else [said(each) for each in self.x]
        found = [DataColumn("x", said(self.x_title) or (_("时间") if self.is_time else ""), x, kind)]
        for index, trace in enumerate(self.traces):
            found.append(DataColumn(f"y{index}", said(trace.name), plain(trace.values), "number",
                                    trace.unit or self.unit, trace.decimals))
            if trace.band is not None:
                low, high = (plain(edge) for edge in trace.band)
                found.append(DataColumn(f"l{index}", f"{said(trace.name)} {_('下限')}", low, "number", trace.unit or self.unit))
                found.append(DataColumn(f"h{index}", f"{said(trace.name)} {_('上限')}", high, "number",
                                        trace.unit or self.unit))
        return found

    @property
    def text(self) -> str:
        if self.summary:
            return self.summary
        parts = [said(self.title)]
        values = {column.key: column.values for column in self.numbers}
        for index, trace in enumerate(self.traces[:4]):
            known = [value for value in values[f"y{index}"] if value is not None]
            if known:
                parts.append(_("%(name)s：最低 %(low)s，最高 %(high)s，最后 %(last)s %(unit)s") % {
                    "name": said(trace.name), "unit": trace.unit or self.unit,
                    "low": formats.number(min(known), self.decimals), "high": formats.number(max(known), self.decimals),
                    "last": formats.number(known[-1], self.decimals),
                })
        return "；".join(parts)

    def _value_axis(self, name: str) -> dict[str, Any]:
        return {"type": "value", "name": name, "scale": False}

    def _marks(self) -> dict[str, Any]:
        marks: dict[str, Any] = {}
        if self.limits:
            marks["markLine"] = {"silent": True, "symbol": "none", "data": [limit.option() for limit in self.limits]}
        if self.spans:
            marks["markArea"] = {"silent": True, "data": [span.option(self.is_time) for span in self.spans]}
        return marks


@dataclass(kw_only=True)
class Line(_Traces):
    """Values over time or over an ordered axis. Traces with `axis=1` read on a second axis at the right.

    `bare=True` is a sparkline: no axes, no legend, no zoom.
    """

    zoom: bool = True
    smooth: bool = False
    from_zero: bool = True
    bare: bool = False

    def option(self) -> dict[str, Any]:
        kind = "time" if self.is_time else "category"
        units = [self.unit] + [trace.unit for trace in self.traces if trace.axis == 1][:1]
        option: dict[str, Any] = {
            "xAxis": {"type": kind, "boundaryGap": False},
            "yAxis": [self._value_axis(unit) | {"scale": not self.from_zero} for unit in units],
            "series": self._series(),
            "d": {"bare": self.bare, "zoom": self.zoom and len(self.x) > 24 and not self.bare, "time": self.is_time},
        }
        return option

    def _series(self) -> list[dict[str, Any]]:
        drawn: list[dict[str, Any]] = []
        many = len(self.x) > 60
        for index, trace in enumerate(self.traces):
            series = trace.option("line", index) | {
                "symbolSize": 5, "d_lone": many, "connectNulls": False, "smooth": self.smooth,
                "yAxisIndex": trace.axis, "lineStyle": {"width": 2, "type": "dashed" if trace.dashed else "solid"},
            }
            if trace.area:
                series["areaStyle"] = {"opacity": 0.15}
            if len(self.x) > 1_000:
                series["sampling"] = "lttb"
            drawn.append(series | (self._marks() if index == 0 else {}))
            if trace.band is not None:
                drawn.append({"type": "custom", "d_band": index, "silent": True, "z": 1,
                              "encode": {"x": "x", "y": [f"l{index}", f"h{index}"]}, "name": said(trace.name)})
        return drawn


@dataclass(kw_only=True)
class Bar(_Traces):
    """Categories or periods compared. `stacked` adds traces up, `horizontal` suits long names.

    `colours`: one for each category of the first trace (e.g. by grade).
    """

    horizontal: bool = False
    stacked: bool = False
    colours: Sequence[str] = ()
    zoom: bool = False

    def option(self) -> dict[str, Any]:
        categories = {"type": "time" if self.is_time else "category"}
        values = self._value_axis(self.unit)
        series = []
        for index, trace in enumerate(self.traces):
            one = trace.option("bar", index) | {"barMaxWidth": 36}
            if self.horizontal:
                one["encode"] = {"x": f"y{index}", "y": "x", "tooltip": [f"y{index}"]}
            if self.stacked:
                one["stack"] = "all"
            series.append(one | (self._marks() if index == 0 else {}))
        x, y = (values, categories | {"inverse": True}) if self.horizontal else (categories, values)
        return {
            "xAxis": x, "yAxis": [y], "series": series,
            "d": {"zoom": self.zoom, "time": self.is_time, "horizontal": self.horizontal, "colours": list(self.colours)},
        }


@dataclass(kw_only=True)
class Rose(_Traces):
    """A wind or pollution rose: sectors clockwise from north, traces stacked outwards (classes of speed or value)."""

    x: Sequence[Any] = SIXTEEN_WINDS

    def option(self) -> dict[str, Any]:
        return {
            "polar": {"radius": "72%", "center": ["50%", "54%"]},
            "angleAxis": {"type": "category", "startAngle": 90 + 180 / len(self.x)},
            "radiusAxis": {"min": 0, "name": self.unit},
            "series": [
                trace.option("bar", index) | {
                    "coordinateSystem": "polar", "stack": "all", "barCategoryGap": "8%",
                    "encode": {"angle": "x", "radius": f"y{index}", "tooltip": [f"y{index}"]},
                }
                for index, trace in enumerate(self.traces)
            ],
            "d": {"polar": True},
        }


@dataclass(kw_only=True)
class Heat(Chart):
    """A grid of values, `values[row][column]`: e.g. days by hours.

    `pieces`: `(upper bound or None, colour, text)` from low to high; without them a scale of one colour.
    """

    x: Sequence[Any]
    y: Sequence[Any]
    values: Sequence[Sequence[float | None]]
    x_title: Any = ""
    y_title: Any = ""
    value_title: Any = ""
    pieces: Sequence[tuple[float | None, str, Any]] = ()

    def columns(self) -> list[DataColumn]:
        columns, rows = [said(x) for x in self.x], [said(y) for y in self.y]
        across, down = columns * len(rows), [row for row in rows for _column in columns]
        flat = plain([value for row in self.values for value in row])
        return [DataColumn("x", said(self.x_title), across, "category"),
                DataColumn("y", said(self.y_title), down, "category"),
                DataColumn("value", said(self.value_title or self.title), flat, "number", self.unit)]

    def option(self) -> dict[str, Any]:
        known = [value for row in self.values for value in plain(row) if value is not None]
        visual: dict[str, Any] = {"dimension": 2, "min": min(known, default=0), "max": max(known, default=1)}
        if self.pieces:
            lower = -math.inf
            listed = []
            for upper, colour, text in self.pieces:
                piece: dict[str, Any] = {"color": colour, "label": said(text)}
                piece |= {} if lower == -math.inf else {"gt": lower}
                piece |= {} if upper is None else {"lte": upper}
                listed.append(piece)
                lower = upper if upper is not None else lower
            visual = {"type": "piecewise", "dimension": 2, "pieces": listed}
        return {
            "xAxis": {"type": "category", "data": [said(x) for x in self.x]},
            "yAxis": [{"type": "category", "data": [said(y) for y in self.y], "inverse": True}],
            "visualMap": visual,
            "series": [{"type": "heatmap", "encode": {"x": "x", "y": "y", "value": "value"}, "name": said(self.title)}],
            "d": {"heat": True},
        }


@dataclass(kw_only=True)
class Pie(Chart):
    """Parts of a whole: `parts` name → value, in the order given."""

    parts: Mapping[Any, float | None]
    colours: Sequence[str] = field(default_factory=list)

    def columns(self) -> list[DataColumn]:
        return [DataColumn("x", "", [said(name) for name in self.parts], "category"),
                DataColumn("y0", said(self.title), plain(self.parts.values()), "number", self.unit)]

    def option(self) -> dict[str, Any]:
        series = {"type": "pie", "radius": ["45%", "70%"], "center": ["50%", "55%"],
                  "encode": {"itemName": "x", "value": "y0"}, "name": said(self.title)}
        return {"series": [series], "d": {"pie": True, "colours": list(self.colours)}}


@dataclass(kw_only=True)
class Flows(Chart):
    """Quantities that go from givers (left) to receivers (right); who does both stands on both sides."""

    flows: Sequence[tuple[Any, Any, float]]
    from_title: Any = ""
    to_title: Any = ""

    def columns(self) -> list[DataColumn]:
        givers, receivers = [said(flow[0]) for flow in self.flows], [said(flow[1]) for flow in self.flows]
        return [DataColumn("x", said(self.from_title), givers, "category"),
                DataColumn("to", said(self.to_title), receivers, "category"),
                DataColumn("y0", said(self.title), plain([flow[2] for flow in self.flows]), "number", self.unit)]

    def option(self) -> dict[str, Any]:
        sides = {f"{side}{said(flow[side == '>'])}": None for flow in self.flows for side in "<>"}
        links = [{"source": f"<{said(giver)}", "target": f">{said(taker)}", "value": value}
                 for giver, taker, value in self.flows]
        series = {"type": "sankey", "data": [{"name": name} for name in sides], "links": links, "draggable": False,
                  "name": said(self.title)}
        return {"series": [series], "d": {"flows": True}}


@dataclass(kw_only=True)
class Scatter(Chart):
    """Pairs of values; `points` are `(x, y)` or `(x, y, name)`."""

    points: Sequence[tuple[Any, ...]]
    x_title: Any = ""
    y_title: Any = ""
    x_unit: str = ""
    diagonal: bool = False

    def columns(self) -> list[DataColumn]:
        names = [str(point[2]) if len(point) > 2 else "" for point in self.points]
        return [DataColumn("x", said(self.x_title), plain([point[0] for point in self.points]), "number", self.x_unit),
                DataColumn("y0", said(self.y_title), plain([point[1] for point in self.points]), "number", self.unit),
                DataColumn("name", _("名称"), names, "category")]

    def option(self) -> dict[str, Any]:
        series: dict[str, Any] = {"type": "scatter", "symbolSize": 7, "encode": {"x": "x", "y": "y0"},
                                  "name": said(self.title)}
        both = [value for point in self.points for value in plain(point[:2]) if value is not None]
        across: dict[str, Any] = {"type": "value", "name": f"{self.x_title} {self.x_unit}".strip(), "scale": True}
        up: dict[str, Any] = {"type": "value", "name": f"{self.y_title} {self.unit}".strip(), "scale": True}
        if self.diagonal and both:
            low, high = _round_span(min(both), max(both))
            for axis in (across, up):
                axis.update(min=low, max=high)
            ends = [{"coord": [edge, edge], "symbol": "none"} for edge in (low, high)]
            series["markLine"] = {"silent": True, "data": [ends], "label": {"show": False}}
        return {"xAxis": across, "yAxis": [up], "series": [series], "d": {"scatter": True}}


def _round_span(low: float, high: float) -> tuple[float, float]:
    """The nearest multiples of a tenth of the span's magnitude around both ends."""
    step = 10.0 ** math.floor(math.log10(high - low)) if high > low else 1.0
    return math.floor(low / step) * step, math.ceil(high / step) * step


def day_hours(values: Mapping[datetime, float | None]) -> tuple[list[str], list[str], list[list[float | None]]]:
    """Hourly values as `(hours, days, grid)` for a Heat."""
    days = sorted({formats.day(at) for at in values})
    found = {(formats.day(at), formats.moment(at)[11:13]): value for at, value in values.items()}
    hours = [f"{hour:02d}" for hour in range(24)]
    return hours, days, [[found.get((day, hour)) for hour in hours] for day in days]
