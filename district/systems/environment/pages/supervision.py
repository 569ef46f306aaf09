"""告警督办: the board of cases, and the life of one."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.access import may
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.saying import said
from district.kernel.ui.table import Column, Table

from ..actions.supervision import RefusedStep, accept_case, answer_case, exempt_case, return_case
from ..items import zh_of
from ..models import CaseStep, SupervisionCase
from ..queries.supervision import (
    WAITING,
    case_figures,
    cases_by_kind,
    cases_visible_to,
    is_overdue,
)
from .forms import AnswerForm, ReasonForm, upload_of
from .sources import attachment_response

FIGURES_DAYS = 90

STATE_COLOURS = {
    "open": "red",
    "returned": "orange",
    "answered": "blue",
    "accepted": "green",
    "exempt": "secondary",
}


def supervision(request: HttpRequest) -> HttpResponseBase:
    visible = cases_visible_to(request.user)
    table = Table(
        "cases",
        columns=[
            Column("number", _("编号"), filter="text", link=_case_url),
            Column("kind", _("类型"), filter="choice", choices=dict(SupervisionCase.Kind.choices)),
            Column(
                "state",
                _("状态"),
                filter="choice",
                choices=dict(SupervisionCase.State.choices),
                badge=STATE_COLOURS,
            ),
            Column("title", _("事由"), filter="text"),
            Column("source.name", _("企业"), filter="text"),
            Column("item", _("项目"), format=lambda code: said(zh_of(code)), shown=False),
            Column("happened_at", _("发生时间"), format="moment", filter="date", shown=False),
            Column("opened_at", _("立案时间"), format="moment", filter="date"),
            Column("due_at", _("答复期限"), format="moment", filter="date"),
            Column("closed_at", _("办结时间"), format="moment", shown=False),
        ],
        source=visible,
        order="-opened_at",
        title=_("督办件"),
        empty=_("没有督办件"),
        row_class=lambda row: "table-danger" if is_overdue(row, now()) else "",
    )
    answer = table.respond(request)
    if answer is not None:
        return answer
    recent = visible.filter(opened_at__gte=now() - timedelta(days=FIGURES_DAYS))
    kinds = cases_by_kind(recent)
    chart = Bar(
        title=_("近 90 天督办件（按类型）"),
        decimals=0,
        x=[kind for kind, _opened, _closed in kinds],
        traces=[
            Trace(_("立案"), [opened for _kind, opened, _closed in kinds]),
            Trace(_("办结"), [closed for _kind, _opened, closed in kinds]),
        ],
    )
    return page(
        request,
        "environment/supervision.html",
        {"table": table, "figures": case_figures(recent, now()), "chart": chart},
    )


def _case_url(row: SupervisionCase) -> str:
    return reverse("environment:case", args=[row.number])


def _case(request: HttpRequest, number: str) -> SupervisionCase:
    return get_object_or_404(cases_visible_to(request.user), number=number)


def _may_answer(request: HttpRequest, case: SupervisionCase) -> bool:
    """The enterprise answers for its source; the monitoring post for ambient points."""
    if case.state not in WAITING:
        return False
    return may(request.user, "environment.enterprise" if case.source_id else "environment.monitor")


@part(of="supervision", path="supervision/<str:number>/")
def case(request: HttpRequest, number: str) -> HttpResponseBase:
    found = _case(request, number)
    is_officer = may(request.user, "environment.officer")
    return page(
        request,
        "environment/case.html",
        {
            "case": found,
            "is_overdue": is_overdue(found, now()),
            "item": zh_of(found.item) if found.item else "",
            "steps": found.steps.select_related("by"),
            "may_answer": _may_answer(request, found),
            "may_review": is_officer and found.state == SupervisionCase.State.ANSWERED,
            "may_exempt": is_officer and found.closed_at is None,
            "colours": STATE_COLOURS,
        },
    )


@part(
    of="supervision",
    path="supervision/<str:number>/answer",
    methods=("GET", "POST"),
    roles=("enterprise", "monitor"),
)
def answer(request: HttpRequest, number: str) -> HttpResponseBase:
    found = _case(request, number)
    if not _may_answer(request, found):
        raise Http404(number)
    inner = AnswerForm(request.POST or None, request.FILES or None)
    form = PageForm(inner, submit=_("提交答复"), cancel=_case_url(found))
    if form.is_valid():
        given = inner.cleaned_data
        try:
            answer_case(
                found,
                request.user,
                now(),
                cause=given["cause"],
                measures=given["measures"],
                upload=upload_of(given["attachment"]),
            )
        except RefusedStep as refusal:
            inner.add_error(None, str(refusal))
        else:
            messages.success(request, _("已提交，等待审核"))
            return redirect(_case_url(found))
    return page(
        request, "environment/case_form.html", {"case": found, "form": form, "heading": _("答复督办")}
    )


@part(
    of="supervision",
    path="supervision/<str:number>/review/<str:decision>",
    methods=("GET", "POST"),
    roles=("officer",),
)
def review(request: HttpRequest, number: str, decision: str) -> HttpResponseBase:
    """`decision` is accept, return or exempt."""
    steps = {
        "accept": (accept_case, _("办结"), False),
        "return": (return_case, _("退回"), True),
        "exempt": (exempt_case, _("豁免"), True),
    }
    if decision not in steps:
        raise Http404(decision)
    act, heading, is_required = steps[decision]
    found = _case(request, number)
    inner = ReasonForm(
        request.POST or None, label=_("豁免依据") if decision == "exempt" else _("意见"), required=is_required
    )
    form = PageForm(inner, submit=heading, cancel=_case_url(found), danger=decision == "return")
    if form.is_valid():
        try:
            act(found, request.user, now(), inner.cleaned_data["reason"])
        except RefusedStep as refusal:
            inner.add_error(None, str(refusal))
        else:
            messages.success(request, _("已处理"))
            return redirect(_case_url(found))
    return page(request, "environment/case_form.html", {"case": found, "form": form, "heading": heading})


@part(of="supervision", path="supervision/<str:number>/steps/<int:step_id>/attachment")
def case_attachment(request: HttpRequest, number: str, step_id: int) -> HttpResponseBase:
    step = get_object_or_404(CaseStep, pk=step_id, case=_case(request, number))
    if not step.attachment:
        raise Http404("no attachment")
    return attachment_response(step.attachment, step.attachment_name, step.attachment_type)
