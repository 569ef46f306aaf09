"""重点工作: what the plan set, who leads it, by when, and which light the platform shows."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.languages import pick
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

from ..powers import may_see_waiting
from ..progress import Light
from ..queries import Measured, TaskState, measured, task_states, waiting_changes, waiting_deliverables
from ..words import BADGES, LIGHTS, reasons_words


def tasks(request: HttpRequest) -> HttpResponseBase:
    states = task_states()
    known = measured([state.task.system for state in states])
    rows = [_row(state, known.get(state.task.system, [])) for state in states]
    table = Table(
        "tasks",
        columns=[
            Column("clause", _("条款"), filter="number"),
            Column("name", _("重点工作"), filter="text", link=lambda row: row["url"]),
            Column("light", _("状态灯"), filter="choice", choices={str(key): str(text) for key, text in LIGHTS.items()},
                   badge={str(key): colour for key, colour in BADGES.items()}),
            Column("why", _("原因"), filter="text"),
            Column("percent", _("已完成"), format=0, unit="%"), Column("planned", _("应完成"), format=0, unit="%"),
            Column("due_on", _("规划时限"), filter="date", format="day"),
            Column("done_on", _("完成日期"), filter="date", format="day"),
            Column("lead", _("牵头单位"), filter="text"), Column("helpers", _("配合单位数")),
            Column("measured", _("本系统指标"), filter="text"),
        ],
        source=rows, order="clause", title=_("重点工作"), empty=_("还没有重点工作"),
    )  # fmt: skip
    return table.respond(request) or page(request, "programme/tasks/tasks.html", {
        "table": table, "rows": rows, "lights": _lights(states), "chart": _chart(states),
        "waiting": _waiting(request),
    })  # fmt: skip


def _row(state: TaskState, indicators: list[Measured]) -> dict[str, Any]:
    task, seen = state.task, state.standing
    titles = {each.pk: each.title for each in state.milestones}
    return {
        "clause": task.clause, "name": pick(task), "lead": task.lead.name, "helpers": len(task.helpers.all()),
        "due_on": task.due_on, "done_on": task.done_on, "light": str(seen.light), "colour": BADGES[seen.light],
        "light_words": LIGHTS[seen.light], "why": reasons_words(seen.reasons, titles),
        "percent": seen.percent, "planned": None if seen.planned is None else seen.planned * 100,
        "url": reverse("programme:task", args=[task.clause]), "is_simulated": state.is_simulated,
        "indicators": indicators, "measured": "；".join(measured_words(each) for each in indicators),
    }  # fmt: skip


def measured_words(found: Measured) -> str:
    value = _("无数据") if found.value is None else f"{found.value:g} {found.kpi.unit}"
    return f"{pick(found.kpi)} {value} / {found.kpi.target:g} {found.kpi.unit}"


def _waiting(request: HttpRequest) -> int | None:
    """How much waits for the office; None for who may not see it listed."""
    if not may_see_waiting(request.user):
        return None
    return waiting_deliverables().count() + waiting_changes().count()


def _lights(states: list[TaskState]) -> list[tuple[str, str, Any, int]]:
    counts = Counter(state.standing.light for state in states)
    return [(str(light), BADGES[light], LIGHTS[light], counts[light]) for light in Light]


def _chart(states: list[TaskState]) -> Bar:
    return Bar(
        title=_("按计划应完成与已完成"), unit="%", decimals=0, x=[f"{state.task.clause} {pick(state.task)}" for state in states],
        traces=[
            Trace(_("应完成"), [_percent(state.standing.planned) for state in states], colour="#9db4ce"),
            Trace(_("已完成"), [_percent(state.standing.done) for state in states], colour="#1f5fa8"),
        ],
    )  # fmt: skip


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100
