from __future__ import annotations

from district.kernel.alerts.contract import AlarmRaised
from district.kernel.cases.actions.alarms import Repeat, take_alarms
from district.kernel.cases.actions.joining import ask_for_step, take_answer
from district.kernel.cases.actions.moving import drawing_for, unit_of
from district.kernel.cases.contract import CaseClosed, StepAsks
from district.kernel.cases.models import OPEN_TASKS, Case, Task
from district.kernel.events import on
from district.kernel.people.models import Organisation


@on(AlarmRaised)
def open_case_of_alarm(event: AlarmRaised) -> None:
    """Where a procedure says that alarms of this kind open a case."""
    told = Repeat(event.system, event.kind, event.key, event.subject, event.message, event.alarm_id,
                  event.organisation_id, event.division_code)  # fmt: skip
    take_alarms([told])


@on(CaseClosed)
def take_answer_of_closed_case(event: CaseClosed) -> None:
    """Whoever asked for the case goes on."""
    take_answer(Case.objects.get(pk=event.case_id))


@on(StepAsks)
def ask_as_drawn(event: StepAsks) -> None:
    """A receive task of the drawing opens its case by itself."""
    task = Task.objects.select_related("case").get(pk=event.task_id)
    step = drawing_for(task.case).steps.get(task.key)
    if step is None or step.asks is None or task.state not in OPEN_TASKS:
        return
    unit = Organisation.objects.filter(pk=unit_of(task.case, step.unit, {})).first()
    ask_for_step(task, *step.asks, unit if step.unit != "responsible" else None)
