"""规划指标: every target of the plan on one page, and each with what it rests on, where it heads, how to work it out again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.kpis.models import VERDICTS
from district.kernel.kpis.recomputing import published
from district.kernel.people.refused import Refused
from district.kernel.ui import formats
from district.kernel.ui.chart import Bar, Limit, Line, Trace
from district.kernel.ui.languages import pick
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.saying import said
from district.kernel.ui.table import Column, Table

from ...models import Recomputation
from .. import actions
from ..forecasting import Kind, trend_of
from ..plan import Indicator, indicator, measured_by
from ..standing import NOT_BUILT, Standing, standing, standings
from ..wider import PLAN
from ..wording import Words
from . import words


def indicators(request: HttpRequest) -> HttpResponseBase:
    """All of them, measured at this moment."""
    found = standings()
    table = Table(
        "indicators",
        columns=[
            Column("clause", _("条款"), align="end"),
            Column("title", _("指标"), filter="text", link=lambda row: reverse("programme:indicator", args=[row["key"]])),
            Column("verdict", _("结论"), filter="choice", choices=dict(VERDICTS), badge=words.VERDICT_COLOURS),
            Column("value", _("现值"), format=2),
            Column("target", _("目标"), format="number"),
            Column("unit", _("单位"), sortable=False),
            Column("way", _("取值方式"), filter="choice", choices=words.WAYS, badge=words.WAY_COLOURS),
            Column("due", _("期限"), format="day", filter="date"),
            Column("late", _("逾期天数"), format="number"),
            Column("change", _("近 30 天变化"), format=2),
            Column("heading", _("预测"), sortable=False),
            Column("is_simulated", _("模拟"), badge={True: "yellow"}, choices={True: _("模拟"), False: ""}),
            Column("kind", _("来源"), filter="choice", choices={True: _("方案目标"), False: _("伴随指标")}),
            Column("formula", _("公式"), sortable=False, shown=False),
            Column("source", _("口径来源"), sortable=False, shown=False),
        ],
        source=[_row(each) for each in found], order="clause", title=_("规划指标"), empty=_("没有指标"),
    )  # fmt: skip
    return table.respond(request) or page(request, "programme/indicators/indicators.html", {
        "table": table, "chart": _chart(found), "at": now(), "figures": _figures(found),
    })  # fmt: skip


def _row(found: Standing) -> dict[str, Any]:
    each, figure = found.indicator, found.figure
    return {
        "key": each.key, "clause": each.clause, "title": pick(each), "value": figure.value, "target": each.target,
        "unit": each.unit, "verdict": found.verdict.value, "way": figure.way, "due": each.due_on,
        "late": found.late_days or None, "kind": each.is_plan,
        "heading": _heading(found), "change": found.change(), "is_simulated": figure.is_simulated,
        "formula": _in_language(each, "formula"), "source": _in_language(each, "source"),
    }  # fmt: skip


def _heading(found: Standing) -> str:
    if found.figure.way == NOT_BUILT:
        return _("系统未建成")
    if not found.indicator.measure:
        return _("人工填报，不作预测")
    return words.heading(found.outlook)


def _in_language(each: Indicator, name: str) -> str:
    zh, en = getattr(each, f"{name}_zh"), getattr(each, f"{name}_en")
    return pick(Words(zh, en))


def _figures(found: list[Standing]) -> list[tuple[str, int, str]]:
    """How many stand how; of the plan's own alone."""
    own = [each for each in found if each.indicator.is_plan]
    count = {key: sum(each.verdict.value == key for each in own) for key in ("met", "near", "missed")}
    return [
        (_("方案目标"), len(own), "secondary"), (_("已达标"), count["met"], "green"),
        (_("未达标"), count["near"] + count["missed"], "red"),
        (_("无数据或未建成"), len(own) - sum(count.values()), "secondary"),
    ]  # fmt: skip


def _chart(found: list[Standing]) -> Bar:
    return Bar(
        title=_("现值与目标"), unit="%", x=[pick(each.indicator) for each in found], horizontal=True,
        traces=[Trace(_("现值"), [each.figure.value for each in found]),
                Trace(_("目标"), [each.indicator.target for each in found])],
    )  # fmt: skip


@part(of="indicators", path="indicators/plan/<str:key>/", name="indicator")
def indicator_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """One of them: figure, parts, trend with forecast, records, the SQL and who ran it."""
    chosen = indicator(key)
    if chosen is None:
        raise Http404(key)
    found = standing(chosen)
    runs = Recomputation.objects.filter(system=chosen.system, key=chosen.measure).select_related("by")
    evidence, log = _evidence(found), _log(runs)
    return evidence.respond(request) or log.respond(request) or page(request, "programme/indicators/indicator.html", {
        "found": found, "each": chosen, "figure": found.figure, "formula": _in_language(chosen, "formula"),
        "source": _in_language(chosen, "source"), "heading": _heading(found),
        "way": words.WAYS[found.figure.way], "way_colour": words.WAY_COLOURS[found.figure.way],
        "verdict": dict(VERDICTS)[found.verdict.value], "colour": words.VERDICT_COLOURS[found.verdict.value],
        "trend": _trend(found) if found.days else None, "evidence": evidence if found.figure.evidence else None,
        "log": log if found.figure.sql else None, "newest": runs.first() if found.figure.sql else None,
        "is_entered": not chosen.measure and found.figure.way != NOT_BUILT, "item_set": PLAN,
    })  # fmt: skip


@part(of="indicators", path="indicators/of/<str:system>/<str:key>/")
def indicator_of(request: HttpRequest, system: str, key: str) -> HttpResponse:
    """From a system's indicator to the plan's."""
    chosen = measured_by(system, key)
    address = reverse("programme:indicator", args=[chosen.key]) if chosen else reverse("programme:indicators")
    return HttpResponseRedirect(address)


@part(of="indicators", path="indicators/plan/<str:key>/recompute", methods=("POST",))
def indicator_recompute(request: HttpRequest, key: str) -> HttpResponse:
    """Runs the published SQL now."""
    chosen = indicator(key)
    if chosen is None:
        raise Http404(key)
    try:
        made = actions.recompute_figure(chosen.system, chosen.measure, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        say = messages.success if made.agrees else messages.error
        say(request, _told(made))
    return HttpResponseRedirect(reverse("programme:indicator", args=[key]) + "#recompute")


def _told(made: Recomputation) -> str:
    if made.trouble:
        return _("SQL 未能得出结果：%(trouble)s") % {"trouble": made.trouble}
    figures = {"sql": formats.number(made.recomputed, 2), "own": formats.number(made.measured, 2), "ms": made.took_ms}
    if made.agrees:
        return _("SQL 复算 %(sql)s，平台测算 %(own)s：一致，用时 %(ms)s 毫秒") % figures
    return _("SQL 复算 %(sql)s，平台测算 %(own)s：不一致") % figures


@part(of="indicators", path="indicators/plan/<str:key>/sql")
def indicator_sql(request: HttpRequest, key: str) -> HttpResponse:
    """The SQL as published; `?now=1`: with this moment filled in."""
    chosen = indicator(key)
    sql = published(chosen.system, chosen.measure) if chosen and chosen.measure else None
    if sql is None:
        raise Http404(key)
    text = sql.at(now()) if request.GET.get("now") else sql.text
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{sql.system}.{sql.key}.sql"'
    return answer


def _evidence(found: Standing) -> Table:
    rows = list(found.figure.evidence)
    names = list(dict.fromkeys(name for row in rows for name in row))
    return Table(
        "evidence", source=rows,
        columns=[Column(name, said(name), filter="text" if _is_text(rows, name) else "", format=_cell) for name in names],
        title=_("依据记录"), empty=_("没有依据记录"),
    )  # fmt: skip


def _is_text(rows: list[dict[str, Any]], name: str) -> bool:
    return any(isinstance(row.get(name), str) for row in rows)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, float):
        return formats.number(value)
    return value[:16].replace("T", " ") if isinstance(value, str) and value[4:5] == "-" and value[10:11] == "T" else str(value)


def _log(runs: Any) -> Table:
    return Table(
        "recomputations",
        columns=[
            Column("at", _("时间"), format="second", filter="date"),
            Column("by.name", _("操作人"), value=lambda row: row.by.name if row.by else _("平台定时")),
            Column("measured", _("平台测算"), format=2),
            Column("recomputed", _("SQL 复算"), format=2),
            Column("agrees", _("一致"), filter="choice", badge={True: "green", False: "red"}),
            Column("took_ms", _("用时（毫秒）"), format="number"),
            Column("sql_digest", _("SQL 摘要"), format=lambda value: value[:12]),
            Column("trouble", _("问题"), sortable=False),
        ],
        source=runs, order="-at", title=_("复算记录"), empty=_("还没有人复算过"),
    )  # fmt: skip


def _trend(found: Standing) -> Line:
    """The days there are, and the line through them up to the day it is heading for."""
    days, values = [on for on, _value in found.days], [value for _on, value in found.days]
    limits = [Limit(_("目标"), found.indicator.target)] if found.indicator.target is not None else []
    traces = [Trace(_("每日测算值"), values)]
    line = trend_of([(on, value) for on, value in found.days if value is not None])
    until = found.outlook.on if found.outlook.kind in (Kind.DUE, Kind.REACHES) else None
    if line is not None and until is not None and until > days[-1]:
        step = max((until - days[-1]).days // 40, 1)
        ahead = [days[-1] + timedelta(n) for n in range(1, (until - days[-1]).days + 1, step)]
        nothing: list[float | None] = [None] * len(days)
        middle = [_percent(line.value(on)) for on in ahead]
        low = [_percent(line.value(on, line.slope_low) - line.half) for on in ahead]
        high = [_percent(line.value(on, line.slope_high) + line.half) for on in ahead]
        traces[0] = Trace(_("每日测算值"), [*values, *([None] * len(ahead))])
        traces.append(Trace(_("预测"), [*nothing, *middle], dashed=True, band=([*nothing, *low], [*nothing, *high])))
        days = [*days, *ahead]
    return Line(title=_("走势与预测"), unit=found.indicator.unit, x=days, traces=traces, limits=limits)


def _percent(value: float) -> float:
    return round(min(max(value, 0.0), 100.0), 2)
