"""我要反映: anybody may report, without an account; ask how it stands; say how it was done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.cases.actions import evaluate
from district.kernel.cases.models import Act, Case, Entry
from district.kernel.cases.queries import main_of
from district.kernel.cases.refused import Refused
from district.kernel.files.actions import keep_all
from district.kernel.files.refusal import Refusal
from district.kernel.people.request_address import client_address
from district.kernel.ui.form import PageForm
from district.kernel.ui.map import Map
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ...reading.classes import class_of_code
from ..limits import TooOften, hold_back
from ..query_code import is_query_code
from ..receiving import receive
from ..routing import SYSTEM
from .report_form import PHOTOS, ReportForm, new_key

MOST_REPORTED, MOST_ASKED = 20, 30
"""In ten minutes, from one address."""
SPAN_S = 600
TOLD = (
    Act.OPEN,
    Act.ROUTE,
    Act.FEEDBACK,
    Act.MERGE,
    Act.UNMERGE,
    Act.CLOSE,
    Act.CANCEL,
    Act.GRANT_EXTENSION,
    Act.SUSPEND,
)
"""What a reporter is told of the timeline; who did it and with what words stays inside."""


def report(request: HttpRequest) -> HttpResponseBase:
    """The form, and after it the number and the code to ask with."""
    form = ReportForm(request.POST or None, request.FILES or None, initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        try:
            hold_back("report", client_address(request) or "?", MOST_REPORTED, SPAN_S)
            received = receive(
                form.as_report("citizen", keep_all(form.cleaned_data["photos"], None, "report", taken=PHOTOS))
            )
        except (Refused, Refusal) as error:
            form.add_error(None, str(error))
        except TooOften as late:
            form.add_error(None, _("提交过于频繁，请 %(n)s 秒后再试") % {"n": late.wait_s})
        else:
            known = class_of_code().get(received.case.classification)
            return page(request, "governance/reports/received.html", {"received": received, "known": known})
    picking = Map("place", title=_("在地图上点选地点"))
    context = {"form": PageForm(form, submit=_("提交")), "map": picking}
    return page(request, "governance/reports/report.html", context)


class AskForm(forms.Form):
    number = forms.CharField(label=_("编号"), max_length=32)
    code = forms.CharField(label=_("查询码"), max_length=8)


class EvaluationForm(forms.Form):
    number = forms.CharField(widget=forms.HiddenInput)
    code = forms.CharField(widget=forms.HiddenInput)
    score = forms.TypedChoiceField(
        label=_("您满意吗"), coerce=int, widget=forms.RadioSelect,
        choices=[(5, _("很满意")), (4, _("满意")), (3, _("一般")), (2, _("不满意")), (1, _("很不满意"))],
    )  # fmt: skip
    text = forms.CharField(
        label=_("想说的话"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


def report_status(request: HttpRequest) -> HttpResponseBase:
    """Asked by POST, so that the code does not stand in addresses and logs."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        case = _asked(request, form, form.cleaned_data["number"], form.cleaned_data["code"])
        if case is not None:
            return _status(request, case, form.cleaned_data["code"])
    context = {"form": PageForm(form, submit=_("查询"), columns=2)}
    return page(request, "governance/reports/ask.html", context)


@part(of="report_status", path="report-status/_evaluate", methods=("POST",))
def evaluate_report(request: HttpRequest) -> HttpResponseBase:
    form = EvaluationForm(request.POST)
    case = _asked(request, form, request.POST.get("number", ""), request.POST.get("code", ""))
    if case is None:
        return page(request, "governance/reports/ask.html", {"form": PageForm(AskForm(), submit=_("查询"), columns=2),
                                                             "problem": _("编号或查询码不对")})  # fmt: skip
    if form.is_valid():
        try:
            evaluate(
                case, None, side="reporter", score=form.cleaned_data["score"], text=form.cleaned_data["text"]
            )
        except Refused as error:
            form.add_error(None, str(error))
    return _status(request, case, request.POST.get("code", ""), form if form.errors else None)


def _asked(request: HttpRequest, form: forms.Form, number: str, code: str) -> Case | None:
    """The case of that number and code; an error on the form when there is none, without saying which was wrong."""
    try:
        hold_back("report-status", client_address(request) or "?", MOST_ASKED, SPAN_S)
    except TooOften as late:
        form.add_error(None, _("查询过于频繁，请 %(n)s 秒后再试") % {"n": late.wait_s})
        return None
    case = Case.objects.filter(system=SYSTEM, number=number.strip().upper()).first()
    if case is None or not is_query_code(case.number, code):
        form.add_error(None, _("编号或查询码不对"))
        return None
    return case


def _status(request: HttpRequest, case: Case, code: str, form: forms.Form | None = None) -> HttpResponseBase:
    evaluation = case.evaluations.filter(side="reporter").first()
    form = form or EvaluationForm(initial={"number": case.number, "code": code})
    asking = PageForm(form, action=reverse("governance:evaluate_report"), submit=_("提交评价"))
    context: dict[str, Any] = {
        "case": case, "main": main_of(case), "entries": _told(case), "known": class_of_code().get(case.classification),
        "feedbacks": case.feedbacks.all(), "evaluation": evaluation,
        "form": asking if case.closed_at and evaluation is None else None,
    }  # fmt: skip
    return page(request, "governance/reports/status.html", context)


def _told(case: Case) -> list[Entry]:
    return list(Entry.objects.filter(case=case, act__in=TOLD).order_by("at", "pk"))
