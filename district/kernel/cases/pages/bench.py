"""The work bench: what waits for the reader, and acts on several tasks at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup

from district.kernel.cases import actions
from district.kernel.cases.bench_queries import COUNTED, TABS, bench, bench_counts
from district.kernel.cases.models import TASK_STATES, Task
from district.kernel.cases.pages.step_form import FILES, StepForm
from district.kernel.cases.pages.words import (
    LIGHT_COLOURS,
    LIGHT_WORDS,
    TASK_COLOURS,
    procedure_names,
    role_name,
    time_left,
)
from district.kernel.cases.procedure_forms import form_of
from district.kernel.cases.queries import department_tasks
from district.kernel.cases.refused import Refused
from district.kernel.clock import now
from district.kernel.people.access import allow
from district.kernel.people.models import Organisation
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

MOST = 200
"""Tasks of one bulk act."""

TAB_WORDS = {
    "mine": gettext_lazy("我的待办"), "department": gettext_lazy("本岗位全部"), "soon": gettext_lazy("临期与超期"),
    "asked": gettext_lazy("外单位请求"), "waiting": gettext_lazy("等待他人"),
}  # fmt: skip


@allow("staff")
@require_safe
def work_bench(request: HttpRequest) -> HttpResponseBase:
    """`?tab=` one of TABS; keys j and k move, Enter opens, x selects."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "mine"
    found = bench(request.user, tab, now()).select_related("case", "organisation", "claimed_by")
    table = task_table(found.defer("case__workflow", "case__text", "case__form", "case__seen_by"))
    answer = table.respond(request)
    if answer is not None:
        return answer
    counts = bench_counts(request.user, now())
    tabs = [
        (key, words, f"{COUNTED}+" if counts[key] > COUNTED else counts[key])
        for key, words in TAB_WORDS.items()
    ]
    context = {"table": table, "tab": tab, "tabs": tabs, "units": Organisation.objects.all()}
    return page(request, "cases/bench.html", context)


def task_table(source: Any) -> Table:
    at = now()
    return Table(
        "tasks",
        columns=[
            Column("pk", _("选择"), sortable=False, cell=_tick),
            Column("case.title", _("办件"), filter="text", cell=_case_cell),
            Column("name", _("环节"), filter="text"),
            Column("light", _("时限"), filter="choice", choices=LIGHT_WORDS, badge=LIGHT_COLOURS),
            Column("due_at", _("截止时间"), format="moment", filter="date"),
            Column("left", _("剩余"), sortable=False, value=lambda row: time_left(row.due_at, at)),
            Column("state", _("状态"), filter="choice", choices=dict(TASK_STATES), badge=TASK_COLOURS),
            Column("case.procedure", _("事项"), filter="choice", choices=procedure_names()),
            Column("role", _("岗位"), value=lambda row: role_name(row.role), shown=False),
            Column("organisation.name", _("承办单位"), filter="text"),
            Column("claimed_by.name", _("承办人")),
            Column("case.address", _("地点"), filter="text", shown=False),
            Column("opened_at", _("到达时间"), format="moment", filter="date", shown=False),
        ],
        source=source, order="due_at", title=_("任务"), empty=_("没有任务"), exports=False,
        row_class=lambda row: "d-late" if row.light == "red" else "",
    )  # fmt: skip


def _tick(row: Task) -> Markup:
    return Markup(
        '<input class="form-check-input" type="checkbox" name="task" value="{}" form="bulk" aria-label="{}" data-tick>'
    ).format(row.pk, _("选择 %(number)s") % {"number": row.case.number})


def _case_cell(row: Task) -> Markup:
    return Markup('<a href="{}" data-open>{}</a> <small class="text-secondary d-block">{}</small>').format(
        f"{reverse('cases:case', args=[row.case.number])}#task-{row.pk}", row.case.title, row.case.number
    )


@allow("staff")
@require_POST
def bulk(request: HttpRequest) -> HttpResponseBase:
    """`act` claim, hand_over or complete, on the tasks ticked; each by itself, refusals are told one by one."""
    given = [int(each) for each in request.POST.getlist("task") if each.isascii() and each.isdigit()][:MOST]
    tasks = list(department_tasks(request.user).filter(pk__in=given).select_related("case"))
    act = request.POST.get("act", "")
    if not tasks:
        messages.error(request, _("没有选择任务"))
        return redirect("cases:bench")
    if act == "complete":
        return _complete_all(request, tasks)
    if act == "hand_over":
        unit = Organisation.objects.filter(code=request.POST.get("organisation", "")).first()
        if unit is None:
            messages.error(request, _("请选择移交给哪个单位"))
            return redirect("cases:bench")
        reason = request.POST.get("reason", "")
        _each(request, tasks, lambda task: actions.hand_over(task, request.user, unit, reason))
    elif act == "claim":
        _each(request, tasks, lambda task: actions.claim(task, request.user))
    return redirect(_back(request))


def _complete_all(request: HttpRequest, tasks: list[Task]) -> HttpResponseBase:
    """One form for several tasks of the same step; a step that asks for files is done case by case."""
    steps = {(task.case.version_id, task.key) for task in tasks}
    definition = form_of(tasks[0])
    if len(steps) > 1:
        messages.error(request, _("只能同时完成同一环节的任务"))
        return redirect(_back(request))
    if any(asked.type in FILES and asked.required for asked in definition.fields):
        messages.error(request, _("此环节须上传附件，请逐件办理"))
        return redirect(_back(request))
    is_sent = "sent" in request.POST
    inner = StepForm(definition, request.POST if is_sent else None)
    for asked in definition.fields:
        if asked.type in FILES:
            del inner.fields[asked.key]
    if is_sent and inner.is_valid():
        _each(request, tasks, lambda task: _complete(task, inner, request.user))
        return redirect(_back(request))
    form = PageForm(inner, submit=_("完成 %(n)s 件") % {"n": len(tasks)})
    return page(request, "cases/bulk.html", {"tasks": tasks, "form": form, "step": tasks[0].name})


@transaction.atomic
def _complete(task: Task, form: StepForm, account: Any) -> None:
    actions.complete(task, account, form.filled(task.case, account))


def _each(request: HttpRequest, tasks: list[Task], run: Callable[[Task], Any]) -> None:
    done = 0
    for task in tasks:
        try:
            run(task)
            done += 1
        except Refused as refusal:
            messages.error(request, f"{task.case.number}：{refusal}")
    if done:
        messages.success(request, _("已办理 %(n)s 件") % {"n": done})


def _back(request: HttpRequest) -> str:
    tab = request.POST.get("tab", "")
    return reverse("cases:bench") + (f"?tab={tab}" if tab in TABS else "")
