"""A procedure changed by who leads it: drawn, tried on past cases, published; running cases carried over on purpose."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from district.kernel.cases import actions
from district.kernel.cases.drawing_changes import drawing_changes
from district.kernel.cases.forms import FormRefused, asked_in
from district.kernel.cases.models import Case, ProcedureVersion, VersionState
from district.kernel.cases.pages.procedures import VERSION_COLOURS, may_draw, named, versions_of
from district.kernel.cases.procedure_versions import current, drawing_of
from district.kernel.cases.queries import cases_visible_to
from district.kernel.cases.refused import Refused
from district.kernel.people.access import allow
from district.kernel.ui.chart_data import json_text
from district.kernel.ui.languages import pick
from district.kernel.ui.render import page

TRIED = 200
MIGRATED = 2_000
CHANGE_WORDS = {
    "added": gettext_lazy("新增"),
    "removed": gettext_lazy("删除"),
    "changed": gettext_lazy("修改"),
}
NAME_WORDS = {
    "name": gettext_lazy("名称"), "role": gettext_lazy("岗位"), "unit": gettext_lazy("单位"), "stage": gettext_lazy("阶段"),
    "limit": gettext_lazy("时限"), "warn": gettext_lazy("预警比例"), "form": gettext_lazy("表单"),
    "page": gettext_lazy("办理页面"), "joint": gettext_lazy("协同方式"), "asks": gettext_lazy("协办事项"),
}  # fmt: skip


@allow("staff")
@require_safe
def editor(request: HttpRequest, system: str, key: str) -> HttpResponseBase:
    """`?from=` the version a new draft begins with, the current one by default; `?draft=` a draft to go on with."""
    _check(request, system, key)
    drafted = request.GET.get("draft", "")
    wanted = drafted or request.GET.get("from", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 9:
        base = get_object_or_404(ProcedureVersion, system=system, key=key, number=int(wanted))
    else:
        base = ProcedureVersion.objects.get(pk=current(system, key).pk)
    draft = base if base.state == VersionState.DRAFT else None
    return _shown(request, system, key, base.bpmn, base.dmn, draft)


@allow("staff")
@require_POST
def save(request: HttpRequest, system: str, key: str) -> HttpResponseBase:
    """Keeps the drawing as a draft; what is wrong with it is said, and where."""
    _check(request, system, key)
    draft = _draft(request, system, key, required=False)
    bpmn = request.POST.get("bpmn", "")
    names = request.POST.getlist("table_name")
    tables = {
        name[:80]: text
        for name, text in zip(names, request.POST.getlist("table"), strict=False)
        if text.strip()
    }
    try:
        kept = actions.save_draft(
            system, key, bpmn, tables, request.user, request.POST.get("note", ""), draft
        )
        asked_in(bpmn)
    except (Refused, FormRefused) as refusal:
        element = str(getattr(refusal, "value", "") or "")
        return _shown(
            request, system, key, bpmn, tables, draft, refusal=str(refusal), wrong=element, status=422
        )
    messages.success(request, _("草稿 %(n)s 已保存，检查通过") % {"n": kept.number})
    return redirect(f"{reverse('cases:editor', args=[system, key])}?draft={kept.number}")


@allow("staff")
@require_POST
def try_on(request: HttpRequest, system: str, key: str) -> HttpResponseBase:
    """Plays closed cases that the reader may see through the draft; nothing is changed."""
    owner, procedure = _check(request, system, key)
    draft = _draft(request, system, key)
    past = (
        cases_visible_to(request.user)
        .filter(system=system, procedure=key, state="closed")
        .order_by("-pk")[:TRIED]
    )
    trials = actions.try_draft(draft, past)
    names = drawing_of(draft.pk).names
    rows = [(trial, _path(trial.recorded, names), _path(trial.drafted, names)) for trial in trials]
    context = {
        "system": owner, "procedure": procedure, "draft": draft, "rows": [row for row in rows if not row[0].is_same],
        "same": sum(trial.is_same for trial in trials), "tried": len(trials),
    }  # fmt: skip
    return page(request, "cases/trial.html", context)


@allow("staff")
@require_POST
def publish(request: HttpRequest, system: str, key: str) -> HttpResponseBase:
    """New cases take the draft from now on. The note says what has changed and is required."""
    _check(request, system, key)
    draft, note = _draft(request, system, key), request.POST.get("note", "").strip()
    back = f"{reverse('cases:editor', args=[system, key])}?draft={draft.number}"
    if not note:
        messages.error(request, _("发布时请写明改了什么"))
        return redirect(back)
    try:
        actions.save_draft(system, key, draft.bpmn, draft.dmn, request.user, note, draft)
        published = actions.publish_version(draft, request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    messages.success(request, _("版本 %(n)s 已发布，新办件按此办理") % {"n": published.number})
    return redirect("cases:procedure", system, key)


@allow("staff")
@require_safe
def compare(request: HttpRequest, system: str, key: str) -> HttpResponseBase:
    """`?old=` and `?new=` are numbers of versions."""
    owner, procedure = _check(request, system, key)
    old, new = _numbered(request, system, key, "old"), _numbered(request, system, key, "new")
    changes = drawing_changes(drawing_of(old.pk), drawing_of(new.pk))
    marks = {change.step: "active" for change in changes if change.kind == "changed" and change.step}
    marks |= {change.step: "done" for change in changes if change.kind == "added"}
    context = {
        "system": owner, "procedure": procedure, "old": old, "new": new, "kinds": CHANGE_WORDS, "names": NAME_WORDS,
        "changes": changes, "tables_differ": old.dmn != new.dmn,
        "old_payload": json_text({"xml": reverse("cases:drawing", args=[old.pk]), "marks": _gone(changes)}),
        "new_payload": json_text({"xml": reverse("cases:drawing", args=[new.pk]), "marks": marks}),
    }  # fmt: skip
    return page(request, "cases/compare.html", context)


@allow("staff")
@require_POST
def migrate(request: HttpRequest, system: str, key: str) -> HttpResponseBase:
    """Carries running cases of one version over to another, each by itself; says which could not be."""
    owner, procedure = _check(request, system, key)
    old, new = _numbered(request, system, key, "old"), _numbered(request, system, key, "new")
    running = Case.objects.filter(version=old, state__in=("open", "suspended")).order_by("pk")[:MIGRATED]
    try:
        told = actions.migrate_cases(old, new, running, request.user, refits_tasks="refit" in request.POST)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("cases:editor", system, key)
    context = {
        "system": owner, "procedure": procedure, "old": old, "new": new, "done": sum(not why for why in told.values()),
        "stuck": [(number, why) for number, why in told.items() if why],
    }  # fmt: skip
    return page(request, "cases/migrated.html", context)


def _shown(
    request: HttpRequest, system: str, key: str, bpmn: str, dmn: dict[str, str], draft: ProcedureVersion | None, *,
    refusal: str = "", wrong: str = "", status: int = 200,
) -> HttpResponseBase:  # fmt: skip
    owner, procedure = named(system, key)
    running = Case.objects.filter(system=system, procedure=key, state__in=("open", "suspended"))
    counts = dict(running.order_by().values_list("version_id").annotate(count=Count("pk")))
    versions = versions_of(system, key)
    payload = {
        "bpmn": bpmn, "wrong": wrong, "roles": [[role.key, pick(role)] for role in owner.roles],
        "texts": {
            "properties": _("所选元素"), "nothing": _("选中一个环节或连线以修改其属性"), "name": _("名称"), "role": _("岗位"),
            "unit": _("单位"), "stage": _("阶段"), "limit": _("时限，如 5 working_days"), "warn": _("预警比例，0 至 1"),
            "form": _("表单"), "joint": _("协同方式"), "page": _("办理页面"), "system": _("协办系统"), "procedure": _("协办事项"),
            "asks": _("填写项，每行一项，如 accepted=yes_no 是否受理"), "condition": _("条件，如 accepted == False"),
            "hit_policy": _("命中规则"),
            "policies": [
                ["UNIQUE", _("唯一：至多一行命中")], ["FIRST", _("首行：取第一个命中行")], ["COLLECT", _("收集：所有命中行")],
            ],
            "add_rule": _("加一行"), "add_input": _("加条件列"), "add_output": _("加结果列"),
            "when": _("条件"), "then": _("结果"),
            "why": _("说明"), "up": _("上移"), "remove_rule": _("删除此行"), "remove_column": _("删除此列"),
            "not_xml": _("此决策表不是有效的 XML，请在下方文本中修改"),
        },
    }  # fmt: skip
    context: dict[str, Any] = {
        "system": owner, "procedure": procedure, "draft": draft, "tables": dmn, "payload": json_text(payload),
        "refusal": refusal, "colours": VERSION_COLOURS, "versions": [(each, counts.get(each.pk, 0)) for each in versions],
        "published": [each for each in versions if each.state == VersionState.PUBLISHED],
    }  # fmt: skip
    return page(request, "cases/editor.html", context, status=status)


def _check(request: HttpRequest, system: str, key: str) -> tuple[Any, Any]:
    found = named(system, key)
    if not may_draw(request.user, system, key):
        raise PermissionDenied(_("您没有修改此流程的职责"))
    return found


def _draft(request: HttpRequest, system: str, key: str, *, required: bool = True) -> Any:
    given = request.POST.get("draft", "")
    if not given and not required:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 9):
        raise Http404("no draft")
    return get_object_or_404(
        ProcedureVersion, system=system, key=key, number=int(given), state=VersionState.DRAFT
    )


def _numbered(request: HttpRequest, system: str, key: str, name: str) -> ProcedureVersion:
    given = (request.POST if request.method == "POST" else request.GET).get(name, "")
    if not (given.isascii() and given.isdigit() and len(given) < 9):
        raise Http404(name)
    return get_object_or_404(ProcedureVersion, system=system, key=key, number=int(given))


def _path(keys: tuple[str, ...], names: dict[str, str]) -> str:
    return " → ".join(str(names.get(key) or (_("结束") if key == "end" else key)) for key in keys)


def _gone(changes: list[Any]) -> dict[str, str]:
    return {change.step: "wrong" for change in changes if change.kind == "removed"}
