"""Where matters are settled: shares of the levels, with the clock, and the evidence behind every number."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from district.kernel.cases.models import OPEN_TASKS, Task
from district.kernel.clock import now
from district.kernel.people.access import may
from district.kernel.people.scope import scope_of
from district.kernel.places.models import Division
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Concern, ConcernMove, Level
from ..levels import ORDER, rolled_up, together
from ..queries import SYSTEM, concerns_visible_to, counted_for, counted_sets, month_start, monthly, tallies
from .concerns import address_of

MONTHS = 6
LEVEL_COLOURS = {"village": "green", "town": "blue", "district": "orange"}


def circulation(request: HttpRequest) -> HttpResponseBase:
    """The figures of the reader's range, and the matters whose texts are his to read."""
    table = _in_sight(request)
    answer = table.respond(request)
    if answer is not None:
        return answer
    start, until = month_start(now(), MONTHS - 1), now()
    rows = counted_for(request.user)
    villages = tallies(rows, start, until)
    whole = scope_of(request.user, SYSTEM).is_whole
    digits = 9 if whole else 12
    places = rolled_up(villages, digits)
    names = dict(Division.objects.filter(code__in=places).values_list("code", "name"))
    total = together(villages.values())
    return page(request, "affairs/circulation/circulation.html", {
        "table": table, "total": total, "months": MONTHS, "chart": _chart(rows, start, until), "order": ORDER,
        "places": [(names.get(code, code), code, tally) for code, tally in places.items()],
        "levels": dict(Level.choices), "evidence": _evidence_url, "may_register": may(request.user, "affairs.clerk"),
        "is_whole": whole,
    })  # fmt: skip


def _chart(rows: Any, start: datetime, until: datetime) -> Bar:
    counted = monthly(rows, start, until)
    names = dict(Level.choices)
    return Bar(
        title=_("每月办结件数（按办结层级）"), unit=_("件"), decimals=0, stacked=True, x_title=_("月份"),
        x=[f"{month:%Y-%m}" for month in counted],
        traces=[Trace(names[level], [each[level] for each in counted.values()]) for level in ORDER],
    )  # fmt: skip


def _evidence_url(of: str, place: str = "") -> str:
    return f"{reverse('affairs:circulation_evidence')}?{urlencode({'of': of, 'place': place})}"


def _in_sight(request: HttpRequest) -> Table:
    rows = concerns_visible_to(request.user).exclude(way=Concern.Way.CANCELLED)
    due = {
        task.case_id: task
        for task in Task.objects.filter(
            case__in=rows.filter(settled_at=None).values("case"), state__in=OPEN_TASKS, parent__isnull=True
        )
    }

    def due_at(row: Concern) -> datetime | None:
        task = due.get(row.case_id)
        return task.due_at if task else None

    def light(row: Concern) -> str | None:
        task = due.get(row.case_id)
        if task is None or task.due_at is None:
            return None
        late, warned = task.late_at and now() >= task.late_at, task.warn_at and now() >= task.warn_at
        return "red" if late else "yellow" if warned else "green"

    return Table(
        "concerns",
        columns=[
            Column("case.number", _("编号"), filter="text", link=lambda row: address_of(row.case.number)),
            Column("kind", _("类型"), filter="choice", choices=dict(Concern.Kind.choices)),
            Column("village.name", _("村（社区）"), filter="text"),
            Column("level", _("层级"), filter="choice", choices=dict(Level.choices), badge=LEVEL_COLOURS),
            Column("light", _("时限"), value=light, sortable=False,
                   choices={"green": _("正常"), "yellow": _("临期"), "red": _("超期")},
                   badge={"green": "green", "yellow": "orange", "red": "red"}),
            Column("due", _("截止时间"), value=due_at, sortable=False, format="moment"),
            Column("opened_at", _("登记时间"), format="moment", filter="date"),
            Column("settled_at", _("办结时间"), format="moment", filter="date"),
            Column("way", _("办结方式"), filter="choice", choices=dict(Concern.Way.choices), shown=False),
        ],
        source=rows, order="-opened_at", title=_("我可办理、查看的事项"), exports=False, empty=_("没有事项"),
    )  # fmt: skip


@part(of="circulation", path="circulation-evidence/")
def circulation_evidence(request: HttpRequest) -> HttpResponseBase:
    """The matters that a number counts: number, kind, days and level; never a text or a person."""
    of, place = request.GET.get("of", "settled"), request.GET.get("place", "")
    start, until = month_start(now(), MONTHS - 1), now()
    sets = counted_sets(start, until)
    rows = counted_for(request.user).filter(sets.get(of, sets["settled"]))
    if place.isdecimal():
        rows = rows.filter(division_code__startswith=place)
    causes = dict(ConcernMove.Cause.choices)

    def risen(row: Concern) -> str:
        return "、".join(str(causes[each.cause]) for each in row.moves.all())

    table = Table(
        "evidence",
        columns=[
            Column("case.number", _("编号"), filter="text"),
            Column("kind", _("类型"), value=lambda row: _("保密") if row.case.is_confidential else row.get_kind_display(),
                   sortable=False),
            Column("village.name", _("村（社区）"), filter="text"),
            Column("level", _("层级"), filter="choice", choices=dict(Level.choices), badge=LEVEL_COLOURS),
            Column("opened_at", _("登记时间"), format="moment", filter="date"),
            Column("settled_at", _("办结时间"), format="moment", filter="date"),
            Column("is_on_time", _("按期办结"), filter="choice", choices={True: _("按期"), False: _("超期")}),
            Column("risen", _("流转"), value=risen, sortable=False),
        ],
        source=rows.prefetch_related("moves"), order="-opened_at", title=_("明细"), empty=_("没有事项"),
    )  # fmt: skip
    return table.respond(request) or page(request, "affairs/circulation/evidence.html", {
        "table": table, "crumbs": [(_("村级微循环"), reverse("affairs:circulation"))],
    })  # fmt: skip
