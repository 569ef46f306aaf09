"""Milestones are set by the office; a lead may ask for another day, somebody else of the office grants it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people.audit import record_act
from district.kernel.people.models import Organisation

from ...models import Deliverable, Milestone, MilestoneChange, MilestoneLink, PlanTask
from ..network import Arrow, closes_a_circle
from ..powers import check_another, check_office, check_speaks_for, checked_words, is_office
from ..refused import Refused

LINKS_LOCK = 0x7A5C


@transaction.atomic
def add_milestone(
    task: PlanTask, title: str, begins_on: date, due_on: date, by: Any, *, weight: int = 1,
    deliverables: Sequence[tuple[Organisation, str]] = (), is_simulated: bool = False,
) -> Milestone:  # fmt: skip
    """`deliverables`: unit, title; without any the lead has to show one of the milestone's own title. Raises Refused."""
    check_office(by)
    title = checked_words(title, "title", 120)
    if due_on < begins_on:
        raise Refused("days", _("完成日期不能早于开始日期"), field="due_on", value=due_on)
    if weight < 1:
        raise Refused("weight", _("权重须为正整数"), field="weight", value=weight)
    if Milestone.objects.filter(task=task, title=title).exists():
        raise Refused("known", _("已有同名里程碑"), field="title", value=title)
    made = Milestone(task=task, title=title, begins_on=begins_on, due_on=due_on, weight=weight, is_simulated=is_simulated)
    made.save()
    for unit, words in deliverables or [(task.lead, title)]:
        if unit.pk != task.lead_id and not task.helpers.filter(pk=unit.pk).exists():
            raise Refused("not_helper", _("%(unit)s不是牵头或配合单位") % {"unit": unit.name}, field="unit", value=unit.code)
        Deliverable.objects.create(milestone=made, unit=unit, title=words[:120], is_simulated=is_simulated)
    if task.done_on is not None:
        task.done_on = None
        task.save(update_fields=["done_on"])
    _note(by, "milestone_added", made, made.title)
    return made


@transaction.atomic
def drop_milestone(milestone: Milestone, reason: str, by: Any) -> None:
    """Takes back one that was set by mistake; not once something was handed in for it. Raises Refused: handed_in, empty."""
    check_office(by)
    reason = checked_words(reason, "reason")
    held = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if held.deliverables.filter(handed_in_at__isnull=False).exists():
        raise Refused("handed_in", _("已有成果提交，不能撤销里程碑"), field="milestone", value=held.title)
    _note(by, "milestone_dropped", held, f"{held.title} {held.due_on} {reason}")
    held.delete()


@transaction.atomic
def ask_change(milestone: Milestone, to_on: date, reason: str, by: Any) -> MilestoneChange:
    """By the lead's liaison, or by the office. Raises Refused: done, same, earlier, open, not_unit."""
    if not is_office(by):
        check_speaks_for(by, milestone.task.lead)
    reason = checked_words(reason, "reason")
    held = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if held.done_on is not None:
        raise Refused("done", _("里程碑已完成"), field="milestone", value=held.title)
    if to_on == held.due_on:
        raise Refused("same", _("日期没有变化"), field="to_on", value=to_on)
    if to_on < max(held.begins_on, today()):
        raise Refused("earlier", _("新日期不能早于今天或开始日期"), field="to_on", value=to_on)
    if held.changes.filter(is_granted=None).exists():
        raise Refused("open", _("已有一项变更在等待审批"), field="milestone", value=held.title)
    made = MilestoneChange.objects.create(milestone=held, from_on=held.due_on, to_on=to_on, reason=reason, asked_by=by)
    _note(by, "milestone_change_asked", held, reason)
    return made


@transaction.atomic
def decide_change(change: MilestoneChange, by: Any, is_granted: bool, decision: str = "") -> MilestoneChange:
    """By the office, not by who asked. Raises Refused: own, decided, moved."""
    check_office(by)
    held = MilestoneChange.objects.select_for_update().get(pk=change.pk)
    check_another(by, held.asked_by_id)
    if held.is_granted is not None:
        raise Refused("decided", _("该变更已审批"))
    milestone = Milestone.objects.select_for_update().get(pk=held.milestone_id)
    if is_granted:
        if milestone.done_on is not None or milestone.due_on != held.from_on:
            raise Refused("moved", _("里程碑在申请之后已完成或改期，不能批准"))
        milestone.due_on = held.to_on
        milestone.save(update_fields=["due_on", "original_due_on"])
    elif not decision.strip():
        raise Refused("empty", _("不批准须写明意见"), field="decision")
    held.is_granted, held.decided_by, held.decided_at, held.decision = is_granted, by, now(), decision.strip()[:300]
    held.save()
    _note(by, "milestone_change_granted" if is_granted else "milestone_change_refused", milestone, held.decision)
    return held


@transaction.atomic
def link(before: Milestone, after: Milestone, by: Any, lag_days: int = 0) -> MilestoneLink:
    """`after` waits for `before`; a circle is refused and named."""
    check_office(by)
    if lag_days < 0:
        raise Refused("lag", _("间隔天数不能为负"), field="lag_days", value=lag_days)
    with connection.cursor() as cursor:  # one at a time, or two links could close a circle together
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LINKS_LOCK])
    arrows = [Arrow(*row) for row in MilestoneLink.objects.values_list("before_id", "after_id")]
    circle = closes_a_circle(arrows, Arrow(before.pk, after.pk))
    if circle:
        titles = dict(Milestone.objects.filter(pk__in=circle).values_list("pk", "title"))
        words = " → ".join(titles[key] for key in circle)
        raise Refused("circle", _("依赖会形成循环：%(words)s") % {"words": words}, field="after", value=after.title)
    made, _is_new = MilestoneLink.objects.update_or_create(before=before, after=after, defaults={"lag_days": lag_days})
    _note(by, "milestone_linked", after, f"{before.pk} → {after.pk}")
    return made


@transaction.atomic
def unlink(found: MilestoneLink, by: Any) -> None:
    check_office(by)
    _note(by, "milestone_unlinked", found.after, f"{found.before_id} → {found.after_id}")
    found.delete()


def _note(by: Any, act: str, milestone: Milestone, words: str) -> None:
    record_act(by, act, subject_kind="programme.milestone", subject=milestone.pk, purpose=words)
