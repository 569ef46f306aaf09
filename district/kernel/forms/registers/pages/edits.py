"""A filled form that was edited by two at once: the answers side by side, and the one that is to count."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from district.kernel.forms.design.questions import Question, questions_of
from district.kernel.forms.models import Submission, SubmissionVersion
from district.kernel.forms.queries import EVERYBODY, submissions_visible_to
from district.kernel.forms.registers.submission_merging import answers_of, settle_answer
from district.kernel.people.access import allow
from district.kernel.ui.render import page


@allow(*EVERYBODY)
@require_safe
@never_cache
def edits(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _shown(request, _seen(request, pk))


@allow(*EVERYBODY)
@require_POST
def settle_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The answer of one of the edits, with the reason."""
    found = _seen(request, pk)
    path, name = request.POST.get("path", ""), request.POST.get("choice", "")
    reason = request.POST.get("reason", "").strip()
    version = found.versions.filter(instance_id=name).select_related("form_version").first()
    if version is None or name not in found.conflicts.get(path, ()) or not reason:
        return _shown(request, found, refusal=_("请选择一个值并写明理由"), status=422)
    settle_answer(found, path, answers_of(version).get(path, ""), account=request.user, reason=reason)
    messages.success(request, _("已核实，以后以此为准"))
    return redirect("forms:edits", found.pk)


def _seen(request: HttpRequest, pk: int) -> Submission:
    return get_object_or_404(submissions_visible_to(request.user).select_related("form", "version"), pk=pk)


def _shown(
    request: HttpRequest, found: Submission, *, refusal: str = "", status: int = 200
) -> HttpResponseBase:
    versions = list(found.versions.select_related("form_version", "account").order_by("at"))
    by_name = {version.instance_id: version for version in versions}
    questions = {question.path: question for question in questions_of(found.version.questions)}
    conflicts = [
        {
            "path": path,
            "title": questions[path].label or path if path in questions else path,
            "said": [_said(by_name[name], path, questions.get(path)) for name in names if name in by_name],
        }
        for path, names in found.conflicts.items()
    ]
    context = {
        "submission": found, "form": found.form, "conflicts": conflicts, "versions": versions, "refusal": refusal,
        "settlements": found.settlements.select_related("account"), "questions": questions,
    }  # fmt: skip
    return page(request, "forms/registers/edits.html", context, status=status)


def _said(version: SubmissionVersion, path: str, question: Question | None) -> dict[str, Any]:
    value = answers_of(version).get(path, "")
    text = value if isinstance(value, str) else _("%(n)s 组") % {"n": len(value)}
    return {
        "name": version.instance_id, "who": version.account.name if version.account else version.device,
        "at": version.at, "text": (question.label_of(text) if question else text) or _("（清空）"),
        "device": version.device,
    }  # fmt: skip
