"""Registers are filled from departments each night and when a new version is there; what waits is tried again."""

from __future__ import annotations

import logging

from district.kernel.forms.models import Entity, RegisterSource, WaitingState, WaitingWrite
from district.kernel.forms.refused import Refused
from district.kernel.forms.registers.sync import bring
from district.kernel.forms.registers.writing import retake
from district.kernel.jobs.work import every, job

log = logging.getLogger(__name__)


@job(queue="default", is_alone=True)
def bring_source(source_id: int) -> None:
    """One source; why it could not be brought stands with it."""
    source = RegisterSource.objects.select_related("register__organisation", "resource__provider").get(
        pk=source_id
    )
    try:
        bring(source)
    except Refused as refused:
        log.warning("register source %s is not brought: %s", source.pk, refused)
        source.error = str(refused)[:200]
        source.save(update_fields=["error"])


@every("50 3 * * *")
def bring_all_sources() -> None:
    """What events missed, and the tables of systems, once a night."""
    for source_id in RegisterSource.objects.filter(is_active=True).values_list("pk", flat=True):
        bring_source.start(source_id=source_id)


@every("*/10 * * * *")
def retake_what_waits() -> None:
    """An update and the record it waits for may have come at the very same moment."""
    rows = WaitingWrite.objects.filter(state=WaitingState.WAITING).select_related("register", "submission")
    for row in rows.iterator():
        if Entity.objects.filter(register=row.register, uuid=row.uuid).exists():
            retake(row)
