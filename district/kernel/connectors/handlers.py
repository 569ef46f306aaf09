"""Deliveries that ended, as far as the schedule minds them."""

from __future__ import annotations

from district.kernel.connectors.contract import RunFailed, RunFinished
from district.kernel.connectors.models import Run
from district.kernel.connectors.schedule import note_failure, note_success
from district.kernel.events.listeners import on


@on(RunFailed)
def put_off_after_a_failure(event: RunFailed) -> None:
    delivery = Run.objects.filter(pk=event.run_id).first()
    if delivery is not None:
        note_failure(event.source_id, event.run_id, event.code, delivery.problem)


@on(RunFinished)
def forget_failures(event: RunFinished) -> None:
    note_success(event.source_id)
