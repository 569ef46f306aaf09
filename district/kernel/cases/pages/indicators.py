"""Indicators common to all procedures, over the cases the reader may see; the cases behind each one click away."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from district.kernel.cases.indicator_queries import (
    GROUPS,
    Period,
    StepCount,
    counts_by,
    steps_on_time,
    together,
)
from district.kernel.cases.indicators import CASE_INDICATORS, Measured, grade, label, measured, score
from district.kernel.cases.pages.periods import period_of, query_of
from district.kernel.cases.pages.words import (
    channel_name,
    procedure_names,
    systems_with_procedures,
    unit_names,
)
from district.kernel.cases.queries import cases_visible_to
from district.kernel.people.access import allow
from district.kernel.places.models import Division
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.languages import is_english
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

GROUP_WORDS = {
    "unit": gettext_lazy("责任单位"), "town": gettext_lazy("镇街"), "procedure": gettext_lazy("事项"),
    "channel": gettext_lazy("来源"), "classification": gettext_lazy("分类"), "system": gettext_lazy("系统"),
}  # fmt: skip
CHARTED = 25
MEANINGS = {
    "handled": gettext_lazy("时段内办完的 ÷ 应处置数"), "on_time": gettext_lazy("在时限内办完的 ÷ 应处置数"),
    "late": gettext_lazy("超过时限办完的 ÷ 应处置数"), "late_open": gettext_lazy("到时段末已超时限且未办完的件数"),
    "rework": gettext_lazy("至少退回或重做一次的 ÷ 已办完的"), "extension": gettext_lazy("获准延期的 ÷ 应处置数"),
    "suspension": gettext_lazy("挂起的 ÷ 应处置与挂起之和"), "closed": gettext_lazy("结案的 ÷ 应处置数"),
    "first_time": gettext_lazy("没有退回和重做即办结的 ÷ 办结的"), "returned": gettext_lazy("曾被退回的 ÷ 办结的"),
    "public_report": gettext_lazy("群众渠道来件 ÷ 全部来件"),
    "missed": gettext_lazy("网格内由群众反映、网格员未先上报的 ÷ 网格内网格员上报与群众反映之和"),
    "called_back": gettext_lazy("已回访的 ÷ 办结的"), "solved": gettext_lazy("回访答已解决的 ÷ 有此答复的回访"),
    "satisfied": gettext_lazy("回访答满意的 ÷ 有此答复的回访"),
}  # fmt: skip
"""What each indicator counts, after the district's tables of city management and hotline indicators."""


@allow("staff")
@require_safe
def indicators(request: HttpRequest) -> HttpResponseBase:
    """`?from=`, `?to=`, `?system=`, `?group=` one of GROUPS."""
    period = period_of(request)
    group = request.GET.get("group", "")
    group = group if group in GROUPS else "unit"
    chosen = request.GET.get("system", "")
    cases = cases_visible_to(request.user, chosen if chosen in systems_with_procedures() else None)
    grouped = counts_by(cases, period, group)
    rows = _rows(grouped, group)
    table, steps = _table(rows, group, period), _steps(steps_on_time(cases, period))
    answer = table.respond(request) or steps.respond(request)
    if answer is not None:
        return answer
    counted = together(grouped)
    points = score(counted)
    shown = [row for row in rows if row["due"]][:CHARTED]
    chart = Bar(
        title=_("按期处置率"), unit="%", decimals=1, x=[row["name"] for row in shown], horizontal=True,
        traces=[Trace(_("按期处置率"), [row["on_time"] for row in shown])],
    )  # fmt: skip
    listed = reverse("cases:cases")
    context: dict[str, Any] = {
        "table": table, "steps": steps, "meanings": MEANINGS,
        "period": period, "group": group, "groups": GROUP_WORDS, "chart": chart, "score": points,
        "grade": grade(points), "system": chosen, "systems": systems_with_procedures(), "counts": counted,
        "measured": [(each, label(each.indicator, is_english()), in_percent(each)) for each in measured(counted)],
        "evidence": lambda name: f"{listed}?set={name}&{query_of(period)}",
    }  # fmt: skip
    return page(request, "cases/indicators.html", context)


def _rows(found: list[tuple[Any, dict[str, int]]], group: str) -> list[dict[str, Any]]:
    names = _names(group)
    rows = []
    for key, counted in found:
        values = {each.indicator.key: in_percent(each) for each in measured(counted)}
        points = score(counted)
        rows.append(
            {"key": key, "name": names(key), "due": counted["due"], "score": points, "grade": grade(points)}
            | values
        )
    return rows


def in_percent(found: Measured) -> float | None:
    """Shares as people read them; plain numbers as they are."""
    is_share = found.whole is not None and found.value is not None
    return 100 * found.value if is_share and found.value is not None else found.value


def _names(group: str) -> Any:
    if group == "unit":
        units = unit_names()
        return lambda key: units.get(key, _("未定"))
    if group == "town":
        towns = {each.code[:9]: str(each) for each in Division.objects.filter(level="town")}
        return lambda key: towns.get(key or "", key or _("未定"))
    if group == "channel":
        return channel_name
    known = (
        procedure_names() if group == "procedure" else systems_with_procedures() if group == "system" else {}
    )
    return lambda key: str(known.get(key, key or _("未定")))


def _table(rows: list[dict[str, Any]], group: str, period: Period) -> Table:
    shares = [
        Column(
            each.key, label(each, is_english()), format="percent" if each.whole else 0, 
            shown=each.key not in ("late", "suspension", "public_report", "called_back", "extension"),
        )
        for each in CASE_INDICATORS
    ]  # fmt: skip
    return Table(
        "indicators",
        columns=[
            Column("name", GROUP_WORDS[group], filter="text", link=lambda row: _cases_url(row, group, period)),
            Column("due", _("应处置数"), format=0), *shares, Column("score", _("得分"), format=1), Column("grade", _("等级")),
        ],
        source=rows, order="-due", title=_("办件指标"), empty=_("这一时段没有办件"),
    )  # fmt: skip


def _steps(found: list[StepCount]) -> Table:
    names = procedure_names()
    rows = [
        {
            "name": _("按时%(stage)s率") % {"stage": each.stage},
            "procedure": str(names.get(each.procedure, each.procedure)),
            "share": None if each.share is None else 100 * each.share, "on_time": each.on_time, "done": each.done,
            "late_open": each.late_open,
        }
        for each in found
    ]  # fmt: skip
    return Table(
        "steps",
        columns=[
            Column("name", _("指标"), filter="text"), Column("procedure", _("事项"), filter="choice"),
            Column("share", _("比率"), format="percent"), Column("on_time", _("按时完成"), format=0),
            Column("done", _("完成"), format=0), Column("late_open", _("超期未完成"), format=0),
        ],
        source=rows, order="procedure", title=_("各环节按时率"), empty=_("这一时段没有有时限的环节"), per_page=20,
    )  # fmt: skip


def _cases_url(row: dict[str, Any], group: str, period: Period) -> str:
    """The cases due of one row, where the list has such a filter."""
    field = {"unit": "organisation.name", "town": "division_code"}.get(group, group)
    value = row["name"] if group == "unit" else row["key"]
    chosen = urlencode({f"cases.{field}": value}) if value not in (None, "") else ""
    return f"{reverse('cases:cases')}?set=due&{query_of(period)}&{chosen}"
