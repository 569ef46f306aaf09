"""A project under way is changed: asked for with the supervisor's words, decided by another; a large one by experts first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.refused import Refused

from ...models import Contract, Project, ProjectChange, Review
from ..rules import is_large
from .holding import given, held, held_at, in_state, note, other


@transaction.atomic
def ask_change(project: Project, account: Any, *, title: str, why: str, supervisor_says: str, amount_fen: int = 0,
               days: int = 0) -> ProjectChange:  # fmt: skip
    project = held_at(project, "delivery")
    if not (title.strip() and why.strip() and supervisor_says.strip()):
        raise Refused("empty", _("变更事项、理由和监理意见都要填写"))
    made = ProjectChange.objects.create(
        project=project, order=project.changes.count() + 1, title=title.strip()[:120], why=why, supervisor_says=supervisor_says,
        amount_fen=amount_fen, days=days, asked_by=account,
    )  # fmt: skip
    note(account, "change_asked", project, made.order, title)
    return made


@transaction.atomic
def decide_change(change: ProjectChange, account: Any, is_approved: bool, reason: str = "") -> ProjectChange:
    """What is approved moves the project's day; money follows by the contract's own approval."""
    project = held(change.project)
    change = held(change)
    in_state(change, "asked")
    other(account, change.asked_by_id)
    if is_approved:
        if needs_review(change):
            change.review = Review.objects.filter(project=project, kind="change", state="decided", made_at__gte=change.asked_at,
                                                  outcome="passed").last()  # fmt: skip
            if change.review is None:
                raise Refused("review", _("变更累计超过合同金额的一成，须先经专家评审通过"))
        change.due_before, change.state, change.reason = project.due_on, ProjectChange.State.APPROVED, reason.strip()[:200]
        project.due_on += timedelta(days=change.days)
        project.save(update_fields=("due_on",))
    else:
        change.state, change.reason = ProjectChange.State.REFUSED, given(reason)
    change.decided_by, change.decided_at = account, now()
    change.save()
    note(account, f"change_{change.state}", project, change.order, change.reason)
    return change


def needs_review(change: ProjectChange) -> bool:
    """By all changes approved so far and this one together, beside the contracts of supply."""
    contracts = Contract.objects.filter(project_id=change.project_id, kind="supply", approved_at__isnull=False)
    whole = contracts.aggregate(total=Sum("amount_fen"))["total"] or 0
    before = ProjectChange.objects.filter(project_id=change.project_id, state="approved").values_list("amount_fen", flat=True)
    return is_large(sum(abs(each) for each in before) + abs(change.amount_fen), whole)
