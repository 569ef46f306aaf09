"""Suspension and extension: how the clocks of a case are stopped and given more time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from district.kernel.cases.actions.moving import (
    Changes,
    acting,
    check_lead,
    check_running,
    checked_reason,
)
from district.kernel.cases.clocks import Limit
from district.kernel.cases.models import Act, Case, CaseState, Extension, Suspension
from district.kernel.cases.queries import may_act, may_lead
from district.kernel.cases.refused import Refused
from district.kernel.cases.timing import light_at, set_times, spans_of

TIMES = ("due_at", "warn_at", "late_at", "light")


def suspend(case: Case, account: Any, reason: str) -> Case:
    """Stops the clocks of a case and of its tasks; nothing is done with it until it resumes. Leads only."""
    reason = checked_reason(reason)
    with acting(case, account) as changes:
        check_lead(changes.case, account)
        check_running(changes.case)
        Suspension.objects.create(case=changes.case, from_at=changes.at, reason=reason[:300], by=account)
        changes.set(state=CaseState.SUSPENDED)
        _set_all_times(changes)
        changes.note(Act.SUSPEND, note=reason)
    return changes.case


def resume(case: Case, account: Any, note: str = "") -> Case:
    """The clocks go on; what was due is due later by the time it stood. Leads only."""
    with acting(case, account) as changes:
        check_lead(changes.case, account)
        if changes.case.state != CaseState.SUSPENDED:
            raise Refused("not_suspended", _("办件没有挂起"), field="case", value=changes.case.number)
        Suspension.objects.filter(case=changes.case, until_at__isnull=True).update(until_at=changes.at)
        changes.set(state=CaseState.OPEN)
        _set_all_times(changes)
        changes.note(Act.RESUME, note=note)
    return changes.case


def ask_extension(case: Case, account: Any, amount: float, reason: str) -> Extension:
    """Asks for more time, in the kind of the case's limit. By who has an open task of it, or leads."""
    reason = checked_reason(reason)
    with acting(case, account) as changes:
        case = changes.case
        check_running(case)
        may_ask = account is None or may_lead(account, case)
        if not may_ask and not any(may_act(account, task) for task in changes.rows):
            raise Refused("not_post", _("您没有此办件的在办任务"), field="case", value=case.number)
        if not case.limit_kind:
            raise Refused("no_limit", _("该办件没有时限，无须延期"), field="case", value=case.number)
        try:
            if amount <= 0:
                raise ValueError
            Limit(case.limit_kind, amount)
        except ValueError:
            text = _("延长的时间须大于零；工作日须为整数")
            raise Refused("amount", text, field="amount", value=amount) from None
        if case.extensions.filter(decided_at__isnull=True).exists():
            raise Refused("asked_before", _("已有延期申请等待决定"), field="case", value=case.number)
        asked = Extension.objects.create(
            case=case, amount=amount, reason=reason[:300], asked_at=changes.at, asked_by=account
        )
        changes.note(Act.ASK_EXTENSION, note=reason, after={"amount": amount, "kind": case.limit_kind})
    return asked


def decide_extension(extension: Extension, account: Any, is_granted: bool, decision: str = "") -> Extension:
    """Grants it, and the case is due later; or not. Leads only, and not of one's own."""
    with acting(extension.case_id, account) as changes:
        case = changes.case
        check_lead(case, account)
        asked = Extension.objects.get(pk=extension.pk)
        if asked.decided_at is not None:
            raise Refused("decided", _("该申请已有决定"), field="extension", value=asked.pk)
        if account is not None and asked.asked_by_id == account.pk:
            raise Refused("own_request", _("不能审批本人的申请"), field="extension", value=asked.pk)
        asked.is_granted, asked.decided_at, asked.decided_by = is_granted, changes.at, account
        asked.decision = decision[:300]
        asked.save()
        before = _told(case.due_at)
        if is_granted and case.is_running:
            changes.set(extension_amount=case.extension_amount + asked.amount)
            _set_case_times(changes)
        act = Act.GRANT_EXTENSION if is_granted else Act.DENY_EXTENSION
        changes.note(act, note=decision, before={"due_at": before}, after={"due_at": _told(case.due_at)})
    return asked


def _set_all_times(changes: Changes) -> None:
    """Deadlines of the case and its open tasks, with the suspensions as they are now."""
    _set_case_times(changes)
    spans = spans_of(changes.case)
    for task in changes.rows:
        if task.limit_kind:
            set_times(task, task.opened_at, spans, task.warn_share)
            task.light = "red" if task.light == "red" else light_at(task, changes.at)
            task.save(update_fields=TIMES)


def _set_case_times(changes: Changes) -> None:
    case = changes.case
    if case.limit_kind:
        set_times(case, case.opened_at, spans_of(case))
        case.light = light_at(case, changes.at)
        changes.fields |= set(TIMES)


def _told(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
