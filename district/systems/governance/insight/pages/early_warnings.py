"""早期预警: which towns and kinds run above expectation, and the cases behind each."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.cases.models import CASE_STATES, Case
from district.kernel.cases.queries import cases_visible_to
from district.kernel.clock import day_bounds
from district.kernel.people.access import scope_of
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import TrendKind
from ..early_warning import LEVEL
from ..queries.events import class_name, kind_names, town_names
from ..queries.trends import last_whole_day, newest

ALL_KEY = "all"
"""What stands in an address for all towns or all kinds."""


def early_warnings(request: HttpRequest) -> HttpResponseBase:
    kept = newest(TrendKind.WARNINGS)
    found: dict[str, Any] = kept.result if kept else {"warnings": [], "is_too_short": True, "least_days": 0}
    scope = scope_of(request.user, "governance")
    rows = [
        {**one, "town": one["town"] or ALL_KEY, "kind": one["kind"] or ALL_KEY}
        for one in found["warnings"] if scope.is_whole or scope.covers(one["town"] or None)
    ]  # fmt: skip
    table = Table(
        "warnings",
        columns=[
            Column("town", _("镇办"), filter="choice", choices={ALL_KEY: _("全区"), **town_names()}, link=_cases_url),
            Column("kind", _("类别"), filter="choice", choices={ALL_KEY: _("全部类别"), **_kinds()}, link=_cases_url),
            Column("observed", _("七日件数"), format=0),
            Column("expected", _("预期"), format=1),
            Column("upper", _("预警上限"), format=0),
            Column("ratio", _("倍数"), format=1),
            Column("p", "p", format=small),
            Column("last", _("截至")),
        ],
        source=rows, order="p", title=_("早期预警"), empty=_("没有超出预警上限的镇办或类别"),
    )  # fmt: skip
    topics = _topics(found.get("topics", []))
    context = {"kept": kept, "found": found, "table": table, "topics": topics, "level": LEVEL}
    return table.respond(request) or topics.respond(request) or page(request, "governance/insight/early_warnings.html", context)


def _topics(found: list[dict[str, Any]]) -> Table:
    return Table(
        "topics",
        columns=[
            Column("terms", _("用词"), filter="text"), Column("observed", _("七日件数"), format=0),
            Column("expected", _("预期"), format=1), Column("ratio", _("倍数"), format=1), Column("p", "p", format=small),
        ],
        source=[
            {**one, "terms": "、".join(one["terms"]), "ratio": one["observed"] / max(one["expected"], 0.1)}
            for one in found
        ],
        order="p", title=_("新兴话题"), empty=_("没有显著增多的话题"),
    )  # fmt: skip


def _kinds() -> dict[str, str]:
    return {code: _(name) for code, name in kind_names().items()}


def small(value: float) -> str:
    return "< 0.0001" if value < 0.0001 else f"{value:.4f}"


def _cases_url(row: dict[str, Any]) -> str:
    return (
        reverse("governance:warned_cases", args=[row["town"], row["kind"]])
        + f"?first={row['first']}&last={row['last']}"
    )


@part(of="early_warnings", path="early-warnings/<str:town>/<str:kind>/")
def warned_cases(request: HttpRequest, town: str, kind: str) -> HttpResponseBase:
    """The cases of a town and kind in a span of days, as far as the reader may see them."""
    last = _day(request.GET.get("last", "")) or last_whole_day()
    first = _day(request.GET.get("first", "")) or date.fromordinal(last.toordinal() - 6)
    rows = cases_visible_to(request.user, "governance").filter(
        opened_at__gte=day_bounds(first)[0], opened_at__lt=day_bounds(last)[1]
    )
    rows = rows if town == ALL_KEY else rows.filter(division_code__startswith=town[:9])
    rows = rows if kind == ALL_KEY else rows.filter(classification__startswith=kind[:3])
    table = Table(
        "cases",
        columns=[
            Column("number", _("编号"), link=_case_url),
            Column("title", _("标题"), link=_case_url),
            Column("classification", _("类别"), format=class_name),
            Column("opened_at", _("立案时间"), format="moment"),
            Column("state", _("状态"), filter="choice", choices=dict(CASE_STATES)),
            Column("cell_code", _("网格")),
        ],
        source=rows, order="-opened_at", title=_("案件"), empty=_("没有您可查看的案件"),
    )  # fmt: skip
    names, kinds = town_names(), _kinds()
    said = {
        "town": names.get("" if town == ALL_KEY else town, town),
        "kind": kinds.get("" if kind == ALL_KEY else kind, kind),
    }
    context = {"table": table, "first": first, "last": last, **said}
    return table.respond(request) or page(request, "governance/insight/warned_cases.html", context)


def _case_url(row: Case) -> str:
    return reverse("cases:case", args=[row.number])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
