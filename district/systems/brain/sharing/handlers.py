"""Requests for data run as cases: clocks, cards, supervision and the bench are those of the kernel."""

from __future__ import annotations

from typing import Any

from district.kernel.cases import actions as cases
from district.kernel.cases.contract import CaseOverdue, CaseWarned
from district.kernel.cases.models import Case, Task, TaskState
from district.kernel.clock import now
from district.kernel.events import on
from district.kernel.grants.contract import (
    RequestCancelled,
    RequestDecided,
    RequestReviewed,
    RequestSubmitted,
)
from district.kernel.grants.models import Request

SYSTEM, PROCEDURE = "brain", "data_request"


@on(RequestSubmitted)
def begin(event: RequestSubmitted) -> None:
    """The first time a case is opened; what comes back after it was returned goes on in the same."""
    request = _request(event.request_id)
    case = case_of(request)
    _take(case, "amend", {"amended": request.number}, request.account.name)


@on(RequestReviewed)
def go_on_after_review(event: RequestReviewed) -> None:
    request = _request(event.request_id)
    _take(case_of(request), "review", {"review": event.outcome, "reason": event.reason}, event.reason)


@on(RequestDecided)
def end_with_the_answer(event: RequestDecided) -> None:
    request = _request(event.request_id)
    if request.due_at is not None:  # what the rules answer at once has no case
        _take(case_of(request), "decide", {"outcome": str(request.get_state_display())}, event.reason)


@on(RequestCancelled)
def end_without_one(event: RequestCancelled) -> None:
    request = _request(event.request_id)
    if request.case is not None and request.case.is_running:
        cases.cancel(request.case, None, "申请部门撤回")


@on(CaseWarned)
def note_the_reminder(event: CaseWarned) -> None:
    Request.objects.filter(case_id=event.case_id, reminded_at=None).update(reminded_at=now())


@on(CaseOverdue)
def supervise_the_late(event: CaseOverdue) -> None:
    """督办, once a request, when the time of a step has run out."""
    request = Request.objects.filter(case_id=event.case_id, supervised_at=None).select_related("case").first()
    if request is None or request.case is None or not request.case.is_running:
        return
    cases.supervise(
        request.case, None, f"共享申请 {request.number} 逾期未答复，请尽快办理", _late_unit(event)
    )
    request.supervised_at = now()
    request.save(update_fields=["supervised_at"])


def case_of(request: Request) -> Case:
    """The case of a request, opened once."""
    if request.case is not None:
        return request.case
    case = cases.open_case(
        system=SYSTEM, procedure=PROCEDURE, idempotency_key=request.number, channel="department",
        title=f"{request.number} {request.organisation} 申请 {request.resource.title}", text=request.purpose,
        account=request.account, organisation=request.resource.provider, is_simulated=request.is_simulated,
    )  # fmt: skip
    request.case = case
    request.save(update_fields=["case"])
    return case


def _late_unit(event: CaseOverdue) -> Any:
    task = Task.objects.filter(pk=event.task_id).select_related("organisation").first()
    return task.organisation if task else None


def _request(key: int) -> Request:
    return Request.objects.select_related("resource__provider", "organisation", "account", "case").get(pk=key)


def _take(case: Case, step: str, form: dict[str, Any], note: str) -> None:
    """Completes a step that is open, in the name of the platform: who decided stands in the request."""
    task = Task.objects.filter(case=case, key=step, state__in=(TaskState.READY, TaskState.CLAIMED)).first()
    if task is not None:
        cases.complete(task, None, form, note)
