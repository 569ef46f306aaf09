"""待办核验: what of all tasks waits for the office, a deliverable to be checked or a day to be moved, the longest first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.ui.languages import pick
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Deliverable, MilestoneChange
from ..powers import WAITING_READERS
from ..queries import waiting_changes, waiting_deliverables


@part(of="tasks", path="tasks/waiting/", roles=WAITING_READERS)
def waiting(request: HttpRequest) -> HttpResponseBase:
    rows = [_handed_in(each) for each in waiting_deliverables()] + [_asked(each) for each in waiting_changes()]
    table = Table(
        "waiting",
        columns=[
            Column("kind", _("事项"), filter="choice", choices={"check": _("核验成果"), "change": _("审批调整")}),
            Column("title", _("内容"), filter="text", link=lambda row: row["url"]),
            Column("task", _("重点工作"), filter="text"), Column("unit", _("提交单位"), filter="text"),
            Column("by", _("提交人"), filter="text"), Column("at", _("提交时间"), format="moment"),
            Column("days", _("已等待天数"), filter="number"), Column("due_on", _("计划完成"), format="day", filter="date"),
            Column("note", _("说明"), filter="text"),
        ],
        source=rows, order="-days", title=_("等待推进办办理"), empty=_("没有等待办理的事项"),
    )  # fmt: skip
    return table.respond(request) or page(request, "programme/tasks/waiting.html", {
        "table": table, "count": len(rows), "longest": max((row["days"] for row in rows), default=0),
        "is_simulated": any(row["is_simulated"] for row in rows),
    })  # fmt: skip


def _handed_in(row: Deliverable) -> dict[str, Any]:
    milestone = row.milestone
    return {
        "kind": "check", "title": f"{milestone.title}：{row.title}", "task": f"{milestone.task.clause} {pick(milestone.task)}",
        "unit": row.unit.name, "by": str(row.handed_in_by or ""), "at": row.handed_in_at, "days": _days(row.handed_in_at),
        "due_on": milestone.due_on, "note": row.note, "is_simulated": row.is_simulated,
        "url": f"{reverse('programme:task', args=[milestone.task.clause])}#deliverable-{row.pk}",
    }  # fmt: skip


def _asked(row: MilestoneChange) -> dict[str, Any]:
    milestone = row.milestone
    return {
        "kind": "change", "title": f"{milestone.title}：{row.from_on} → {row.to_on}",
        "task": f"{milestone.task.clause} {pick(milestone.task)}", "unit": milestone.task.lead.name, "by": str(row.asked_by),
        "at": row.asked_at, "days": _days(row.asked_at), "due_on": row.from_on, "note": row.reason,
        "is_simulated": milestone.is_simulated, "url": f"{reverse('programme:task', args=[milestone.task.clause])}#changes",
    }  # fmt: skip


def _days(since: Any) -> int:
    return (now() - since).days if since else 0
