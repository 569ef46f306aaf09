"""A project goes through a gate: its owner asks, the office lets it through when all that the gate asks for is there."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.refused import Refused

from ...models import GatePassage, Project
from ..facts import found_at
from ..gates import GATES, after, may_pass
from .effects import measure_before
from .holding import given, held, held_at, in_state, note, other


@transaction.atomic
def ask_passage(project: Project, account: Any) -> GatePassage:
    """Raises Refused when something is missing, or when it was asked for already."""
    project = held_at(project, *GATES)
    if project.passages.filter(stage=project.stage, state="asked").exists():
        raise Refused("asked", _("本阶段的审批申请已经提交"))
    if project.stage == Project.Stage.PROCUREMENT:
        measure_before(project)
    _whole(project)
    made = GatePassage.objects.create(project=project, stage=project.stage, asked_by=account)
    note(account, "gate_asked", project, project.stage)
    return made


@transaction.atomic
def decide_passage(passage: GatePassage, account: Any, is_passed: bool, reason: str = "") -> GatePassage:
    """By another. What the gate asks for is looked at again, and kept as it was then."""
    project = held(passage.project)
    passage = held(passage)
    in_state(passage, "asked")
    other(account, passage.asked_by_id, project.made_by_id)
    passage.decided_by, passage.decided_at = account, now()
    if is_passed:
        passage.checks = _whole(project)
        passage.state, passage.reason = GatePassage.State.PASSED, reason.strip()[:200]
    else:
        passage.state, passage.reason = GatePassage.State.REFUSED, given(reason)
    passage.save()
    if is_passed:
        project.stage, project.stage_at = after(project.stage), passage.decided_at
        project.save(update_fields=("stage", "stage_at"))
    note(account, f"gate_{passage.state}", project, passage.stage, passage.reason)
    return passage


def _whole(project: Project) -> list[dict[str, Any]]:
    found = found_at(project)
    if not may_pass(found):
        missing = "；".join(each.need.zh + (f"（{each.why}）" if each.why else "") for each in found if not each.is_met)
        raise Refused("gate", _("还不能进入下一阶段：%(what)s") % {"what": missing})
    return [{"key": each.need.key, "zh": each.need.zh, "is_met": True} for each in found]
