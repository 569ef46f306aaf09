"""Projects and contracts of the demonstration and of tests that stand further on without all that leads there.

The database lets none begin further on: each step is asked for by one and granted by another.
"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Any

from district.kernel.clock import now

from .models import Contract, GatePassage, Project

WAY = tuple(stage for stage in Project.Stage.values if stage != "stopped")


def brought_to(project: Project, stage: str, asked_by: Any, decided_by: Any, at: datetime | None = None) -> Project:
    """A project that has just been proposed, let through each gate before `stage` at the moment `at`, or now."""
    moment = at or now()
    for before, after in pairwise(WAY[: WAY.index(stage) + 1]):
        passage = GatePassage.objects.create(project=project, stage=before, asked_by=asked_by, asked_at=moment)
        passage.state, passage.decided_by, passage.decided_at = GatePassage.State.PASSED, decided_by, moment
        passage.save(update_fields=("state", "decided_by", "decided_at"))
        project.stage, project.stage_at = after, moment
        project.save(update_fields=("stage", "stage_at"))
    return project


def approved_contract(*, decided_by: Any, approved_at: datetime, **fields: Any) -> Contract:
    made = Contract.objects.create(state=Contract.State.ASKED, **fields)
    made.state, made.decided_by, made.approved_at = Contract.State.APPROVED, decided_by, approved_at
    made.save(update_fields=("state", "decided_by", "approved_at"))
    return made
