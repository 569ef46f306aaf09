"""Risks are entered by the lead or the office, looked at again by their day, and closed with what became of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people.audit import record_act
from district.kernel.people.models import Organisation

from ...models import PlanTask, TaskRisk
from ..matrix import STEPS
from ..powers import check_speaks_for, checked_words, is_office
from ..refused import Refused


@transaction.atomic
def add_risk(
    task: PlanTask, title: str, likelihood: int, impact: int, measure: str, review_on: date, by: Any, *,
    owner: Organisation | None = None, is_simulated: bool = False,
) -> TaskRisk:  # fmt: skip
    """Raises Refused: not_unit, steps, review, empty."""
    _check_lead(task, by)
    _check(likelihood, impact, review_on)
    made = TaskRisk.objects.create(
        task=task, title=checked_words(title, "title", 160), likelihood=likelihood, impact=impact,
        measure=checked_words(measure, "measure"), owner=owner or task.lead, review_on=review_on, opened_by=by,
        is_simulated=is_simulated,
    )  # fmt: skip
    _note(by, "task_risk_opened", made, f"{likelihood}×{impact}")
    return made


@transaction.atomic
def review_risk(risk: TaskRisk, likelihood: int, impact: int, measure: str, review_on: date, by: Any) -> TaskRisk:
    """How it is seen now; what it was stands in the audit. Raises Refused."""
    held = _open(risk, by)
    _check(likelihood, impact, review_on)
    before = f"{held.likelihood}×{held.impact}"
    held.likelihood, held.impact, held.review_on = likelihood, impact, review_on
    held.measure = checked_words(measure, "measure")
    held.save()
    _note(by, "task_risk_reviewed", held, f"{before} → {likelihood}×{impact}")
    return held


@transaction.atomic
def close_risk(risk: TaskRisk, outcome: str, by: Any) -> TaskRisk:
    """Raises Refused: closed, empty."""
    held = _open(risk, by)
    held.outcome, held.closed_by, held.closed_at = checked_words(outcome, "outcome"), by, now()
    held.save()
    _note(by, "task_risk_closed", held, held.outcome)
    return held


def _open(risk: TaskRisk, by: Any) -> TaskRisk:
    held = TaskRisk.objects.select_for_update().select_related("task__lead").get(pk=risk.pk)
    _check_lead(held.task, by)
    if held.closed_at is not None:
        raise Refused("closed", _("风险已关闭"), field="risk", value=held.title)
    return held


def _check_lead(task: PlanTask, by: Any) -> None:
    if not is_office(by):
        check_speaks_for(by, task.lead)


def _check(likelihood: int, impact: int, review_on: date) -> None:
    for field, value in (("likelihood", likelihood), ("impact", impact)):
        if value not in STEPS:
            raise Refused("steps", _("可能性和影响须为 1 至 5"), field=field, value=value)
    if review_on < today():
        raise Refused("review", _("复核日期不能早于今天"), field="review_on", value=review_on)


def _note(by: Any, act: str, risk: TaskRisk, words: str) -> None:
    record_act(by, act, subject_kind="programme.task_risk", subject=risk.pk, purpose=words)
