"""Steps of incidents are taken over as soon as they are done."""

from __future__ import annotations

from district.kernel.cases.contract import CaseClosed, TaskDone
from district.kernel.events import on

from ..models import SecurityIncident
from .incidents.actions import PROCEDURE, SYSTEM, take_from_case


@on(TaskDone)
def take_incident_step(event: TaskDone) -> None:
    if event.system == SYSTEM and event.procedure == PROCEDURE:
        _take(event.case_id)


@on(CaseClosed)
def close_incident(event: CaseClosed) -> None:
    if event.system == SYSTEM:
        _take(event.case_id)


def _take(case_id: int) -> None:
    incident = SecurityIncident.objects.filter(case_id=case_id).select_related("case").first()
    if incident is not None:
        take_from_case(incident)
