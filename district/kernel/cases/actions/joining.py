"""How cases belong together: links, duplicates merged and taken apart again, cases asked of other departments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.cases.actions.moving import (
    Changes,
    acting,
    check_lead,
    check_running,
    check_sees,
    checked_reason,
    drawing_for,
    end_tasks,
    locked,
)  # fmt: skip
from district.kernel.cases.actions.opening import NewCase, open_cases
from district.kernel.cases.actions.steps import advance, check_turn, open_task
from district.kernel.cases.contract import CaseMerged, CaseUnmerged
from district.kernel.cases.models import Act, Case, CaseLink, CaseState, Entry, LinkKind, Task, TaskState
from district.kernel.cases.queries import main_of, may_act, may_lead
from district.kernel.cases.refused import Refused
from district.kernel.cases.timing import light_at, set_times, spans_of
from district.kernel.people.models import Organisation


def link(source: Case, target: Case, kind: str, account: Any = None, note: str = "") -> CaseLink:
    """Says that two cases belong together; once. Both must be seen."""
    with acting(source, account) as changes:
        check_sees(changes.case, account)
        check_sees(target, account)
        _check_different(source, target)
        if kind not in (LinkKind.DUPLICATE, LinkKind.RELATED):
            raise Refused("kind", _("关联须为重复或相关"), field="kind", value=kind)
        made, is_new = CaseLink.objects.get_or_create(
            source=source,
            target=target,
            kind=kind,
            defaults={"by": account, "note": note[:300], "at": changes.at},
        )
        if is_new:
            changes.note(Act.LINK, note=note, after={"kind": kind, "number": target.number})
            _entry(changes, target, Act.LINK, note, {"kind": kind, "number": source.number})
    return made


@transaction.atomic
def merge(duplicate: Case, into: Case, account: Any, reason: str) -> Case:
    """`into`, or the case that answers for it, answers for `duplicate` too from now on.

    The duplicate's tasks end and its clocks stop counting; its reporter is told when the main case closes. By leads,
    or who has an open task of the duplicate; both must be seen.
    """
    reason = checked_reason(reason)
    into = main_of(Case.objects.get(pk=into.pk))
    _check_different(duplicate, into)
    for pk in sorted((duplicate.pk, into.pk)):  # in one order, so that two mergers never wait for each other
        locked(pk)
    main = locked(into)
    if main.merged_into_id is not None:
        raise Refused("merged", _("目标办件刚刚并入其他办件，请重试"), field="into", value=main.number)
    with acting(duplicate, account) as changes:
        case = changes.case
        rows = changes.rows
        _check_may_merge(case, rows, account)
        check_sees(main, account)
        if not case.is_running:
            raise Refused("not_open", _("只有在办的办件可以并案"), field="case", value=case.number)
        if not main.is_running:
            raise Refused("main_ended", _("目标办件已结束，不能并入"), field="into", value=main.number)
        end_tasks(rows, "merged")
        before = {"state": case.state, "tasks": [row.pk for row in rows], "claimed": _claimed(rows)}
        changes.set(state=CaseState.MERGED, merged_into=main)
        CaseLink.objects.get_or_create(
            source=case, target=main, kind=LinkKind.DUPLICATE, defaults={"by": account, "note": reason[:300]}
        )
        changes.note(Act.MERGE, note=reason, before=before, after={"number": main.number})
        _entry(changes, main, Act.MERGE, reason, {"merged": case.number})
        changes.events.append(CaseMerged(case.pk, case.number, main.pk, main.number, case.system))
    return case


def unmerge(case: Case, account: Any, reason: str = "") -> Case:
    """Takes a merged case out again: its tasks wait as they did before, its clocks never stopped meanwhile.

    One that has been answered with the main case stays merged. By leads who see it.
    """
    with acting(case, account) as changes:
        case = changes.case
        check_lead(case, account)
        if case.state != CaseState.MERGED or case.merged_into is None:
            raise Refused("not_merged", _("该办件没有并案"), field="case", value=case.number)
        if case.closed_at is not None:
            raise Refused("answered", _("该办件已随主办件答复，不能再拆分"), field="case", value=case.number)
        main = case.merged_into
        entry = Entry.objects.filter(case=case, act=Act.MERGE, before__has_key="tasks").order_by("pk").last()
        before: dict[str, Any] = entry.before if entry else {}
        changes.set(state=before.get("state", CaseState.OPEN), merged_into=None)
        _wake_tasks(changes, before)
        CaseLink.objects.filter(source=case, target=main, kind=LinkKind.DUPLICATE).delete()
        changes.note(Act.UNMERGE, note=reason, before={"number": main.number})
        _entry(changes, main, Act.UNMERGE, reason, {"unmerged": case.number})
        changes.events.append(CaseUnmerged(case.pk, case.number, main.pk, main.number, case.system))
    return case


def ask(
    task: Task,
    account: Any,
    *,
    system: str,
    procedure: str,
    title: str,
    text: str = "",
    organisation: Organisation | None = None,
    form: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Case:
    """Opens a case in another department, and the task waits until that case has ended.

    The asked case has the place and the subject of the asking one; its number and outcome come back into
    `form["answers"]`. By who may do the task.
    """
    with acting(task.case_id, account) as changes:
        check_running(changes.case)
        row = open_task(changes.rows, task)
        check_turn(row, account)
        if row.parent_id is not None:
            raise Refused("helper", _("协办任务不能再发起协办件"), field="task", value=row.name)
        return _asked(changes, row, system, procedure, title, text or reason, organisation, dict(form or {}))


def ask_for_step(task: Task, system: str, procedure: str, organisation: Organisation | None) -> Case:
    """What a receive task of a drawing does by itself as soon as it is reached; once for each task."""
    with acting(task.case_id, None) as changes:
        row = open_task(changes.rows, task)
        known = CaseLink.objects.filter(task=row, kind=LinkKind.ASKED).select_related("target").first()
        if known is not None:
            return known.target
        case = changes.case
        return _asked(changes, row, system, procedure, case.title, case.text, organisation, {})


def take_answer(asked: Case) -> None:
    """A case that was asked for has ended: whoever waits for it goes on. A second call changes nothing."""
    for found in CaseLink.objects.filter(target=asked, kind=LinkKind.ASKED, answered_at__isnull=True):
        with acting(found.source_id, None) as changes:
            known = CaseLink.objects.select_for_update().get(pk=found.pk)
            if known.answered_at is None:
                known.answered_at = changes.at
                known.save(update_fields=["answered_at"])
                _answered(changes, known, asked)


def _asked(changes: Changes, row: Task, system: str, procedure: str, title: str, text: str,
           organisation: Organisation | None, form: dict[str, Any]) -> Case:  # fmt: skip
    case = changes.case
    place = {name: getattr(case, name) for name in ("lon", "lat", "address", "cell_code", "division_code")}
    number = CaseLink.objects.filter(task=row, kind=LinkKind.ASKED).count() + 1
    new = NewCase(
        system, procedure, f"asked:{row.pk}:{row.round}:{number}", title or case.title, "department", text, place=place,
        form=form, organisation=organisation, is_confidential=case.is_confidential, is_simulated=case.is_simulated,
    )  # fmt: skip
    asked = open_cases([new], account=changes.account)[0]
    CaseLink.objects.create(
        source=case, target=asked, kind=LinkKind.ASKED, task=row, by=changes.account, at=changes.at
    )
    Task.objects.filter(pk=row.pk).update(state=TaskState.WAITING)
    changes.note(Act.ASK, task=row, note=title, after={"number": asked.number, "system": system})
    return asked


def _answered(changes: Changes, found: CaseLink, asked: Case) -> None:
    case = changes.case
    answer = {
        "number": asked.number,
        "outcome": asked.outcome,
        "is_cancelled": asked.state == CaseState.CANCELLED,
    }
    changes.set(form=case.form | {"answers": [*case.form.get("answers", []), answer]})
    row = Task.objects.filter(pk=found.task_id).first()
    changes.note(Act.ANSWER, task=row, note=asked.outcome, after=answer)
    if row is None or row.state != TaskState.WAITING:
        return
    if CaseLink.objects.filter(task=row, kind=LinkKind.ASKED, answered_at__isnull=True).exists():
        return
    row.state = TaskState.CLAIMED if row.claimed_by_id else TaskState.READY
    row.save(update_fields=["state"])
    step = drawing_for(case).steps.get(row.key)
    if step is not None and step.asks is not None and case.state == CaseState.OPEN:
        others = [each for each in changes.rows if each.pk != row.pk]
        Task.objects.filter(pk=row.pk).update(state=TaskState.DONE, done_at=changes.at, form=answer)
        changes.note(Act.COMPLETE, task=row, after={"key": row.key, "form": answer, "part": row.part})
        advance(changes, row, others, answer)


def _wake_tasks(changes: Changes, before: dict[str, Any]) -> None:
    spans = spans_of(changes.case)
    claimed: dict[str, str] = before.get("claimed", {})
    for row in Task.objects.filter(case=changes.case, pk__in=before.get("tasks", []), ended="merged"):
        row.state, row.ended = claimed.get(str(row.pk), TaskState.READY), ""
        if row.limit_kind:
            set_times(row, row.opened_at, spans, row.warn_share)
            row.light = light_at(row, changes.at) if row.light == "green" else row.light
        row.save(update_fields=["state", "ended", "due_at", "warn_at", "late_at", "light"])


def _claimed(rows: list[Task]) -> dict[str, str]:
    return {str(row.pk): str(row.state) for row in rows}


def _check_may_merge(case: Case, rows: list[Task], account: Any) -> None:
    check_sees(case, account)
    if account is None or may_lead(account, case) or any(may_act(account, row) for row in rows):
        return
    raise Refused("not_post", _("您没有此办件的在办任务"), field="case", value=case.number)


def _check_different(one: Case, other: Case) -> None:
    if one.pk == other.pk:
        raise Refused("same_case", _("不能与自身关联或并案"), field="case", value=one.number)


def _entry(changes: Changes, case: Case, act: Act, note: str, after: dict[str, Any]) -> None:
    unit = getattr(changes.account, "organisation_id", None)
    changes.entries.append(Entry(case=case, at=changes.at, act=act, account=changes.account, organisation_id=unit,
                                 note=note[:1000], after=after))  # fmt: skip
