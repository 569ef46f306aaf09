"""What the system does when something happened to cases of its own."""

from __future__ import annotations

from district.kernel.cases.contract import CaseClosed, CaseOverdue, TaskReady
from district.kernel.cases.models import Case
from district.kernel.events import on

from .circulation.actions import follow_case, follow_end, rise_by_clock


@on(CaseOverdue)
def rise_when_overdue(event: CaseOverdue) -> None:
    """A village's or a town's days have run out: the matter goes one level up."""
    if event.system == "affairs" and event.task_id is not None:
        rise_by_clock(event.task_id)


@on(TaskReady)
def follow_concern(event: TaskReady) -> None:
    """Moved at the bench of cases too, a matter is where its case is."""
    if event.system == "affairs":
        follow_case(event.case_id, event.key)


@on(CaseClosed)
def end_concern(event: CaseClosed) -> None:
    if event.system == "affairs" and event.is_cancelled:
        follow_end(Case.objects.get(pk=event.case_id))
