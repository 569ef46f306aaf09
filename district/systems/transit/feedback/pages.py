"""乘客反馈: sent without an account, asked after by number and code, rated once. The office works on it at the bench of cases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from district.kernel.cases.models import Act, Case, Entry
from district.kernel.cases.refused import Refused
from district.kernel.files.actions import keep_all
from district.kernel.files.refusal import Refusal
from district.kernel.people.request_address import client_address
from district.kernel.ui.routing import part

from ..public.light import light_page
from ..public.limits import TooOften, hold_back
from ..public.network import network_in_force
from . import actions
from .forms import PHOTOS, AskForm, FeedbackForm, RatingForm
from .query_code import is_query_code, query_code

MOST_SENT, MOST_ASKED = 10, 30
"""In ten minutes, from one address."""
TOLD = (Act.OPEN, Act.COMPLETE, Act.FEEDBACK, Act.CLOSE, Act.CANCEL, Act.GRANT_EXTENSION, Act.SUSPEND)
"""What the sender is told of the timeline; who did it and with what words stays inside."""


def feedback(request: HttpRequest) -> HttpResponse:
    """`?line=`, `?stop=`, `?bus=` fill in what the code at the stop or in the bus knows."""
    known = {name: request.GET.get(name, "")[:120] for name in ("line", "stop", "bus")}
    form = FeedbackForm(request.POST or None, request.FILES or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            hold_back("feedback", client_address(request) or "?", MOST_SENT)
            photos = keep_all(form.cleaned_data["photos"], None, "feedback", taken=PHOTOS)
            case = actions.send(form.said(), photos)
        except (Refused, Refusal) as error:
            form.add_error(None, str(error))
        except TooOften as late:
            form.add_error(None, _("提交过于频繁，请 %(n)s 秒后再试") % {"n": late.wait_s})
        else:
            return _page(request, "sent", {"case": case, "code": query_code(case.number)})
    network = network_in_force()
    stop = network.schedule.stops.get(str(form["stop"].value() or "")) if network else None
    return _page(request, "feedback", {"form": form, "stop": stop})


def feedback_status(request: HttpRequest) -> HttpResponse:
    """Asked by POST, so that the code stands in no address and no log."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        case = _asked(request, form)
        if case is not None:
            return _status(request, case, form.cleaned_data["code"])
    return _page(request, "ask", {"form": form})


@part(of="feedback_status", path="feedback-status/_rate", methods=("POST",))
def rate_feedback(request: HttpRequest) -> HttpResponse:
    form = RatingForm(request.POST)
    is_valid = form.is_valid()
    if "number" in form.errors or "code" in form.errors:
        return _page(request, "ask", {"form": AskForm(request.POST)})
    case = _asked(request, form)
    if case is None:
        return _page(request, "ask", {"form": form})
    problem = "" if is_valid else _("请选择满意程度")
    if is_valid:
        try:
            actions.rate(case, form.cleaned_data["score"], form.cleaned_data["words"])
        except Refused as refused:
            problem = str(refused)
    return _status(request, case, form.cleaned_data["code"], problem)


def _asked(request: HttpRequest, form: forms.Form) -> Case | None:
    """The case of that number and code; an error on the form when there is none, without saying which was wrong."""
    try:
        hold_back("feedback-status", client_address(request) or "?", MOST_ASKED)
    except TooOften as late:
        form.add_error(None, _("查询过于频繁，请 %(n)s 秒后再试") % {"n": late.wait_s})
        return None
    number = form.cleaned_data["number"].strip().upper()
    case = Case.objects.filter(system=actions.SYSTEM, procedure=actions.PROCEDURE, number=number).first()
    if case is None or not is_query_code(case.number, form.cleaned_data["code"]):
        form.add_error(None, _("编号或查询码不对"))
        return None
    return case


def _status(request: HttpRequest, case: Case, code: str, problem: str = "") -> HttpResponse:
    evaluation = case.evaluations.filter(side="reporter").first()
    return _page(request, "status", {
        "case": case, "code": code, "entries": Entry.objects.filter(case=case, act__in=TOLD).order_by("at", "pk"),
        "reply": case.form.get("reply", "") if case.closed_at else "", "feedbacks": case.feedbacks.all(),
        "evaluation": evaluation, "may_rate": bool(case.closed_at) and evaluation is None, "problem": problem,
        "scores": [(5, _("很满意")), (4, _("满意")), (3, _("一般")), (2, _("不满意")), (1, _("很不满意"))],
    })  # fmt: skip


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return light_page(request, f"transit/feedback/{name}.html", {"tab": "feedback", **context}, is_form=True)
