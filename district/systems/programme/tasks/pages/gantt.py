"""甘特图: all milestones on one sheet, by task; and the same as a table."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.ui.languages import pick
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

from ..gantt_chart import HEAD, LABEL, ROW, WIDTH, Bar, Window, bar, whole_window, year_window
from ..progress import Light
from ..queries import Network, TaskState, network, task_states
from ..words import BADGES, LIGHTS

KINDS = {"done": "var(--tblr-green)", "late": "var(--tblr-red)", "waiting": "var(--tblr-orange)", "open": "var(--tblr-blue)"}


def gantt(request: HttpRequest) -> HttpResponseBase:
    """`?light=red` only those tasks; `?open=11` with a row for each milestone (`all`: of every task); `?span=all` all years."""
    states, net, day = task_states(), network(), today()
    table = _table(states, net, day)
    light, opened, span = (request.GET.get(name, "") for name in ("light", "open", "span"))
    shown = [state for state in states if light not in set(Light) or state.standing.light == light]
    days = [edge for state in shown for each in state.milestones for edge in (each.begins_on, each.due_on, each.first_due_on)]
    window = whole_window(days, day) if span == "all" else year_window(day)
    rows: list[dict[str, Any]] = []
    for state in shown:
        is_open = opened in ("all", str(state.task.clause))
        rows.append(_task_row(state, net, window, day, is_open))
        if is_open:
            rows += [_milestone_row(each, net, window, day) for each in state.milestones]
    for index, row in enumerate(rows):
        row["y"] = HEAD + index * ROW
    return table.respond(request) or page(request, "programme/tasks/gantt.html", {
        "table": table, "rows": rows, "ticks": window.ticks(), "today_x": window.place(day), "height": HEAD + len(rows) * ROW + 8,
        "width": WIDTH, "label": LABEL, "row": ROW, "kinds": KINDS, "light": light, "opened": opened, "span": span,
        "lights": [(str(each), LIGHTS[each]) for each in Light], "is_simulated": any(state.is_simulated for state in shown),
        "legend": [("done", _("已完成")), ("open", _("未到期")), ("waiting", _("预计逾期")), ("late", _("已逾期"))],
    })  # fmt: skip


def _task_row(state: TaskState, net: Network, window: Window, day: date, is_open: bool) -> dict[str, Any]:
    bars = [] if is_open else [_bar(each, net, window, day) for each in state.milestones]
    name = f"{state.task.clause} {pick(state.task)}"
    percent = _("无数据") if state.standing.percent is None else f"{state.standing.percent:.0f}%"
    return {
        "name": name, "text": _short(name, 15), "is_task": True, "colour": f"var(--tblr-{BADGES[state.standing.light]})",
        "clause": state.task.clause, "is_open": is_open, "bars": [each for each in bars if each],
        "url": reverse("programme:task", args=[state.task.clause]),
        "words": f"{name}，{LIGHTS[state.standing.light]}，{percent}",
    }  # fmt: skip


def _milestone_row(each: Any, net: Network, window: Window, day: date) -> dict[str, Any]:
    drawn = _bar(each, net, window, day)
    return {
        "name": each.title, "text": "　" + _short(each.title, 15), "is_task": False, "bars": [drawn] if drawn else [],
        "url": f"{reverse('programme:task', args=[each.task.clause])}#milestone-{each.pk}", "words": _said(each),
    }


def _bar(each: Any, net: Network, window: Window, day: date) -> tuple[Bar, str] | None:
    drawn = bar(window, each.begins_on, each.due_on, each.done_on, net.expected[each.pk].ends_on, day)
    return (drawn, _said(each)) if drawn else None


def _said(each: Any) -> str:
    done = _("%(day)s 完成") % {"day": each.done_on} if each.done_on else _("未完成")
    return f"{each.title}：{each.begins_on} – {each.due_on}，{done}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _table(states: list[TaskState], net: Network, day: date) -> Table:
    rows = [
        {
            "task": f"{state.task.clause} {pick(state.task)}", "title": each.title, "lead": state.task.lead.name,
            "begins_on": each.begins_on, "first_due_on": each.first_due_on, "due_on": each.due_on, "done_on": each.done_on,
            "expected_on": net.expected[each.pk].ends_on, "late_days": net.expected[each.pk].late_days,
            "pushed_by": _title(net, net.expected[each.pk].pushed_by), "weight": each.weight,
            "holds_up": "、".join(late.title for late in net.made_late(each)),
            "url": f"{reverse('programme:task', args=[state.task.clause])}#milestone-{each.pk}",
        }
        for state in states for each in state.milestones
    ]  # fmt: skip
    return Table(
        "milestones",
        columns=[
            Column("task", _("重点工作"), filter="text"),
            Column("title", _("里程碑"), filter="text", link=lambda row: row["url"]),
            Column("lead", _("牵头单位"), filter="text"), Column("begins_on", _("开始日期"), format="day"),
            Column("first_due_on", _("最初计划"), format="day"), Column("due_on", _("计划完成"), format="day", filter="date"),
            Column("expected_on", _("预计完成"), format="day"), Column("done_on", _("实际完成"), format="day", filter="date"),
            Column("late_days", _("逾期天数"), filter="number"), Column("pushed_by", _("受制于")),
            Column("holds_up", _("致使逾期")), Column("weight", _("权重")),
        ],
        source=rows, order="due_on", title=_("里程碑"), empty=_("还没有里程碑"),
    )  # fmt: skip


def _title(net: Network, key: int | None) -> str:
    return net.milestones[key].title if key else ""
