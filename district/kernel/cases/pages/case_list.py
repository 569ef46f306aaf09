"""Every case the reader may see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from district.kernel.cases import indicator_queries
from district.kernel.cases.models import CASE_STATES, Case
from district.kernel.cases.pages.case_marks import narrowed_by_marks
from district.kernel.cases.pages.keyset_table import KeysetTable
from district.kernel.cases.pages.periods import period_of
from district.kernel.cases.pages.words import (
    CHANNELS,
    LIGHT_COLOURS,
    LIGHT_WORDS,
    STATE_COLOURS,
    channel_name,
    procedure_names,
    systems_with_procedures,
)
from district.kernel.cases.queries import cases_visible_to
from district.kernel.people.access import allow
from district.kernel.ui.render import page
from district.kernel.ui.table import Column

HEAVY = ("workflow", "text", "form", "reporter_name", "reporter_phone", "seen_by")
"""Columns that no list shows: a row of a list is a tenth of the row."""


@allow("staff")
@require_safe
def cases(request: HttpRequest) -> HttpResponseBase:
    """Newest first. `?set=late_open&from=…&to=…` lists the cases behind an indicator."""
    found = cases_visible_to(request.user)
    counted = request.GET.get("set", "")
    period = period_of(request)
    if counted in indicator_queries.conditions(period):
        found = indicator_queries.evidence(found, period, counted)
    table = case_table(found.select_related("organisation").defer(*HEAVY))
    context = {"table": table, "counted": counted, "period": period}
    return table.respond(request) or page(request, "cases/cases.html", context)


def case_table(source: Any) -> KeysetTable:
    return KeysetTable(
        "cases",
        columns=[
            Column("number", _("编号"), filter="text", link=case_url),
            Column("title", _("标题"), filter="text"),
            Column("light", _("时限"), filter="choice", choices=LIGHT_WORDS, badge=LIGHT_COLOURS),
            Column("state", _("状态"), filter="choice", choices=dict(CASE_STATES), badge=STATE_COLOURS),
            Column("stage", _("阶段"), filter="text"),
            Column("procedure", _("事项"), filter="choice", choices=procedure_names()),
            Column("system", _("系统"), filter="choice", choices=systems_with_procedures(), shown=False),
            Column("channel", _("来源"), filter="choice", choices=CHANNELS, format=channel_name),
            Column("organisation.name", _("责任单位"), filter="text"),
            Column("classification", _("分类"), filter="text", shown=False),
            Column("division_code", _("区划"), filter="text", shown=False),
            Column("address", _("地点"), filter="text", shown=False),
            Column("opened_at", _("立案时间"), format="moment", filter="date"),
            Column("due_at", _("截止时间"), format="moment", filter="date"),
            Column("closed_at", _("办结时间"), format="moment", filter="date", shown=False),
        ],
        source=source, narrow=narrowed_by_marks,
        title=_("办件"), empty=_("没有办件"), row_class=lambda row: "d-late" if row.light == "red" else "",
    )  # fmt: skip


def case_url(row: Case) -> str:
    return reverse("cases:case", args=[row.number])
