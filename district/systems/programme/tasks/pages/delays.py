"""滞后分布: who has not handed in what though its day is past; towns on the map, every unit in the list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.people.models import Organisation
from district.kernel.places.models import Division
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.map import Field, Layer, Map, Steps
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

from ...models import PlanTask
from ..queries import Delay
from ..queries import delays as found_delays

NONE, SOME, MANY = "#2b8a3e", "#b8860b", "#c0392b"


def delays(request: HttpRequest) -> HttpResponseBase:
    found = found_delays()
    table = _table(found)
    towns = _towns(found)
    return table.respond(request) or page(request, "programme/tasks/delays.html", {
        "table": table, "map": _map(towns), "chart": _chart(found), "units": len(found),
        "deliverables": sum(len(each.deliverables) for each in found),
    })  # fmt: skip


def _table(found: list[Delay]) -> Table:
    rows = [
        {
            "unit": delay.unit.name, "place": delay.unit.get_kind_display(), "task": f"{task.clause} {task.zh}",
            "milestone": row.milestone.title, "title": row.title, "due_on": row.milestone.due_on,
            "days": delay.worst_days - (row.milestone.due_on - delay.deliverables[0].milestone.due_on).days,
            "state": row.get_state_display(), "url": f"{reverse('programme:task', args=[task.clause])}#deliverable-{row.pk}",
        }
        for delay in found for row in delay.deliverables for task in (row.milestone.task,)
    ]  # fmt: skip
    return Table(
        "delays",
        columns=[
            Column("unit", _("责任单位"), filter="text"), Column("place", _("单位类别"), filter="text"),
            Column("task", _("重点工作"), filter="text"), Column("milestone", _("里程碑"), filter="text"),
            Column("title", _("成果"), link=lambda row: row["url"]), Column("due_on", _("计划完成"), format="day", filter="date"),
            Column("days", _("逾期天数"), filter="number"), Column("state", _("状态")),
        ],
        source=rows, order="-days", title=_("逾期成果"), empty=_("没有逾期的成果"),
    )  # fmt: skip


def _towns(found: list[Delay]) -> list[dict[str, Any]]:
    """Every town that helps with some task, late or not; a place for each that has one."""
    late = {delay.unit.pk: delay for delay in found}
    helping = Organisation.objects.filter(pk__in=PlanTask.helpers.through.objects.values("organisation_id"))
    units = [unit for unit in helping.exclude(division_code="") if len(unit.division_code) > 6]
    places = {row.code: row for row in Division.objects.filter(code__in=[_nine(unit.division_code) for unit in units])}
    places |= {row.code: row for row in Division.objects.filter(code__in=[unit.division_code for unit in units])}
    features = []
    for unit in units:
        place = places.get(unit.division_code) or places.get(_nine(unit.division_code))
        if place is None:
            continue
        delay = late.get(unit.pk)
        features.append({
            "type": "Feature", "id": unit.pk, "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": {"name": unit.name, "late": len(delay.deliverables) if delay else 0,
                           "days": delay.worst_days if delay else 0,
                           "tasks": "、".join(sorted({row.milestone.task.zh for row in delay.deliverables})) if delay else "—",
                           "url": f"{reverse('programme:delays')}?unit={unit.name}"},
        })  # fmt: skip
    return features


def _nine(code: str) -> str:
    return code[:9]


def _map(features: list[dict[str, Any]]) -> Map:
    colour = Steps("late", [(0, NONE, _("无逾期")), (2, SOME, _("1 至 2 项")), (None, MANY, _("3 项以上"))])
    return Map("delays", title=_("镇办配合事项滞后分布"), layers=[
        Layer("towns", _("镇（街道）"), data={"type": "FeatureCollection", "features": features}, colour=colour, size=13,
              label="name", popup=[Field("late", _("逾期成果"), _("项")), Field("days", _("最长逾期"), _("天")),
                                   Field("tasks", _("涉及工作"))], link="url"),
    ])  # fmt: skip


def _chart(found: list[Delay]) -> Bar:
    return Bar(title=_("各单位逾期成果"), unit=_("项"), decimals=0, horizontal=True, x=[delay.unit.name for delay in found],
               traces=[Trace(_("逾期成果"), [float(len(delay.deliverables)) for delay in found])])  # fmt: skip
