"""What shows that a milestone is done: handed in by the unit, checked by somebody of the office."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, now
from district.kernel.files.actions import attach
from district.kernel.files.models import StoredFile
from district.kernel.people.audit import record_act

from ...models import Deliverable, Milestone, PlanTask
from ..powers import check_another, check_office, check_speaks_for, checked_words
from ..progress import finished_on
from ..queries import step_of
from ..refused import Refused

FILES_OF = "programme.deliverable"
State = Deliverable.State


@transaction.atomic
def hand_in(deliverable: Deliverable, by: Any, *, file: StoredFile | None = None, note: str = "") -> Deliverable:
    """By the liaison of its unit, with a file or with words that say where the proof is. Raises Refused: not_unit, state,
    empty."""
    held = Deliverable.objects.select_for_update().select_related("unit").get(pk=deliverable.pk)
    check_speaks_for(by, held.unit)
    if held.state not in (State.DUE, State.RETURNED):
        raise Refused("state", _("成果已提交，不能重复提交"), field="deliverable", value=held.title)
    if file is None:
        note = checked_words(note, "note", 500)
    held.state, held.file, held.note, held.handed_in_by, held.handed_in_at = State.HANDED_IN, file, note.strip()[:500], by, now()
    held.checked_by = held.checked_at = None
    held.reason = ""
    held.save()
    if file is not None:
        attach(file, FILES_OF, held.pk, by, is_personal=False)
    record_act(by, "deliverable_handed_in", subject_kind=FILES_OF, subject=held.pk, purpose=held.note)
    return held


@transaction.atomic
def check(deliverable: Deliverable, by: Any, is_accepted: bool, reason: str = "") -> Deliverable:
    """By the office, not by who handed it in. With the last one its milestone is done, on the day that was handed in.
    Raises Refused: not_office, own, state, empty."""
    check_office(by)
    milestone = Milestone.objects.select_for_update().get(pk=deliverable.milestone_id)
    held = Deliverable.objects.select_for_update().get(pk=deliverable.pk)
    check_another(by, held.handed_in_by_id)
    if held.state != State.HANDED_IN:
        raise Refused("state", _("成果不在待核验状态"), field="deliverable", value=held.title)
    if not is_accepted:
        reason = checked_words(reason, "reason")
    held.state, held.checked_by, held.checked_at = State.ACCEPTED if is_accepted else State.RETURNED, by, now()
    held.reason = reason.strip()[:300]
    held.save()
    record_act(by, "deliverable_accepted" if is_accepted else "deliverable_returned", subject_kind=FILES_OF,
               subject=held.pk, purpose=held.reason)  # fmt: skip
    settle(milestone)
    return held


def settle(milestone: Milestone) -> None:
    """Writes when a milestone, and its task, was done: from the deliverables, never from a form."""
    rows = list(milestone.deliverables.all())
    days = [each.handed_in_at.astimezone(CHINA).date() for each in rows if each.state == State.ACCEPTED and each.handed_in_at]
    done_on = max(days) if rows and len(days) == len(rows) else None
    if done_on != milestone.done_on:
        milestone.done_on = done_on
        milestone.save(update_fields=["done_on", "original_due_on"])
    steps = [step_of(each) for each in Milestone.objects.filter(task=milestone.task_id).prefetch_related("deliverables")]
    PlanTask.objects.filter(pk=milestone.task_id).update(done_on=finished_on(steps))
