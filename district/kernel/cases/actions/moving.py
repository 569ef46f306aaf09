"""What every act shares: the lock of the case, its timeline, and the step from one state of the procedure to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel import registry
from district.kernel.cases.contract import CaseClosed, CaseStageChanged, StepAsks, TaskReady
from district.kernel.cases.engine import Move
from district.kernel.cases.engine_drawing import Drawing, Step, limit_of
from district.kernel.cases.models import (
    Act,
    AlarmCase,
    Case,
    CaseState,
    Entry,
    Feedback,
    Task,
    TaskState,
)  # fmt: skip
from district.kernel.cases.posts import keys_of_task, unit_key
from district.kernel.cases.procedure_versions import drawing_of
from district.kernel.cases.queries import may_lead, may_see
from district.kernel.cases.refused import Refused
from district.kernel.cases.statements import alteration, columns, fresh_keys, insertion, keyed, sent, taken
from district.kernel.cases.timing import set_times
from district.kernel.clock import now
from district.kernel.events import publish
from district.kernel.people.models import Organisation
from district.kernel.vocabulary import Event

Spans = list[tuple[datetime, datetime | None]]

SEALED = ("reporter_name", "reporter_phone", "text")
"""Fields of a case that no step needs."""
KEYS_TAKEN = 1
"""Most steps lead to one other; a key that is not used is lost, which costs nothing."""
HELD = f"SELECT {columns(Case, SEALED)} FROM cases_case WHERE id = %s FOR UPDATE"  # noqa: S608 - our own columns
WAITING = f"""
    SELECT {columns(Task)} FROM cases_task WHERE case_id = %s AND state IN ('ready', 'claimed', 'waiting') ORDER BY id
"""  # noqa: S608 - as above


@dataclass
class Changes:
    """What an act is about to write about one case, and to tell.

    `rows` are the open tasks as they were when the act began, `spans` the suspensions, `rounds` how often each step
    has been reached; `has_merged`: other cases are merged into this one. `altered` are rows of tasks with the names
    of the fields that have changed. `task_keys` are keys taken beforehand for new tasks, so that all is written at once.
    """

    case: Case
    account: Any
    at: datetime = field(default_factory=now)
    rows: list[Task] = field(default_factory=list)
    spans: Spans = field(default_factory=list)
    has_merged: bool = False
    task_keys: list[int] = field(default_factory=list)
    rounds: dict[str, int] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    altered: list[tuple[Task, tuple[str, ...]]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)

    def note(self, act: Act, *, task: Task | None = None, note: str = "", before: dict[str, Any] | None = None,
             after: dict[str, Any] | None = None, organisation_id: int | None = None) -> None:  # fmt: skip
        """An entry of the timeline; the account's own unit unless another is named."""
        unit = organisation_id or getattr(self.account, "organisation_id", None)
        self.entries.append(Entry(
            case=self.case, at=self.at, act=act, task=task, account=self.account, organisation_id=unit,
            note=note[:1000], before=before or {}, after=after or {},
        ))  # fmt: skip

    def set(self, **values: Any) -> None:
        """Fields of the case to be written."""
        for name, value in values.items():
            setattr(self.case, name, value)
            self.fields.add(name)

    def see(self, keys: Iterable[str]) -> None:
        """Whoever has these keys sees the case from now on."""
        missing = [key for key in keys if key not in self.case.seen_by]
        if missing:
            self.set(seen_by=[*self.case.seen_by, *dict.fromkeys(missing)])


def locked(case: Case | int) -> Case:
    """The case as it is now, held until the transaction ends. Every act takes this lock first."""
    return Case.objects.select_for_update().get(pk=getattr(case, "pk", case))


def begun(case: Case | int, account: Any) -> Changes:
    """Locks the case and reads what an act needs to know of it, in one round trip."""
    key = case if isinstance(case, int) else case.pk
    found, rows, spans, merged, rounds, keys = sent(
        (HELD, [key]),
        (WAITING, [key]),
        ("SELECT from_at, until_at FROM cases_suspension WHERE case_id = %s ORDER BY from_at", [key]),
        ("SELECT EXISTS (SELECT FROM cases_case WHERE merged_into_id = %s)", [key]),
        (
            "SELECT key, max(round) FROM cases_task WHERE case_id = %s AND parent_id IS NULL GROUP BY key",
            [key],
        ),
        fresh_keys(Task, KEYS_TAKEN),
    )
    if not found:
        raise Case.DoesNotExist(f"no case {key}")
    held = taken(Case, found[0], SEALED)
    tasks = [taken(Task, row) for row in rows]
    for task in tasks:
        task.case = held
    return Changes(held, account, rows=tasks, spans=list(spans), has_merged=merged[0][0],
                   task_keys=[number for (number,) in keys], rounds=dict(rounds))  # fmt: skip


def check_running(case: Case) -> None:
    """Raises Refused unless the case is open and its clocks run."""
    if case.state == CaseState.SUSPENDED:
        raise Refused("suspended", _("办件已挂起，请先恢复"), field="case", value=case.number)
    if case.state != CaseState.OPEN:
        text = _("办件%(state)s，不能再办理") % {"state": case.get_state_display()}
        raise Refused("not_open", text, field="case", value=case.number)


def moved(changes: Changes, drawing: Drawing, move: Move, open_tasks: list[Task], ended: str = "") -> None:
    """Takes the case to the state after `move`: rows of tasks that no longer wait end, new ones begin, the last closes.

    `open_tasks` are the open rows that are not done by this act; `ended` says why those end that must.
    """
    case = changes.case
    changes.set(workflow=move.state)
    _take_decisions(changes, drawing, move)
    waiting = dict(move.ready)
    gone = [row for row in open_tasks if row.node not in waiting and row.parent_id is None]
    end_tasks([*gone, *_helpers_of(gone, open_tasks)], ended or "closed")
    known = {row.node for row in open_tasks if row.parent_id is None}
    begin_tasks(changes, drawing, [(node, key) for node, key in move.ready if node not in known])
    if move.is_finished:
        close(changes, str(case.form.get("outcome") or ""))


def _take_decisions(changes: Changes, drawing: Drawing, move: Move) -> None:
    """What decision tables have written: into the form; `limit` and `organisation` are the case's own."""
    case = changes.case
    if move.written:
        changes.set(form=case.form | move.written)
    if isinstance(move.written.get("organisation"), str):
        assign(changes, move.written["organisation"])
    limit = drawing.limit if not case.limit_kind else None
    if isinstance(move.written.get("limit"), str):
        limit = limit_of(move.written["limit"])
    if limit is not None and (limit.kind, limit.amount) != (case.limit_kind, case.limit_amount):
        changes.set(limit_kind=str(limit.kind), limit_amount=limit.amount)
        set_times(case, case.opened_at, changes.spans)
        changes.fields |= {"due_at", "warn_at", "late_at"}


def assign(changes: Changes, code: str) -> None:
    """Makes the unit of that code responsible. Refused `no_organisation` when there is none."""
    unit = Organisation.objects.filter(code=code).first()
    if unit is None:
        raise Refused(
            "no_organisation",
            _("没有代码为 %(code)s 的单位") % {"code": code},
            field="organisation",
            value=code,
        )
    case = changes.case
    if unit.pk == case.organisation_id:
        return
    before = case.organisation.name if case.organisation_id and case.organisation else ""
    changes.set(organisation=unit)
    changes.see([unit_key(case.system, unit.pk)])
    if case.pk:
        changes.note(Act.ROUTE, before={"organisation": before}, after={"organisation": unit.name})


def begin_tasks(changes: Changes, drawing: Drawing, steps: list[tuple[int, str]]) -> None:
    """New rows for steps that now wait; the case takes the stage of the last."""
    for node, key in steps:
        step = drawing.steps[key]
        changes.tasks.append(_task(changes, drawing, step, node))
        if step.stage != changes.case.stage:
            _enter_stage(changes, step.stage)


def _task(changes: Changes, drawing: Drawing, step: Step, node: int) -> Task:
    case = changes.case
    role = registry.system(case.system).full_role(step.role)
    unit = unit_of(case, step.unit, drawing.units)
    limit = step.limit
    rounds = changes.rounds.get(step.key, 0) + 1
    task = Task(
        case=case, round=rounds, name=step.name, key=step.key, node=node, stage=step.stage, role=role, organisation_id=unit,
        form_key=step.form, limit_kind=str(limit.kind) if limit else "", limit_amount=limit.amount if limit else None,
        warn_share=step.warn, opened_at=changes.at,
    )  # fmt: skip
    if limit:
        set_times(task, changes.at, changes.spans, step.warn)
    changes.see(keys_of_task(role, unit))
    return task


def _enter_stage(changes: Changes, stage: str) -> None:
    case = changes.case
    if case.pk:
        changes.events.append(
            CaseStageChanged(case.pk, case.number, case.system, case.procedure, case.stage, stage)
        )
    changes.set(stage=stage)


def unit_of(case: Case, rule: str, known: dict[str, int]) -> int | None:
    """The unit that a step is for; without one the lead of the system, and None when that is not known either.

    `known` keeps the units that do not depend on the case.
    """
    found: int | None = None
    if rule in ("responsible", ""):
        found = case.organisation_id
    elif rule == "opener":
        found = case.opened_by.organisation_id if case.opened_by_id and case.opened_by else None
    elif rule == "reporter_town":
        towns = Organisation.objects.filter(division_code=case.division_code[:9] or None).exclude(
            kind="village"
        )
        found = towns.order_by("order", "pk").values_list("pk", flat=True).first()
    elif rule != "lead":
        found = _known(known, rule, {"code": rule})
    return found or _known(known, "lead", {"name": registry.system(case.system).lead})


def _known(known: dict[str, int], rule: str, where: dict[str, str]) -> int | None:
    if rule not in known:
        found = Organisation.objects.filter(**where).order_by("pk").values_list("pk", flat=True).first()
        if found is None:
            return None
        known[rule] = found
    return known[rule]


def end_tasks(rows: Iterable[Task], why: str) -> None:
    """Open rows that end without having been done."""
    ended = [row.pk for row in rows]
    if ended:
        Task.objects.filter(pk__in=ended).update(state=TaskState.CANCELLED, ended=why)


def _helpers_of(rows: list[Task], open_tasks: list[Task]) -> list[Task]:
    leads = {row.pk for row in rows}
    return [row for row in open_tasks if row.parent_id in leads]


def close(changes: Changes, outcome: str, state: str = "closed") -> None:
    """Ends the case; those merged into it are answered with it."""
    case = changes.case
    changes.set(state=state, closed_at=changes.at, outcome=outcome[:300])
    act = Act.CLOSE if state == CaseState.CLOSED else Act.CANCEL
    changes.note(act, note=outcome, after={"state": state})
    changes.events.append(closed_event(case, changes.at))
    if case.channel == "alarm":
        AlarmCase.objects.filter(case=case, is_running=True).update(is_running=False)
    if changes.has_merged:
        _answer_merged(changes, case, outcome)


def closed_event(case: Case, at: datetime, answered_by: str = "") -> CaseClosed:
    is_on_time = case.late_at is None or at < case.late_at
    is_cancelled = case.state == CaseState.CANCELLED
    return CaseClosed(case.pk, case.number, case.system, case.procedure, case.outcome, is_on_time, is_cancelled,
                      answered_by, at)  # fmt: skip


def _answer_merged(changes: Changes, main: Case, outcome: str) -> None:
    """Each reporter of a merged case gets the answer of the case that stands for it."""
    for merged in (
        Case.objects.select_for_update().filter(merged_into=main, closed_at__isnull=True).order_by("pk")
    ):
        merged.closed_at, merged.outcome = changes.at, outcome[:300]
        merged.save(update_fields=["closed_at", "outcome"])
        text = _("您反映的事项与 %(number)s 一并办理，已办结。%(outcome)s")
        told = text % {"number": changes.case.number, "outcome": outcome}
        Feedback.objects.create(case=merged, at=changes.at, by=changes.account, text=told, is_automatic=True)
        changes.entries += [
            Entry(case=merged, at=changes.at, act=act, account=changes.account, note=told[:1000],
                  after={"answered_by": changes.case.number})
            for act in (Act.FEEDBACK, Act.CLOSE)
        ]  # fmt: skip
        changes.events.append(closed_event(merged, changes.at, answered_by=changes.case.number))
        _answer_merged(changes, merged, outcome)


@contextmanager
def acting(case: Case | int, account: Any) -> Iterator[Changes]:
    """One act on a case: its lock, what the block changes, then everything is written and told, or nothing is."""
    with transaction.atomic():
        changes = begun(case, account)
        yield changes
        write(changes)
        for event in changes.events:
            publish(event)


def check_lead(case: Case, account: Any) -> None:
    """Raises Refused unless the account leads cases of this procedure; None is the platform itself."""
    if account is not None and not may_lead(account, case):
        raise Refused("not_lead", _("您没有管理此办件的职责"), field="case", value=case.number)


def check_sees(case: Case, account: Any) -> None:
    """Raises Refused unless the account sees the case."""
    if account is not None and not may_see(account, case):
        raise Refused("not_seen", _("此办件不在您的职责范围内"), field="case", value=case.number)


def checked_reason(reason: str) -> str:
    """Raises Refused for an empty one."""
    if not reason.strip():
        raise Refused("reason_missing", _("请填写原因"), field="reason", value=reason)
    return reason.strip()


def write(changes: Changes) -> None:
    """Writes tasks, timeline and case in one round trip."""
    lacking = len(changes.tasks) - len(changes.task_keys)
    if lacking > 0:
        changes.task_keys += [number for (number,) in sent(fresh_keys(Task, lacking))[0]]
    for task in changes.tasks:
        keyed(task, changes.task_keys.pop(0))
        reached(changes, task)
    statements = [alteration(row, names) for row, names in changes.altered]
    if changes.tasks:
        statements.append(insertion(changes.tasks, is_keyed=True))
    if changes.entries:
        statements.append(insertion(changes.entries))
    if changes.fields:
        statements.append(alteration(changes.case, changes.fields))
    if statements:
        sent(*statements)


def reached(changes: Changes, task: Task) -> None:
    """The entry and the event of a task that has just been inserted."""
    case = changes.case
    after = {"key": task.key, "stage": task.stage, "role": task.role, "organisation": task.organisation_id}
    changes.note(Act.REACH, task=task, after=after, organisation_id=task.organisation_id)
    changes.events.append(
        TaskReady(
            case.pk,
            task.pk,
            case.system,
            case.procedure,
            task.key,
            task.role,
            task.organisation_id,
            task.due_at,
        )
    )
    if task.parent_id is None and drawing_for(case).steps[task.key].asks is not None:
        changes.events.append(StepAsks(case.pk, task.pk))


def drawing_for(case: Case) -> Drawing:
    return drawing_of(case.version_id)
