"""One case: what it is about, where it stands, what was done, and what the reader may do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup

from district.kernel import registry
from district.kernel.cases import actions
from district.kernel.cases.models import Case, Task
from district.kernel.cases.pages import case_view
from district.kernel.cases.pages.acts import EVERY_ACT, ActPage, Sight
from district.kernel.cases.pages.step_form import StepForm
from district.kernel.cases.procedure_forms import form_of
from district.kernel.cases.queries import cases_visible_to
from district.kernel.cases.refused import Refused
from district.kernel.files.refusal import Refusal
from district.kernel.people.access import allow
from district.kernel.people.audit import record_look
from district.kernel.people.request_address import client_address
from district.kernel.ui.render import page


@allow("staff")
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponseBase:
    return shown(request, sight_of(request, number))


@allow("staff")
@require_safe
def reporter(request: HttpRequest, number: str) -> HttpResponseBase:
    """Name and telephone number in full, for those who handle the case; the look is noted."""
    sight = sight_of(request, number)
    if not sight.is_hand:
        raise Http404("not in hand")
    fields = ("reporter_name", "reporter_phone")
    record_look(request.user, "cases.case", sight.case.number, _("联系反映人"), fields,
                address=client_address(request) or "")  # fmt: skip
    return page(request, "cases/_reporter.html", {"case": sight.case})


@allow("staff")
@require_POST
def act(request: HttpRequest, number: str, act: str) -> HttpResponseBase:
    """Does one act; `task` says to which task. A refusal, and a form that is not right, are shown on the page."""
    sight = sight_of(request, number)
    found = EVERY_ACT.get(act)
    if found is None:
        raise Http404(act)
    task = _task(sight, request) if found.needs_task else None
    if not found.shown(sight, task):
        return shown(request, sight, refusal=_("此操作现在不能进行，或不在您的职责内"), status=409)
    form = found.bound(sight, request.POST, request.FILES)
    if not form.is_valid():
        return shown(request, sight, faulty=(found, task, form), status=422)
    try:
        found.run(sight, task, form.cleaned_data)
    except (Refused, Refusal) as refusal:
        form.add_error(None, str(refusal))
        return shown(request, sight_of(request, number), faulty=(found, task, form), status=409)
    messages.success(request, _("已办理：%(act)s") % {"act": found.label})
    return _next(request, number)


@allow("staff")
@require_POST
def complete(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """Does a step with what its form asks for."""
    sight = sight_of(request, number)
    task = next((each for each in sight.open_tasks if each.pk == pk), None)
    if task is None or not sight.is_mine(task):
        return shown(request, sight, refusal=_("该任务已结束，或不在您的职责内"), status=409)
    form = StepForm(form_of(task), request.POST, request.FILES, prefix=f"t{task.pk}")
    if not form.is_valid():
        return shown(request, sight, step=(task, form), status=422)
    try:
        with transaction.atomic():
            actions.complete(task, request.user, form.filled(sight.case, request.user))
    except (Refused, Refusal) as refusal:
        form.add_error(None, str(refusal))
        return shown(request, sight_of(request, number), step=(task, form), status=409)
    messages.success(request, _("环节“%(name)s”已完成") % {"name": task.name})
    return _next(request, number)


def sight_of(request: HttpRequest, number: str) -> Sight:
    """The case in the reader's sight, or 404."""
    related = ("organisation", "version", "opened_by", "merged_into")
    found = get_object_or_404(cases_visible_to(request.user).select_related(*related), number=number)
    return Sight(found, request.user)


def shown(
    request: HttpRequest, sight: Sight, *, refusal: str = "", status: int = 200,
    faulty: tuple[ActPage, Task | None, forms.Form] | None = None, step: tuple[Task, StepForm] | None = None,
) -> HttpResponseBase:  # fmt: skip
    context: dict[str, Any] = case_view.context(sight, faulty, step) | {"refusal": refusal}
    context["beside"] = _beside(request, sight.case)
    return page(request, "cases/case.html", context, status=status)


def _beside(request: HttpRequest, case: Case) -> list[Markup]:
    """What the system of the case shows beside it: `beside(request, case)` of its role file `case_panels.py`."""
    panels = registry.role_file(registry.system(case.system), "case_panels")
    return panels.beside(request, case) if panels is not None else []


def _task(sight: Sight, request: HttpRequest) -> Task | None:
    given = request.POST.get("task", "")
    return next((each for each in sight.open_tasks if str(each.pk) == given), None)


def _next(request: HttpRequest, number: str) -> HttpResponseBase:
    """To the case; to the work bench when it has gone out of the reader's sight."""
    found: Case | None = cases_visible_to(request.user).filter(number=number).only("pk").first()
    return redirect(reverse("cases:case", args=[number]) if found else "cases:bench")
