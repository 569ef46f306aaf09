"""Supervision, feedback, call-back, evaluation, confidentiality, and the end without a result."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from district.kernel.cases.actions.moving import (
    Changes,
    acting,
    check_lead,
    check_sees,
    checked_reason,
    close,
    end_tasks,
)  # fmt: skip
from district.kernel.cases.models import Act, CallBack, Case, Evaluation, Feedback, Supervision
from district.kernel.cases.queries import may_act, may_lead
from district.kernel.cases.refused import Refused
from district.kernel.people.models import Organisation


def supervise(
    case: Case,
    account: Any,
    text: str,
    organisation: Organisation | None = None,
    answer_by_at: datetime | None = None,
) -> Supervision:
    """督办: asks the unit (the responsible one by default) for progress. Leads only, while the case runs."""
    text = checked_reason(text)
    with acting(case, account) as changes:
        case = changes.case
        check_lead(case, account)
        _check_not_ended(case)
        unit = organisation or case.organisation
        made = Supervision.objects.create(
            case=case,
            at=changes.at,
            by=account,
            organisation=unit,
            text=text[:500],
            answer_by_at=answer_by_at,
        )
        changes.note(Act.SUPERVISE, note=text, after={"organisation": unit.pk if unit else None})
    return made


def answer_supervision(supervision: Supervision, account: Any, answer: str) -> Supervision:
    """The supervised unit says how far it is; by who has an open task of the case there."""
    answer = checked_reason(answer)
    with acting(supervision.case_id, account) as changes:
        asked = Supervision.objects.get(pk=supervision.pk)
        _check_hand(changes, account)
        if asked.answered_at is not None:
            raise Refused("answered", _("该督办已回复"), field="supervision", value=asked.pk)
        asked.answered_at, asked.answered_by, asked.answer = changes.at, account, answer[:1000]
        asked.save(update_fields=["answered_at", "answered_by", "answer"])
        changes.note(Act.ANSWER_SUPERVISION, note=answer)
    return asked


def give_feedback(case: Case, account: Any, text: str) -> Feedback:
    """Tells the reporter something; by who has an open task, or leads."""
    text = checked_reason(text)
    with acting(case, account) as changes:
        _check_hand(changes, account)
        made = Feedback.objects.create(case=changes.case, at=changes.at, by=account, text=text[:2000])
        changes.note(Act.FEEDBACK, note=text)
    return made


def call_back(
    case: Case,
    account: Any,
    *,
    is_reached: bool,
    is_solved: bool | None = None,
    is_satisfied: bool | None = None,
    note: str = "",
) -> CallBack:
    """回访. Whoever sees the case and has staff duties may; what nobody said stays empty."""
    with acting(case, account) as changes:
        check_sees(changes.case, account)
        if not is_reached and (is_solved is not None or is_satisfied is not None):
            raise Refused(
                "not_reached", _("未接通时不能填写是否解决、是否满意"), field="is_reached", value=is_reached
            )
        made = CallBack.objects.create(
            case=changes.case, at=changes.at, by=account, is_reached=is_reached, is_solved=is_solved,
            is_satisfied=is_satisfied, note=note[:500],
        )  # fmt: skip
        after = {"is_reached": is_reached, "is_solved": is_solved, "is_satisfied": is_satisfied}
        changes.note(Act.CALL_BACK, note=note, after=after)
    return made


def evaluate(case: Case, account: Any, *, side: str, score: int, text: str = "") -> Evaluation:
    """A score of 1 to 5, once by each side, when the case has ended. `supervisor`: leads only; `reporter`: the
    reporter's own account, or who sees the case and takes the score down.
    """
    with acting(case, account) as changes:
        case = changes.case
        if side not in ("reporter", "supervisor"):
            raise Refused("side", _("评价方须为反映人或监督单位"), field="side", value=side)
        if not isinstance(score, int) or not 1 <= score <= 5:
            raise Refused("score", _("得分须为 1 至 5"), field="score", value=score)
        if side == "supervisor":
            check_lead(case, account)
        elif account is None or account.pk != case.reporter_account_id:
            check_sees(case, account)
        if case.closed_at is None:
            raise Refused("not_closed", _("办结后才能评价"), field="case", value=case.number)
        try:
            with transaction.atomic():
                made = Evaluation.objects.create(
                    case=case, at=changes.at, by=account, side=side, score=score, text=text[:500]
                )
        except IntegrityError:
            raise Refused("evaluated", _("已经评价过"), field="case", value=case.number) from None
        changes.note(Act.EVALUATE, note=text, after={"side": side, "score": score})
    return made


def mark_confidential(case: Case, account: Any, reason: str) -> Case:
    """From now on seen only by posts with a task in it and by confidants. Leads only."""
    return _set_confidential(case, account, reason, True)


def disclose(case: Case, account: Any, reason: str) -> Case:
    """Takes the mark away. Leads who see the case only."""
    return _set_confidential(case, account, reason, False)


def cancel(case: Case, account: Any, reason: str) -> Case:
    """Ends a case without a result: not to be handled here, opened by mistake. Leads only."""
    reason = checked_reason(reason)
    with acting(case, account) as changes:
        check_lead(changes.case, account)
        _check_not_ended(changes.case)
        end_tasks(changes.rows, "cancelled")
        changes.case.suspensions.filter(until_at__isnull=True).update(until_at=changes.at)
        close(changes, reason, "cancelled")
    return changes.case


def _set_confidential(case: Case, account: Any, reason: str, value: bool) -> Case:
    reason = checked_reason(reason)
    with acting(case, account) as changes:
        check_lead(changes.case, account)
        if changes.case.is_confidential != value:
            changes.set(is_confidential=value)
            changes.note(Act.CONFIDE if value else Act.DISCLOSE, note=reason)
    return changes.case


def _check_not_ended(case: Case) -> None:
    if not case.is_running:
        text = _("办件%(state)s，不能再办理") % {"state": case.get_state_display()}
        raise Refused("not_open", text, field="case", value=case.number)


def _check_hand(changes: Changes, account: Any) -> None:
    if account is None or may_lead(account, changes.case):
        return
    if not any(may_act(account, task) for task in changes.rows):
        raise Refused("not_post", _("您没有此办件的在办任务"), field="case", value=changes.case.number)
