"""Procedures changed by a department: drafted, tried on past cases, published; running cases carried over on purpose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel import registry
from district.kernel.cases import engine
from district.kernel.cases.actions.moving import Changes, acting, begin_tasks, end_tasks, unit_of
from district.kernel.cases.engine_drawing import Drawing, DrawingRefused
from district.kernel.cases.models import Act, Case, Entry, ProcedureVersion, Task, TaskState, VersionState
from district.kernel.cases.posts import full_roles, keys_of_task, posts_of
from district.kernel.cases.procedure_versions import (
    checked,
    digest_of,
    drawing_of,
    forget_drawing,
    next_number,
    procedure_of,
)
from district.kernel.cases.refused import Refused
from district.kernel.cases.timing import light_at, set_times
from district.kernel.clock import now
from district.kernel.people.access import OPERATOR, may

TRIED = 500
"""Past cases a draft is tried on at most."""


@dataclass(frozen=True)
class Trial:
    """One past case and a draft: the steps as they were reached, and as the draft would have reached them."""

    number: str
    recorded: tuple[str, ...]
    drafted: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return self.recorded == self.drafted


def save_draft(
    system: str,
    key: str,
    bpmn: str,
    dmn: Mapping[str, str],
    account: Any,
    note: str = "",
    draft: ProcedureVersion | None = None,
) -> ProcedureVersion:
    """Keeps a drawing as a draft, new or instead of an earlier one. Refused with the element that is wrong."""
    check_may_draw(system, key, account)
    tables = dict(dmn)
    try:
        checked(registry.system(system), bpmn, tables)
    except DrawingRefused as error:
        raise Refused(error.code, str(error), field="bpmn", value=error.element) from error
    with transaction.atomic():
        if draft is not None:
            draft = ProcedureVersion.objects.select_for_update().get(pk=draft.pk)
        if draft is None:
            draft = ProcedureVersion(system=system, key=key, number=next_number(system, key), made_by=account)
        elif draft.state != VersionState.DRAFT or (draft.system, draft.key) != (system, key):
            raise Refused("not_draft", _("只能修改本流程的草稿"), field="draft", value=draft.number)
        draft.bpmn, draft.dmn, draft.note, draft.digest = bpmn, tables, note[:300], digest_of(bpmn, tables)
        draft.save()
    forget_drawing(draft.pk)
    return draft


@transaction.atomic
def publish_version(draft: ProcedureVersion, account: Any) -> ProcedureVersion:
    """New cases take it from now on; running ones keep theirs."""
    check_may_draw(draft.system, draft.key, account)
    row = ProcedureVersion.objects.select_for_update().get(pk=draft.pk)
    if row.state != VersionState.DRAFT:
        raise Refused("not_draft", _("该版本不是草稿"), field="draft", value=row.number)
    newest = next_number(row.system, row.key)
    if row.number != newest - 1:
        row.number = newest  # something was published while this was drawn: the last to be published counts
    row.state, row.published_at, row.published_by = VersionState.PUBLISHED, now(), account
    row.save(update_fields=["state", "number", "published_at", "published_by"])
    return row


def try_draft(draft: ProcedureVersion, cases: Iterable[Case] | None = None) -> list[Trial]:
    """Plays what was decided in past cases (the newest that have closed, by default) through a draft.

    Nothing is written. Read `Trial.is_same` and both paths.
    """
    drawing = drawing_of(draft.pk)
    if cases is None:
        cases = Case.objects.filter(system=draft.system, procedure=draft.key, state="closed").order_by("-pk")[
            :TRIED
        ]
    return [_trial(drawing, case) for case in list(cases)[:TRIED]]


def migrate_cases(
    version_from: ProcedureVersion, version_to: ProcedureVersion, cases: Iterable[Case], account: Any,
    *, refits_tasks: bool = False,
) -> dict[str, str]:  # fmt: skip
    """Carries running cases over to another published version of their procedure, each by itself.

    Returns by number of the case: empty when it was carried over, else why not. What waits must be drawn under the
    same id; its task stays as it is, with the post and the limits it had, unless
    `refits_tasks`: then what the new drawing says otherwise of its post, unit, limit, stage or form holds for it too, the
    limit from when the task began; a task whose post or unit changes is free to be claimed there.
    """
    check_may_draw(version_from.system, version_from.key, account)
    if (version_from.system, version_from.key) != (version_to.system, version_to.key):
        raise Refused("other_procedure", _("不是同一流程的版本"), field="version", value=version_to.number)
    if version_to.state != VersionState.PUBLISHED:
        raise Refused("not_published", _("只能迁移到已发布的版本"), field="version", value=version_to.number)
    told = {}
    for case in cases:
        try:
            _migrate(case, version_from, version_to, account, refits_tasks)
            told[case.number] = ""
        except (Refused, engine.NoWay) as error:
            told[case.number] = str(error)
    return told


def check_may_draw(system: str, key: str, account: Any) -> None:
    """Raises Refused unless the account leads the procedure over the whole district, or operates the platform."""
    leads = full_roles(system, procedure_of(system, key).leads)
    if account is None or may(account, OPERATOR):
        return
    if not any(post.role in leads and post.is_whole for post in posts_of(account)):
        raise Refused("not_lead", _("您没有修改此流程的职责"), field="procedure", value=key)


def _migrate(
    case: Case, version_from: ProcedureVersion, version_to: ProcedureVersion, account: Any, refits_tasks: bool
) -> None:
    with acting(case, account) as changes:
        row = changes.case
        if row.version_id != version_from.pk:
            raise Refused("other_version", _("办件不在所选版本"), field="case", value=row.number)
        if not row.is_running:
            raise Refused("not_open", _("办件已结束"), field="case", value=row.number)
        old, new = drawing_of(version_from.pk), drawing_of(version_to.pk)
        state = engine.transplanted(old, row.workflow, new)
        kept = _fit_tasks(changes, new, state)
        changes.set(workflow=state, version=version_to)
        if refits_tasks:
            for task in kept:
                _refit(changes, old, new, task)
        before, after = {"version": version_from.number}, {"version": version_to.number}
        changes.note(Act.MIGRATE, before=before, after=after)


def _fit_tasks(changes: Changes, drawing: Drawing, state: str) -> list[Task]:
    """Rows for what waits in the new drawing; those that stay."""
    waiting = dict(engine.ready(drawing, state))
    rows = [row for row in changes.rows if row.parent_id is None]
    end_tasks([row for row in rows if row.node not in waiting], "migrated")
    known = {row.node for row in rows}
    begin_tasks(changes, drawing, [(node, key) for node, key in waiting.items() if node not in known])
    return [row for row in rows if row.node in waiting]


def _refit(changes: Changes, old: Drawing, new: Drawing, task: Task) -> None:
    """The task as the new drawing has it, in what the two drawings say differently; its helpers stay."""
    was, step = old.steps[task.key], new.steps[task.key]
    case, altered = changes.case, []
    before = {"role": task.role, "organisation": task.organisation_id, "due_at": _printed(task.due_at)}
    if (was.role, was.unit) != (step.role, step.unit):
        task.role = registry.system(case.system).full_role(step.role)
        task.organisation_id = unit_of(case, step.unit, new.units)
        if task.state == TaskState.CLAIMED:
            task.state, task.claimed_by, task.claimed_at = TaskState.READY, None, None
        altered += ["role", "organisation", "state", "claimed_by", "claimed_at"]
        changes.see(keys_of_task(task.role, task.organisation_id))
    if (was.limit, was.warn) != (step.limit, step.warn):
        task.limit_kind = str(step.limit.kind) if step.limit else ""
        task.limit_amount = step.limit.amount if step.limit else None
        task.warn_share = step.warn
        set_times(task, task.opened_at, changes.spans, step.warn)
        task.light = light_at(task, changes.at)
        altered += ["limit_kind", "limit_amount", "warn_share", "due_at", "warn_at", "late_at", "light"]
    if (was.name, was.stage, was.form) != (step.name, step.stage, step.form):
        task.name, task.stage, task.form_key = step.name, step.stage, step.form
        altered += ["name", "stage", "form_key"]
        changes.set(stage=step.stage)
    if altered:
        changes.altered.append((task, tuple(altered)))
        after = {"role": task.role, "organisation": task.organisation_id, "due_at": _printed(task.due_at)}
        changes.note(Act.MIGRATE, task=task, before=before, after=after)


def _printed(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _trial(drawing: Drawing, case: Case) -> Trial:
    entries = list(Entry.objects.filter(case=case, act__in=("open", "reach", "complete", "return", "close")))
    form: dict[str, Any] = next(
        (entry.after.get("form", {}) for entry in entries if entry.act == Act.OPEN), {}
    )
    keys = dict(Task.objects.filter(case=case).values_list("pk", "key"))
    helpers = set(Task.objects.filter(case=case, parent__isnull=False).values_list("pk", flat=True))
    recorded = [
        "end" if entry.act == Act.CLOSE else entry.after["key"]
        for entry in entries
        if entry.act == Act.CLOSE or (entry.act == Act.REACH and entry.task_id not in helpers)
    ]
    acts = [
        (str(entry.act), keys[entry.task_id], entry.after.get("form", {}))
        for entry in entries
        if entry.act in (Act.COMPLETE, Act.RETURN) and entry.task_id in keys and entry.task_id not in helpers
    ]
    return Trial(case.number, tuple(recorded), tuple(engine.replayed(drawing, form, acts)))
