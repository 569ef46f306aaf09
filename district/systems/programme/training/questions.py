"""The bank: written by one, checked by another, retired when it is no longer true."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.people.audit import record_act
from district.kernel.people.models import Account

from ..models import Question
from .papers import faults
from .refused import Refused
from .sittings import item_of


def write(question: Question, by: Account) -> Question:
    """A draft of `by`, also when a used one was changed: it is checked anew. Raises Refused: faulty."""
    fault = faults(item_of(question))
    if fault:
        words = {
            "kind": _("题型不对"), "empty": _("题目和选项不能为空"), "choices": _("至少两个选项，且不能重复"),
            "answer": _("答案须是选项之一，单选和判断只有一个答案"), "multiple": _("多选题至少两个正确答案"),
        }  # fmt: skip
        raise Refused("faulty", words[fault], field="answer", value=question.answer)
    with transaction.atomic():
        question.state, question.made_by, question.checked_by = Question.State.DRAFT, by, None
        question.save()
        record_act(
            by,
            "question_written",
            subject_kind="programme.question",
            subject=question.pk,
            purpose=question.topic,
        )
    return question


def check(question: Question, by: Account) -> Question:
    """By another than who wrote it. Raises Refused: own, state."""
    with transaction.atomic():
        held = Question.objects.select_for_update().get(pk=question.pk)
        if held.made_by_id == by.pk:
            raise Refused("own", _("本人出的题须由他人审核"))
        if held.state != Question.State.DRAFT:
            raise Refused("state", _("当前状态不能审核"))
        held.state, held.checked_by = Question.State.USED, by
        held.save(update_fields=["state", "checked_by"])
        record_act(
            by, "question_checked", subject_kind="programme.question", subject=held.pk, purpose=held.topic
        )
    return held


def retire(question: Question, by: Account) -> Question:
    """Out of all papers to come; papers already drawn keep it. Raises Refused: state."""
    with transaction.atomic():
        held = Question.objects.select_for_update().get(pk=question.pk)
        if held.state != Question.State.USED:
            raise Refused("state", _("只有在用的试题可以停用"))
        held.state = Question.State.RETIRED
        held.save(update_fields=["state"])
        record_act(
            by, "question_retired", subject_kind="programme.question", subject=held.pk, purpose=held.topic
        )
    return held
