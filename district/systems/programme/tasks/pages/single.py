"""One task: its light and why, milestones, deliverables, risks, what waits for what, and all that was said about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.files.actions import keep
from district.kernel.files.models import FileLink
from district.kernel.files.owners import owner
from district.kernel.files.refusal import Refusal
from district.kernel.people.access import may
from district.kernel.ui.chart import Line, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.languages import pick
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ...models import Deliverable, Milestone, MilestoneChange, MilestoneLink, PlanTask, TaskRisk
from .. import actions
from ..actions.deliverables import FILES_OF
from ..forms import (
    ChangeForm,
    CloseRiskForm,
    DropForm,
    HandInForm,
    LinkForm,
    MilestoneForm,
    OfTask,
    ReviewRiskForm,
    RiskForm,
)
from ..matrix import STEPS, level
from ..powers import LEADER, OFFICE, is_office, may_speak_for
from ..progress import as_steps, curve
from ..queries import TaskState, measured, network, step_of, task_state
from ..refused import Refused
from ..words import BADGES, LEVEL_BADGES, LEVELS, LIGHTS, reason_words
from .overview import measured_words

owner(FILES_OF, may_look=lambda account, _subject: may(account, "staff"))
PROJECT_READERS = tuple(f"programme.{role}" for role in ("leader", "office", "finance", "treasurer", "auditor"))
"""Who sees every project; others may see fewer, and find theirs in their own room."""
DOERS = ("office", "liaison")
STATE_BADGES = {"due": "secondary", "handed_in": "blue", "returned": "orange", "accepted": "green"}
FORMS: dict[str, tuple[type[OfTask], Any, Any]] = {
    "hand_in": (HandInForm, lambda: _("提交成果"), lambda: _("提交")),
    "ask_change": (ChangeForm, lambda: _("申请调整日期"), lambda: _("提交申请")),
    "add_risk": (RiskForm, lambda: _("登记风险"), lambda: _("登记")),
    "review_risk": (ReviewRiskForm, lambda: _("复核风险"), lambda: _("保存")),
    "close_risk": (CloseRiskForm, lambda: _("关闭风险"), lambda: _("关闭")),
    "add_milestone": (MilestoneForm, lambda: _("设定里程碑"), lambda: _("设定")),
    "link": (LinkForm, lambda: _("设定依赖"), lambda: _("设定")),
    "drop": (DropForm, lambda: _("撤销里程碑"), lambda: _("撤销")),
}
"""By act: the form, its heading, its button."""
NEEDED = {"hand_in": "deliverable", "ask_change": "milestone", "review_risk": "risk", "close_risk": "risk", "link": "after",
          "drop": "milestone"}  # fmt: skip
"""The field without whose choices the form is not offered."""


@part(of="tasks", path="tasks/<int:clause>/")
def task(request: HttpRequest, clause: int) -> HttpResponseBase:
    return _shown(request, _task(clause))


@part(of="tasks", path="tasks/<int:clause>/acts/<slug:act>", methods=("POST",), roles=DOERS)
def act_on_task(request: HttpRequest, clause: int, act: str) -> HttpResponseBase:
    found = _task(clause)
    form: OfTask | None = None
    try:
        if act in FORMS:
            form = FORMS[act][0](found, request.user, request.POST, request.FILES, prefix=act)
            if not form.is_valid():
                return _shown(request, found, {act: form})
            said = _filled(request, act, form)
        elif act in DECISIONS:
            said = DECISIONS[act](request, found)
        else:
            raise Http404(act)
    except (Refused, Refusal) as refused:
        if form is None:
            messages.error(request, str(refused))
            return redirect("programme:task", clause)
        form.add_error(None, str(refused))
        return _shown(request, found, {act: form})
    messages.success(request, said)
    return redirect("programme:task", clause)


def _task(clause: int) -> PlanTask:
    return get_object_or_404(PlanTask.objects.select_related("lead"), clause=clause)


def _filled(request: HttpRequest, act: str, form: OfTask) -> str:
    """Does what a form asks for; what is said when it is done."""
    given, found, by = form.cleaned_data, form.task, request.user
    if act == "hand_in":
        file = keep(given["file"], by, "deliverable") if given["file"] else None
        actions.hand_in(Deliverable.objects.get(pk=given["deliverable"]), by, file=file, note=given["note"])
        return _("成果已提交，等待推进办核验")
    if act == "ask_change":
        actions.ask_change(Milestone.objects.get(pk=given["milestone"]), given["to_on"], given["reason"], by)
        return _("调整申请已提交，等待审批")
    if act == "add_risk":
        actions.add_risk(found, given["title"], given["likelihood"], given["impact"], given["measure"], given["review_on"], by)
        return _("风险已登记")
    if act == "review_risk":
        risk = TaskRisk.objects.get(pk=given["risk"])
        actions.review_risk(risk, given["likelihood"], given["impact"], given["measure"], given["review_on"], by)
        return _("风险复核已保存")
    if act == "drop":
        actions.drop_milestone(Milestone.objects.get(pk=given["milestone"]), given["reason"], by)
        return _("里程碑已撤销")
    if act == "close_risk":
        actions.close_risk(TaskRisk.objects.get(pk=given["risk"]), given["outcome"], by)
        return _("风险已关闭")
    if act == "link":
        before, after = (Milestone.objects.get(pk=given[name]) for name in ("before", "after"))
        actions.link(before, after, by, given["lag_days"])
        return _("依赖已设定")
    units = form.units if isinstance(form, MilestoneForm) else {}
    rows = [(units[key], given["deliverable"] or given["title"]) for key in given["units"]]
    actions.add_milestone(found, given["title"], given["begins_on"], given["due_on"], by, weight=given["weight"],
                          deliverables=rows)  # fmt: skip
    return _("里程碑已设定")


def _decide_change(request: HttpRequest, found: PlanTask) -> str:
    change = get_object_or_404(MilestoneChange, pk=_number(request), milestone__task=found)
    is_granted = request.POST.get("answer") == "yes"
    actions.decide_change(change, request.user, is_granted, request.POST.get("reason", ""))
    return _("已批准日期调整") if is_granted else _("未批准日期调整")


def _check(request: HttpRequest, found: PlanTask) -> str:
    deliverable = get_object_or_404(Deliverable, pk=_number(request), milestone__task=found)
    is_accepted = request.POST.get("answer") == "yes"
    actions.check(deliverable, request.user, is_accepted, request.POST.get("reason", ""))
    return _("成果已核验通过") if is_accepted else _("成果已退回")


def _unlink(request: HttpRequest, found: PlanTask) -> str:
    actions.unlink(get_object_or_404(MilestoneLink, pk=_number(request), after__task=found), request.user)
    return _("依赖已解除")


DECISIONS: dict[str, Callable[[HttpRequest, PlanTask], str]] = {
    "decide_change": _decide_change, "check": _check, "unlink": _unlink,
}  # fmt: skip


def _number(request: HttpRequest) -> int:
    given = request.POST.get("number", "")
    if not given.isascii() or not given.isdigit() or len(given) > 9:
        raise Http404
    return int(given)


def _shown(request: HttpRequest, found: PlanTask, bound: dict[str, forms.Form] | None = None) -> HttpResponseBase:
    state = task_state(found)
    titles = {each.pk: each.title for each in state.milestones}
    net = network()
    seen = state.standing
    deliverables = Deliverable.objects.filter(milestone__task=found).select_related(
        "unit", "milestone", "handed_in_by", "checked_by", "file"
    )
    links = {int(row.subject): row.pk for row in FileLink.objects.filter(
        subject_kind=FILES_OF, subject__in=[str(each.pk) for each in deliverables]).order_by("pk")}  # fmt: skip
    return page(request, "programme/tasks/task.html", {
        "task": state.task, "state": state, "seen": seen, "colour": BADGES[seen.light], "light": LIGHTS[seen.light],
        "reasons": [reason_words(each, titles) for each in seen.reasons], "helpers": list(state.task.helpers.all()),
        "indicators": [measured_words(each) for each in measured([found.system]).get(found.system, [])],
        "milestones": [(each, net.expected[each.pk], net.made_late(each)) for each in state.milestones],
        "path": net.path_of(found),
        "waits": MilestoneLink.objects.filter(after__task=found).select_related("before__task", "after"),
        "deliverables": [(each, links.get(each.pk), STATE_BADGES[each.state]) for each in deliverables],
        "changes": MilestoneChange.objects.filter(milestone__task=found).select_related("milestone", "asked_by", "decided_by"),
        "matrix": _matrix(found), "risks": _risks(found), "chart": _curve(state), "today": today(), "name": pick(state.task),
        "decisions": found.decisions.select_related("meeting", "owner", "case"),
        "projects": found.projects.select_related("owner"),
        "reports": found.reports.order_by("-month")[:12],
        "reads_reports": may(request.user, OFFICE, LEADER, "programme.auditor") or may_speak_for(request.user, found.lead_id),
        "reads_projects": may(request.user, *PROJECT_READERS), "is_office": is_office(request.user),
        "forms": _forms(request, found, bound or {}), "act_url": reverse("programme:act_on_task", args=[found.clause, "ACT"]),
    })  # fmt: skip


def _forms(request: HttpRequest, found: PlanTask, bound: dict[str, forms.Form]) -> list[tuple[str, str, PageForm, bool]]:
    """(act, heading, form, open) for what this reader may do."""
    acts = []
    office = is_office(request.user)
    if may(request.user, "programme.liaison"):
        acts.append("hand_in")
    if office or may_speak_for(request.user, found.lead_id):
        acts += ["ask_change", "add_risk", "review_risk", "close_risk"]
    if office:
        acts += ["add_milestone", "link", "drop"]
    made = []
    for act in acts:
        shape, heading, submit = FORMS[act]
        form = bound.get(act) or shape(found, request.user, prefix=act)
        chosen: Any = form.fields.get(NEEDED.get(act, ""))
        if chosen is None or chosen.choices:
            url = reverse("programme:act_on_task", args=[found.clause, act])
            made.append((act, heading(), PageForm(form, action=url, submit=submit(), columns=2), act in bound))
    return made


def _risks(found: PlanTask) -> list[tuple[TaskRisk, Any, str, bool]]:
    """(risk, level, colour, past its day of review); the gravest open ones first, closed ones last."""
    rows = sorted(found.risks.select_related("owner"),
                  key=lambda each: (each.closed_at is not None, -each.likelihood * each.impact, each.pk))  # fmt: skip
    made = []
    for each in rows:
        grade = level(each.likelihood, each.impact)
        made.append((each, LEVELS[grade], LEVEL_BADGES[grade], each.closed_at is None and each.review_on < today()))
    return made


def _matrix(found: PlanTask) -> list[tuple[int, list[tuple[str, int]]]]:
    """Rows of likelihood from 5 down: (colour, open risks) for impact 1 to 5."""
    open_risks = list(found.risks.filter(closed_at=None).values_list("likelihood", "impact"))
    return [
        (likelihood, [(LEVEL_BADGES[level(likelihood, impact)], open_risks.count((likelihood, impact))) for impact in STEPS])
        for likelihood in reversed(STEPS)
    ]


def _curve(state: TaskState) -> Line | None:
    points = as_steps(curve([step_of(each) for each in state.milestones], today()))
    if not points:
        return None
    return Line(
        title=_("计划与实际完成"), unit="%", decimals=0, x=[day for day, *_rest in points],
        traces=[
            Trace(_("最初计划"), [first * 100 for _day, first, _now, _done in points], dashed=True, colour="#8a94a6"),
            Trace(_("现行计划"), [now * 100 for _day, _first, now, _done in points], colour="#1f5fa8"),
            Trace(_("实际完成"), [None if done is None else done * 100 for *_rest, done in points], colour="#2b8a3e"),
        ],
    )  # fmt: skip
