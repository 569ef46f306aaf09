"""The board of the plan's indicators, and each of them with the records behind it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from district.kernel import registry
from district.kernel.clock import now
from district.kernel.kpis import queries
from district.kernel.kpis.measuring import Measured, UnknownKpi, all_kpis, kpi_named, measure
from district.kernel.kpis.models import VERDICTS
from district.kernel.kpis.recomputing import published
from district.kernel.people.access import allow
from district.kernel.ui import formats
from district.kernel.ui.chart import Limit, Line, Trace
from district.kernel.ui.languages import pick
from district.kernel.ui.render import page
from district.kernel.ui.saying import said
from district.kernel.ui.table import Column, Table

COLOURS = {"met": "green", "near": "yellow", "missed": "red", "unknown": "secondary"}


@allow("staff")
@require_safe
def board(request: HttpRequest) -> HttpResponseBase:
    """Every indicator: target, the latest value, the verdict."""
    table = Table(
        "kpis",
        columns=[
            Column("title", _("指标"), filter="text", link=lambda row: reverse("kpis:kpi", args=row["address"])),
            Column("system", _("系统"), filter="choice"),
            Column("value", _("现值"), format="number"),
            Column("target", _("目标"), format="number"),
            Column("unit", _("单位"), sortable=False),
            Column("verdict", _("结论"), filter="choice", choices=dict(VERDICTS), badge=COLOURS),
            Column("at", _("测算时间"), format="moment"),
            Column("note", _("说明"), sortable=False),
        ],
        source=_rows(), title=_("指标看板"), empty=_("还没有指标"),
    )
    return table.respond(request) or page(request, "kpis/board.html", {"table": table, "about": _about()})


@allow("staff")
@require_safe
def kpi(request: HttpRequest, system: str, key: str) -> HttpResponseBase:
    """One indicator measured at this moment: value, parts, trend, and the records behind it."""
    try:
        measured = measure(*kpi_named(system, key), now())
    except UnknownKpi as error:
        raise Http404(str(error)) from error
    table = _evidence(measured)
    return table.respond(request) or page(request, "kpis/kpi.html", {
        "measured": measured, "table": table, "trend": _trend(measured),
        "verdict": dict(VERDICTS)[measured.verdict.value], "colour": COLOURS[measured.verdict],
        "sql": published(system, key), "about": _about(system, key),
    })


@allow("public")
@require_safe
@cache_control(public=True, max_age=60)
def board_json(request: HttpRequest) -> JsonResponse:
    """The board for programs: latest values without the records behind them."""
    rows = [
        {name: row[name] for name in ("value", "target", "unit", "verdict", "at")}
        | {"system": row["address"][0], "key": row["address"][1], "zh": row["zh"], "en": row["en"]}
        for row in _rows()
    ]
    return JsonResponse({"kpis": rows}, json_dumps_params={"ensure_ascii": False})


def _about(*of: str) -> str:
    """Where an indicator, or all of them, stand with their deadlines and recomputations: the page `indicators` of whichever
    system has it, "" when none does."""
    for each in registry.systems():
        if any(one.key == "indicators" for one in each.pages):
            return reverse(f"{each.name}:indicator_of", args=of) if of else reverse(f"{each.name}:indicators")
    return ""


def _rows() -> list[dict[str, Any]]:
    latest = {(row.system, row.key): row for row in queries.latest_values()}
    found = []
    for system, kpi in all_kpis():
        row = latest.get((system.name, kpi.key))
        found.append({
            "title": pick(kpi), "zh": kpi.zh, "en": kpi.en, "system": pick(system), "address": [system.name, kpi.key],
            "value": row.value if row else None, "target": kpi.target, "unit": kpi.unit,
            "verdict": row.verdict if row else "unknown", "at": row.at if row else None,
            "note": row.note if row else _("等待首次测算"),
        })
    return found


def _evidence(measured: Measured) -> Table:
    rows = list(measured.value.evidence)
    names = _names(rows)
    return Table(
        "evidence", columns=[Column(name, said(name), filter=_filter(rows, name), format=_cell) for name in names],
        source=rows, title=_("依据记录"), empty=_("没有依据记录"),
    )


def _names(rows: Iterable[dict[str, Any]]) -> list[str]:
    """The keys of all rows in the order in which they first appear."""
    return list(dict.fromkeys(name for row in rows for name in row))


def _filter(rows: list[dict[str, Any]], name: str) -> Any:
    return "text" if any(isinstance(row.get(name), str) for row in rows) else ""


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return formats.number(value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return formats.second(_moment(value)) if _moment(value) else str(value)


def _moment(value: Any) -> datetime | None:
    """The moment a text of the records says: they are kept as JSON."""
    if not isinstance(value, str) or "T" not in value:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _trend(measured: Measured) -> Line:
    rows = list(queries.history(measured.system.name, measured.kpi.key))
    return Line(
        title=_("近一年每日测算值"), unit=measured.kpi.unit, x=[row.on for row in rows],
        traces=[Trace(pick(measured.kpi), [row.value for row in rows])],
        limits=[Limit(_("目标"), measured.kpi.target)],
    )
