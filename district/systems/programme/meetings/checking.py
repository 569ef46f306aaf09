"""Whether an answer to a decision or a letter is enough: the office says so, never who answered."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.cases.actions import claim, complete
from district.kernel.cases.models import OPEN_TASKS, Case, Task, TaskState
from district.kernel.people.audit import record_act
from district.kernel.people.refused import Refused

from ..models import AnswerCheck
from .actions import check_office

PROCEDURES = {"meeting_decision": "is_done", "supervision_letter": "is_enough"}
"""What the drawing of each asks."""
CHECK = "check"


def waiting(case: Case) -> Task | None:
    """The step of the case where the office judges the answer, while it waits there."""
    return case.tasks.filter(key=CHECK, state__in=OPEN_TASKS).first()


def answer_of(case: Case) -> Task | None:
    """The step in which the unit answered last."""
    return case.tasks.exclude(key=CHECK).filter(state=TaskState.DONE).order_by("-done_at", "-pk").first()


@transaction.atomic
def check_answer(case: Case, account: Any, is_enough: bool, words: str = "") -> AnswerCheck:
    """Closes the case, or gives it back to the unit with the reason. Raises Refused: not_office, procedure, step, own,
    reason; and what the case says."""
    check_office(account)
    asked = PROCEDURES.get(case.procedure)
    if asked is None:
        raise Refused("procedure", _("该办件不在此处核验"), field="case", value=case.number)
    held = Case.objects.select_for_update().get(pk=case.pk)
    task, answer = waiting(held), answer_of(held)
    if task is None or answer is None:
        raise Refused("step", _("办件不在核验环节"), field="case", value=held.number)
    if answer.done_by_id == account.pk:
        raise Refused("own", _("不能核验本人提交的反馈，须由他人办理"), field="account")
    if not is_enough and not words.strip():
        raise Refused("reason", _("退回须说明原因"), field="words")
    made = AnswerCheck.objects.create(
        case=held,
        answered_by=answer.done_by,
        is_enough=is_enough,
        words=words.strip()[:2000],
        checked_by=account,
    )
    if task.state == TaskState.READY:
        task = claim(task, account)
    complete(task, account, {asked: is_enough, "check_words": made.words}, made.words[:300], at_page=True)
    record_act(account, "answer_accepted" if is_enough else "answer_returned", subject_kind="cases.case",
               subject=held.number, purpose=made.words)  # fmt: skip
    return made
