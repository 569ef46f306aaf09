"""The facts of a briefing from the records."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from django.utils import translation

from district.kernel import registry
from district.kernel.clock import CHINA

from ...models import Milestone, MonthlyReport, TaskRisk
from ..matrix import HIGH
from ..queries import delays, measured, task_states
from ..words import reasons_words
from .facts import Facts, TaskLine


def facts_of(month: date, on: date) -> Facts:
    """As things stood on `on`, or on the last day of the month when that is past. The briefing is Chinese, whoever asks."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    day = min(on, last)
    following = last + timedelta(days=1)
    end = following.replace(day=monthrange(following.year, following.month)[1])
    milestones = list(Milestone.objects.select_related("task__lead").order_by("due_on", "task__clause", "pk"))
    with translation.override("zh-hans"):
        states = task_states(on=day)
        lines = [
            TaskLine(
                state.task.clause, state.task.zh, state.task.lead.name, str(state.standing.light), state.standing.done,
                state.standing.planned,
                reasons_words(state.standing.reasons, {each.pk: each.title for each in state.milestones}),
            )
            for state in states
        ]  # fmt: skip
    return Facts(
        month, day, lines,
        [_told(each, each.done_on) for each in milestones if each.done_on and month <= each.done_on <= day],
        [_told(each, each.due_on) for each in milestones if each.due_on < day and (each.done_on is None or each.done_on > day)],
        [_told(each, each.due_on) for each in milestones if each.done_on is None and following <= each.due_on <= end],
        [(delay.unit.name, len(delay.deliverables), delay.worst_days) for delay in delays(day)],
        _reports(month, day), _indicators(), _risks(), any(state.is_simulated for state in states),
    )  # fmt: skip


def _told(each: Milestone, day: date | None) -> tuple[str, str, str, str]:
    return each.task.zh, each.title, day.isoformat() if day else "", each.task.lead.name


def _reports(month: date, day: date) -> tuple[int, int, int]:
    on_time = late = waiting = 0
    for due_on, at in MonthlyReport.objects.filter(month=month).values_list("due_on", "first_reported_at"):
        if at is not None and at.astimezone(CHINA).date() <= due_on:
            on_time += 1
        elif at is not None or due_on < day:
            late += 1
        else:
            waiting += 1
    return on_time, late, waiting


def _indicators() -> list[tuple[str, float | None, float, str]]:
    found = measured()
    return [(each.kpi.zh, each.value, each.kpi.target, each.kpi.unit)
            for system in registry.systems() for each in found[system.name]]  # fmt: skip


def _risks() -> list[tuple[str, str, int]]:
    rows = TaskRisk.objects.filter(closed_at=None).select_related("task").order_by("task__clause", "pk")
    scored = [(row.task.zh, row.title, row.likelihood * row.impact) for row in rows]
    return sorted((row for row in scored if row[2] >= HIGH), key=lambda row: -row[2])
