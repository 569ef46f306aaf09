"""Where the office judges what a unit answered to a decision or a letter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.cases.models import OPEN_TASKS, Case
from district.kernel.people.access import may
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ..models import AnswerCheck
from .actions import OFFICE
from .checking import CHECK, PROCEDURES, answer_of, check_answer, waiting


class CheckForm(forms.Form):
    is_enough = forms.TypedChoiceField(
        label=gettext_lazy("核验结论"),
        choices=(("yes", gettext_lazy("符合要求，办结")), ("no", gettext_lazy("退回"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("核验意见"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("退回须说明原因"),
    )


def to_check(procedure: str) -> list[Case]:
    """The cases of a procedure whose answer waits for the office, longest first."""
    found = Case.objects.filter(
        system="programme", procedure=procedure, tasks__key=CHECK, tasks__state__in=OPEN_TASKS
    )
    return list(found.select_related("organisation").order_by("tasks__opened_at"))


@part(
    of="decisions",
    path="decisions/answers/<str:number>/",
    methods=("GET", "POST"),
    roles=("office", "leader", "auditor"),
)
def decision_answer(request: HttpRequest, number: str) -> HttpResponseBase:
    """What the unit wrote, and what the office says of it."""
    case = get_object_or_404(
        Case.objects.select_related("organisation"),
        system="programme",
        procedure__in=PROCEDURES,
        number=number,
    )
    back = reverse("programme:letters" if case.procedure == "supervision_letter" else "programme:decisions")
    form, given = CheckForm(request.POST or None), answer_of(case)
    if request.method == "POST" and form.is_valid():
        try:
            check_answer(case, request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("words" if refused.field == "words" else None, str(refused))
        else:
            messages.success(
                request, _("已核验，办件办结") if form.cleaned_data["is_enough"] else _("已退回责任单位")
            )
            return redirect(back)
    may_check = waiting(case) is not None and may(request.user, OFFICE)
    return page(
        request,
        "programme/meetings/answer.html",
        {
            "case": case,
            "answer": given,
            "said": _said(given.form) if given else [],
            "back": back,
            "checks": AnswerCheck.objects.filter(case=case).select_related("checked_by"),
            "form": PageForm(form, submit=_("提交核验结论")) if may_check else None,
        },
    )


def _said(given: dict[str, Any]) -> list[tuple[str, str]]:
    names = {"result": _("落实情况"), "cause": _("滞后原因"), "measures": _("整改措施")}
    return [(names[key], str(value)) for key, value in given.items() if key in names and value]
