"""What a post does with its task."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from district.kernel.cases import engine
from district.kernel.cases.actions.moving import (
    Changes,
    acting,
    assign,
    check_running,
    checked_reason,
    drawing_for,
    end_tasks,
    moved,
)  # fmt: skip
from district.kernel.cases.contract import TaskDone, TaskReady
from district.kernel.cases.models import Act, Task, TaskState
from district.kernel.cases.posts import keys_of_task
from district.kernel.cases.queries import may_act, may_lead
from district.kernel.cases.refused import Refused
from district.kernel.people.models import Organisation


def claim(task: Task, account: Any) -> Task:
    """A holder of the post takes the task on. Raises Refused: not_post, claimed, not_open, suspended."""
    with acting(task.case_id, account) as changes:
        check_running(changes.case)
        row = open_task(changes.rows, task)
        check_post(row, account)
        if row.state != TaskState.READY:
            raise Refused("claimed", _("该任务已被签收"), field="task", value=row.name)
        row.state, row.claimed_by, row.claimed_at = TaskState.CLAIMED, account, changes.at
        changes.altered.append((row, ("state", "claimed_by", "claimed_at")))
        changes.note(Act.CLAIM, task=row)
    return row


def complete(
    task: Task, account: Any, form: Mapping[str, Any] | None = None, note: str = "", *, at_page: bool = False
) -> Task:
    """Does the step and takes the case on. What `form` holds is added to the form of the case, by name.

    `form["organisation"]`, the code of a unit, makes that unit responsible. Raises Refused: not_post, claimed,
    not_open, suspended, waiting, helpers, form, no_organisation, elsewhere (the drawing names a page where the step is
    decided, and this is not that page: `at_page`), and what the procedure says (no_way, stuck).
    """
    filled = _checked_form(form)
    with acting(task.case_id, account) as changes:
        check_running(changes.case)
        rows = changes.rows
        row = open_task(rows, task)
        check_turn(row, account)
        if row.state == TaskState.WAITING:
            raise Refused("waiting", _("协办件尚未办结，请等待"), field="task", value=row.name)
        if row.parent_id is None:
            _check_helpers(changes, row, rows)
            if account is not None and not at_page and drawing_for(changes.case).steps[row.key].page:
                text = _("此环节在专门页面作出决定，请从办件页面进入")
                raise Refused("elsewhere", text, field="task", value=row.name)
        _done(changes, row, filled, note)
        if row.parent_id is None:
            advance(changes, row, [each for each in rows if each is not row], filled)
    return row


def advance(changes: Changes, row: Task, others: list[Task], filled: dict[str, Any]) -> None:
    """Takes the procedure past a step that is done."""
    case = changes.case
    if filled:
        changes.set(form=case.form | filled)
        if isinstance(filled.get("organisation"), str) and filled["organisation"]:
            assign(changes, filled["organisation"])
    drawing = drawing_for(case)
    try:
        move = engine.complete(drawing, case.workflow, row.node, case.form)
    except engine.NoWay as error:
        raise Refused(error.code, str(error), field="form") from error
    helpers = [each for each in others if each.parent_id == row.pk]
    end_tasks(helpers, "done_jointly")
    moved(changes, drawing, move, [each for each in others if each.parent_id != row.pk])


def return_task(task: Task, account: Any, reason: str) -> Task:
    """Sends the case back to the step before; whatever was begun after that step ends. Raises Refused, also
    first_step.
    """
    reason = checked_reason(reason)
    with acting(task.case_id, account) as changes:
        check_running(changes.case)
        rows = changes.rows
        row = open_task(rows, task)
        check_turn(row, account)
        if row.parent_id is not None:
            raise Refused("helper", _("协办任务不能退回，请直接答复"), field="task", value=row.name)
        drawing = drawing_for(changes.case)
        try:
            move = engine.go_back(drawing, changes.case.workflow, row.node, changes.case.form)
        except engine.NoWay as error:
            raise Refused(error.code, str(error), field="task", value=row.name) from error
        to = "、".join(
            drawing.steps[key].name for node, key in move.ready if node not in {each.node for each in rows}
        )
        changes.note(Act.RETURN, task=row, note=reason, before={"step": row.name}, after={"step": to})
        moved(changes, drawing, move, rows, ended="returned")
    return row


def hand_over(task: Task, account: Any, organisation: Organisation, reason: str) -> Task:
    """Gives the task to the same post of another unit; its clock goes on. Leads may do it for the post."""
    reason = checked_reason(reason)
    with acting(task.case_id, account) as changes:
        case = changes.case
        check_running(case)
        row = open_task(changes.rows, task)
        if not (account is not None and may_lead(account, case)):
            check_turn(row, account)
        if row.organisation_id == organisation.pk:
            raise Refused(
                "same_organisation", _("任务已在该单位"), field="organisation", value=organisation.name
            )
        before = row.organisation_id
        if before is not None and before == case.organisation_id and row.parent_id is None:
            assign(changes, organisation.code)
        row.organisation, row.state, row.claimed_by, row.claimed_at = (
            organisation,
            TaskState.READY,
            None,
            None,
        )
        changes.altered.append((row, ("organisation", "state", "claimed_by", "claimed_at")))
        changes.see(keys_of_task(row.role, organisation.pk))
        changes.note(Act.HAND_OVER, task=row, note=reason, before={"organisation": before},
                     after={"organisation": organisation.pk})  # fmt: skip
        changes.events.append(_ready_event(changes, row))
    return row


def invite(task: Task, account: Any, organisations: Sequence[Organisation], reason: str) -> list[Task]:
    """Joint handling: each further unit gets a task of its own beside the lead's.

    The step is done when the lead completes it; where the drawing says `joint` all (the default), only after all
    helpers have.
    """
    reason = checked_reason(reason)
    with acting(task.case_id, account) as changes:
        check_running(changes.case)
        rows = changes.rows
        row = open_task(rows, task)
        check_turn(row, account)
        if row.parent_id is not None:
            raise Refused("helper", _("协办单位不能再邀请协办"), field="task", value=row.name)
        there = {each.organisation_id for each in rows if each.parent_id == row.pk} | {row.organisation_id}
        asked = [each for each in dict.fromkeys(organisations) if each.pk not in there]
        if not asked:
            raise Refused("nobody", _("请选择尚未参与的单位"), field="organisations")
        made = [_helper(changes, row, unit) for unit in asked]
        if not row.part:
            row.part = "lead"
            changes.altered.append((row, ("part",)))
        changes.note(Act.INVITE, task=row, note=reason, after={"organisations": [each.pk for each in asked]})
        changes.tasks += made
    return made


def open_task(rows: list[Task], task: Task) -> Task:
    """The row as it is now. Refused `not_open` when it has ended."""
    for row in rows:
        if row.pk == task.pk:
            return row
    raise Refused("not_open", _("该任务已结束"), field="task", value=task.name)


def check_post(row: Task, account: Any) -> None:
    """Raises Refused unless the account holds the task's post; None is the platform itself."""
    if account is not None and not may_act(account, row):
        raise Refused("not_post", _("您没有办理此任务的职责"), field="task", value=row.name)


def check_turn(row: Task, account: Any) -> None:
    """As `check_post`, and nobody else has claimed it."""
    check_post(row, account)
    if account is not None and row.claimed_by_id not in (None, account.pk):
        raise Refused("claimed", _("该任务已由他人签收"), field="task", value=row.name)


def _helper(changes: Changes, row: Task, unit: Organisation) -> Task:
    changes.see(keys_of_task(row.role, unit.pk))
    return Task(
        case=changes.case, name=row.name, key=row.key, node=row.node, stage=row.stage, role=row.role,
        organisation=unit, parent=row, part="helper", form_key=row.form_key, limit_kind=row.limit_kind,
        limit_amount=row.limit_amount, warn_share=row.warn_share, opened_at=changes.at, due_at=row.due_at,
        warn_at=row.warn_at, late_at=row.late_at,
    )  # fmt: skip


def _check_helpers(changes: Changes, row: Task, rows: list[Task]) -> None:
    step = drawing_for(changes.case).steps[row.key]
    waiting = [each for each in rows if each.parent_id == row.pk]
    if waiting and step.joint == "all":
        names = "、".join(each.organisation.name for each in waiting if each.organisation)
        raise Refused(
            "helpers", _("协办单位尚未完成：%(names)s") % {"names": names}, field="task", value=row.name
        )


def _done(changes: Changes, row: Task, filled: dict[str, Any], note: str) -> None:
    row.state, row.done_at, row.done_by_id, row.form = (
        TaskState.DONE,
        changes.at,
        _key(changes.account),
        filled,
    )
    if row.claimed_by_id is None:
        row.claimed_by_id, row.claimed_at = row.done_by_id, row.done_at
    names = ("state", "done_at", "done_by", "form", "claimed_by", "claimed_at")
    changes.altered.append((row, names))
    case = changes.case
    changes.note(Act.COMPLETE, task=row, note=note, after={"key": row.key, "form": filled, "part": row.part})
    changes.events.append(
        TaskDone(case.pk, row.pk, case.system, case.procedure, row.key, row.done_by_id, changes.at)
    )


def _key(account: Any) -> int | None:
    return None if account is None else account.pk


def _ready_event(changes: Changes, row: Task) -> TaskReady:
    case = changes.case
    return TaskReady(
        case.pk, row.pk, case.system, case.procedure, row.key, row.role, row.organisation_id, row.due_at
    )


def _checked_form(form: Mapping[str, Any] | None) -> dict[str, Any]:
    try:
        return json.loads(json.dumps(dict(form or {}), allow_nan=False))
    except (TypeError, ValueError) as error:
        raise Refused("form", _("表单内容不能保存：%(why)s") % {"why": error}, field="form") from error
