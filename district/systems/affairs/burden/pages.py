"""填报负担, published: which department asks how much of which village, and how much of it stood there already."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.people.models import Organisation
from district.kernel.places.models import Division, Level
from district.kernel.ui.chart import Bar, Limit, Line, Trace
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from . import queries
from .sums import PREFILLED_TARGET, Sums, months_back

MONTHS_SHOWN = 12
UNITS_SHOWN = 6
"""So many departments stand by name in the chart; the rest are one bar."""


def burden(request: HttpRequest) -> HttpResponseBase:
    """`?month=` 2026-11, `?town=` the first nine digits; the last month with anything in it by default is this one."""
    present = today().replace(day=1)
    month = _month(request.GET.get("month", ""), present)
    town = _town(request.GET.get("town", ""))
    months = months_back(month, MONTHS_SHOWN)
    found = queries.burdens(months[0], month, town)
    here = [each for each in found if each.month == month]
    units = queries.names_of_units(each.organisation for each in found)
    table = _villages(month, here, units)
    answer = table.respond(request)
    if answer is not None:
        return answer
    sums, before = queries.added_up(here), queries.by_month(found, months)
    return page(request, "affairs/burden/burden.html", {
        "table": table, "month": month, "months": [f"{each:%Y-%m}" for each in reversed(months_back(present, 24))],
        "town": town, "towns": Division.objects.filter(level=Level.TOWN).order_by("code"),
        "sums": sums, "forms": queries.forms_asked(month, town), "target": PREFILLED_TARGET,
        "villages": len({each.division for each in here}),
        "last_month": before[months[-2]], "minutes": _minutes(found, months, units), "share": _share(before),
        "departments": _departments(month, town, queries.by_unit(here), units),
    })  # fmt: skip


@part(of="burden", path="burden/<str:month>/<str:division>/<int:organisation>/")
def burden_forms(request: HttpRequest, month: str, division: str, organisation: int) -> HttpResponseBase:
    """The forms behind one number of the list."""
    first = _month(month, None)
    if first is None:
        raise Http404
    unit = get_object_or_404(Organisation, pk=organisation)
    rows = [{"title": each.title, "ground": each.ground, **_figures(each.sums)}
            for each in queries.forms_of(first, division, organisation)]  # fmt: skip
    table = Table("forms", [
        Column("title", _("表单")), Column("ground", _("依据")), *_figure_columns(),
    ], rows, order="-minutes", title=_("要求填报的表单"))  # fmt: skip
    name, town = queries.names_of_divisions([division]).get(division, (division, ""))
    return table.respond(request) or page(request, "affairs/burden/forms.html", {
        "table": table, "month": first, "unit": unit, "division": f"{town}{name}",
    })  # fmt: skip


def _figures(sums: Sums) -> dict[str, Any]:
    return {
        "filled": sums.filled, "minutes": sums.minutes, "minutes_each": sums.minutes_each, "asked": sums.asked,
        "prefilled": sums.prefilled_percent, "kept": sums.kept_percent,
    }  # fmt: skip


def _figure_columns() -> list[Column]:
    return [
        Column("filled", _("填报份数"), format=0, filter="number"),
        Column("minutes", _("用时"), format=0, unit=_("分钟"), filter="number"),
        Column("minutes_each", _("每份用时"), format=1, unit=_("分钟")),
        Column("asked", _("填写项数"), format=0, shown=False),
        Column("prefilled", _("预填率"), format="percent", filter="number"),
        Column("kept", _("预填未改"), format="percent", shown=False),
    ]


def _villages(month: date, here: list[queries.Burden], units: dict[int, str]) -> Table:
    names = queries.names_of_divisions(each.division for each in here)
    rows = [
        {
            "division": each.division, "village": names.get(each.division, (_("未注明"), ""))[0],
            "town": names.get(each.division, ("", ""))[1], "organisation": each.organisation,
            "unit": units.get(each.organisation, ""), "forms": each.sums.forms, **_figures(each.sums),
        }
        for each in here
    ]  # fmt: skip

    def behind(row: dict[str, Any]) -> str | None:
        if not row["division"]:
            return None
        return reverse("affairs:burden_forms", args=[f"{month:%Y-%m}", row["division"], row["organisation"]])

    return Table("burden", [
        Column("town", _("镇街"), filter="choice"), Column("village", _("村（社区）"), filter="text"),
        Column("unit", _("要表单位"), filter="choice"),
        Column("forms", _("表单数"), format=0, link=behind), *_figure_columns(),
    ], rows, order="-minutes", title=_("各村负担"), empty=_("本月没有要求填报的表单"))  # fmt: skip


def _departments(month: date, town: str, sums: dict[int, Sums], units: dict[int, str]) -> list[dict[str, Any]]:
    return [{"unit": units.get(pk, ""), "forms": queries.forms_asked(month, town, pk), **_figures(each)}
            for pk, each in sums.items()]  # fmt: skip


def _minutes(found: list[queries.Burden], months: list[date], units: dict[int, str]) -> Bar:
    """Heaviest departments of the whole time by name."""
    named = list(queries.by_unit(found))[:UNITS_SHOWN]
    rest = [each for each in found if each.organisation not in named]
    traces = [_trace(units.get(pk, ""), [each for each in found if each.organisation == pk], months) for pk in named]
    if rest:
        traces.append(_trace(_("其他部门"), rest, months))
    return Bar(title=_("各部门要求村（社区）用去的时间"), unit=_("分钟"), decimals=0, stacked=True,
               x=[f"{each:%Y-%m}" for each in months], traces=traces)  # fmt: skip


def _trace(name: str, found: list[queries.Burden], months: list[date]) -> Trace:
    return Trace(name, [each.minutes for each in queries.by_month(found, months).values()])


def _share(months: dict[date, Sums]) -> Line:
    return Line(
        title=_("预填率"), unit="%", decimals=1, zoom=False, x=[f"{each:%Y-%m}" for each in months],
        traces=[Trace(_("预填率"), [each.prefilled_percent for each in months.values()])],
        limits=[Limit(_("目标"), PREFILLED_TARGET, "var(--d-good)")],
    )  # fmt: skip


def _month(text: str, otherwise: Any) -> Any:
    """`2026-11` as its first day."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return otherwise


def _town(text: str) -> str:
    return text if text.isdigit() and len(text) in (9, 12) else ""
