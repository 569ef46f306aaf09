"""What the page of a case shows, put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from district.kernel.cases.actions.opening import FILES_OF
from district.kernel.cases.models import Case, CaseLink, Entry, Task
from district.kernel.cases.pages.acts import CASE_ACTS, TASK_ACTS, ActPage, Sight
from district.kernel.cases.pages.step_form import StepForm
from district.kernel.cases.pages.words import (
    PART_WORDS,
    STATE_COLOURS,
    TASK_COLOURS,
    channel_name,
    light,
    limit_words,
    procedure_name,
    role_name,
    time_left,
    unit_name,
    unit_names,
)
from district.kernel.cases.procedure_forms import form_of, forms_of
from district.kernel.cases.procedure_versions import drawing_of
from district.kernel.cases.queries import cases_visible_to, may_see
from district.kernel.clock import now
from district.kernel.files.models import FileLink
from district.kernel.people import masking
from district.kernel.people.models import Organisation
from district.kernel.places.queries import division_at
from district.kernel.ui.form import PageForm
from district.kernel.ui.languages import is_english
from district.kernel.ui.map import Layer, Map

ENTRY_ICONS = {
    "open": "folder-plus", "reach": "arrow-right", "claim": "hand-grab", "complete": "check", "return": "arrow-back-up",
    "hand_over": "arrows-exchange", "invite": "users-plus", "ask": "message-2-share", "answer": "message-reply",
    "suspend": "player-pause", "resume": "player-play", "ask_extension": "clock-plus", "grant_extension": "clock-check",
    "deny_extension": "clock-x", "supervise": "eye-exclamation", "answer_supervision": "message-reply",
    "feedback": "send", "call_back": "phone-call", "evaluate": "star", "link": "link", "merge": "git-merge",
    "unmerge": "git-branch", "confide": "lock", "disclose": "lock-open", "warn": "alert-triangle",
    "overdue": "alert-octagon", "route": "route", "migrate": "versions", "close": "circle-check", "cancel": "ban",
}  # fmt: skip
ENTRIES_SHOWN = 300
UNIT = "organisation"
"""What a step has to call the unit that it makes responsible."""


@dataclass
class Button:
    """An act the reader may do, with its form; `is_open` when the form has just been sent and was not right."""

    act: ActPage
    form: PageForm
    task: Task | None
    is_open: bool


@dataclass
class OpenTask:
    """An open task as the page shows it; `form` when the reader may do it now."""

    task: Task
    post: str
    unit: str
    part: str
    limit: str
    left: str
    form: PageForm | None
    buttons: list[Button]
    page_url: str = ""


def context(
    sight: Sight, faulty: tuple[ActPage, Task | None, forms.Form] | None, step: tuple[Task, StepForm] | None
) -> dict[str, Any]:
    case, at = sight.case, now()
    return {
        "case": case, "facts": facts(case), "light": light(case.light), "left": time_left(case.due_at, at),
        "state_colour": STATE_COLOURS[case.state], "task_colours": TASK_COLOURS, "is_hand": sight.is_hand,
        "masked_name": masking.person_name(case.reporter_name), "masked_phone": masking.phone(case.reporter_phone),
        "tasks": [_open_task(sight, task, faulty, step) for task in sight.open_tasks],
        "buttons": [_button(sight, act, None, faulty) for act in CASE_ACTS if act.shown(sight, None)],
        "answers": answers(case), "files": files_of(case), "timeline": timeline(case), "icons": ENTRY_ICONS,
        "links": links(sight), "merged": list(case.merged_cases.only("pk", "number", "title", "closed_at")),
        "main": case.merged_into if case.merged_into and may_see(sight.account, case.merged_into) else None,
        "is_lead": sight.is_lead, "map": place_map(case), "extension": sight.asked_extension,
        "supervisions": case.supervisions.select_related("by", "answered_by"),
        "call_backs": case.call_backs.select_related("by"), "evaluations": case.evaluations.select_related("by"),
        "feedbacks": case.feedbacks.select_related("by"), "suspensions": list(case.suspensions.all()),
        "extensions": list(case.extensions.all()), "limit": limit_words(case.limit_kind, case.limit_amount),
        "procedure_url": f"{reverse('cases:procedure', args=[case.system, case.procedure])}?case={case.number}",
    }  # fmt: skip


def facts(case: Case) -> list[tuple[Any, Any]]:
    """Label and value, those without a value left out."""
    listed = (
        (_("事项"), procedure_name(case.system, case.procedure)), (_("类别"), case.kind),
        (_("分类"), case.form.get("classification_name") or case.classification), (_("来源"), channel_name(case.channel)),
        (_("责任单位"), unit_name(case.organisation)), (_("阶段"), case.stage), (_("地点"), case.address),
        (_("网格"), case.cell_code), (_("区划"), _division(case)),
        (_("登记人"), case.opened_by.name if case.opened_by else ""), (_("办理结果"), case.outcome),
    )  # fmt: skip
    return [(label, value) for label, value in listed if value]


def _division(case: Case) -> str:
    if case.lon is None or case.lat is None:
        return case.division_code
    found = division_at(case.lon, case.lat)
    return found.name if found is not None else case.division_code


def answers(case: Case) -> list[tuple[str, list[tuple[str, str]]]]:
    """What each finished step has filled in, by the questions of its form, the newest last."""
    names = {
        field.key: field for form in forms_of(case.system, case.procedure).values() for field in form.fields
    }
    found = []
    for task in case.tasks.filter(state="done").exclude(form={}).order_by("done_at", "pk"):
        task.case = case
        names |= {field.key: field for field in form_of(task).fields}
        rows = [
            (_label(key, names.get(key)), _answer(key, names.get(key), value))
            for key, value in task.form.items() if not isinstance(value, list | dict) or key not in names
        ]  # fmt: skip
        found.append((task.name, [row for row in rows if row[1]]))
    return [(name, rows) for name, rows in found if rows]


def _label(key: str, field: Any) -> str:
    if field is not None:
        return str((field.en or field.zh) if is_english() else field.zh)
    return _("责任单位") if key == UNIT else key


def _answer(key: str, field: Any, value: Any) -> str:
    if key == UNIT or (field is not None and field.type == "unit"):
        return unit_name(Organisation.objects.filter(code=value).first()) or str(value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if field is not None and field.type == "choice":
        return next((zh for key, zh, _en in field.choices if key == value), str(value))
    return "" if value is None or isinstance(value, list | dict) else str(value)


def files_of(case: Case) -> list[FileLink]:
    return list(
        FileLink.objects.filter(subject_kind=FILES_OF, subject=case.number).select_related("file", "by")
    )


def timeline(case: Case) -> list[tuple[Entry, str]]:
    """Entries from the first on, with what they changed in words."""
    rows = list(case.entries.select_related("account", "organisation", "task")[:ENTRIES_SHOWN])
    units = unit_names() if any("organisation" in {**row.before, **row.after} for row in rows) else {}
    return [(row, _changed(row, units)) for row in rows]


def _changed(entry: Entry, units: dict[int, str]) -> str:
    if entry.act in ("open", "complete"):
        return entry.task.name if entry.task else ""
    after = dict(entry.after)
    if entry.act == "reach":
        unit = units.get(after.get("organisation"), "") if isinstance(after.get("organisation"), int) else ""
        return " · ".join(
            filter(None, (entry.task.name if entry.task else "", role_name(after.get("role", "")), unit))
        )
    said = []
    for name in ("organisation", "step", "version", "due_at", "number", "answered_by", "into", "from"):
        old, new = entry.before.get(name), after.get(name)
        if name == "organisation":
            old, new = (
                units.get(old, old) if isinstance(old, int) else old,
                units.get(new, new) if isinstance(new, int) else new,
            )
        if old or new:
            said.append(f"{old or '—'} → {new or '—'}" if old else str(new))
    return "；".join(said)


def links(sight: Sight) -> list[tuple[CaseLink, Case, str]]:
    """Linked cases the reader may see, with the kind of the link as seen from here."""
    case = sight.case
    rows = [*CaseLink.objects.filter(source=case), *CaseLink.objects.filter(target=case)]
    others = {row.target_id if row.source_id == case.pk else row.source_id for row in rows}
    seen = {
        each.pk: each
        for each in cases_visible_to(sight.account)
        .filter(pk__in=others)
        .only("pk", "number", "title", "state")
    }
    words = {"related": _("相关"), "duplicate": _("疑似重复")}
    found = []
    for row in rows:
        other = seen.get(row.target_id if row.source_id == case.pk else row.source_id)
        asked = _("已请求协办") if row.source_id == case.pk else _("请求方")
        if other is not None:
            found.append((row, other, words.get(row.kind, asked)))
    return found


def place_map(case: Case) -> Map | None:
    if case.lon is None or case.lat is None:
        return None
    point = {"type": "Point", "coordinates": [case.lon, case.lat]}
    feature = {
        "type": "Feature",
        "id": case.pk,
        "geometry": point,
        "properties": {"name": case.address or case.title},
    }
    layer = Layer(
        "case", _("办件地点"), data={"type": "FeatureCollection", "features": [feature]}, colour="#b3261e"
    )
    return Map("case", layers=[layer], title=_("办件地点"), center=(case.lon, case.lat), zoom=14)


def _open_task(
    sight: Sight,
    task: Task,
    faulty: tuple[ActPage, Task | None, forms.Form] | None,
    step: tuple[Task, StepForm] | None,
) -> OpenTask:
    form, page_url = None, ""
    if sight.is_open and sight.is_mine(task) and task.state != "waiting":
        named = drawing_of(sight.case.version_id).steps[task.key].page if task.parent_id is None else ""
        page_url = _url_of(named)
    if sight.is_open and sight.is_mine(task) and task.state != "waiting" and not page_url:
        inner = step[1] if step and step[0].pk == task.pk else StepForm(form_of(task), prefix=f"t{task.pk}")
        action = reverse("cases:complete", args=[sight.case.number, task.pk])
        form = PageForm(inner, action=action, submit=_("完成“%(name)s”") % {"name": task.name}, columns=2)
    return OpenTask(
        task, role_name(task.role), unit_name(task.organisation), str(PART_WORDS.get(task.part, "")),
        limit_words(task.limit_kind, task.limit_amount), time_left(task.due_at, now()), form,
        [_button(sight, act, task, faulty) for act in TASK_ACTS if act.shown(sight, task)],
        page_url,
    )  # fmt: skip


def _url_of(named: str) -> str:
    """The address of a page by name; empty when a drawing names one there is not."""
    try:
        return reverse(named) if named else ""
    except NoReverseMatch:
        return ""


def _button(
    sight: Sight, act: ActPage, task: Task | None, faulty: tuple[ActPage, Task | None, forms.Form] | None
) -> Button:
    is_open = (
        faulty is not None and faulty[0].key == act.key and (faulty[1] and faulty[1].pk) == (task and task.pk)
    )
    inner = (
        faulty[2]
        if is_open and faulty is not None
        else act.bound(sight, auto_id=f"id-{task.pk if task else 0}-%s")
    )
    action = reverse("cases:act", args=[sight.case.number, act.key])
    return Button(
        act,
        PageForm(inner, action=action, submit=act.label, confirm=act.confirm, danger=act.danger),
        task,
        is_open,
    )
