"""运营服务: contracts with the operating company, levels as measured, months settled, lines contested, faults reported."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Avg, Count, Max, Q, QuerySet
from django.db.models.functions import TruncDay, TruncHour
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.cases.models import Task
from district.kernel.clock import CHINA, now, today
from district.kernel.people.access import may, scope_of
from district.kernel.people.models import Organisation
from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Limit, Line, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..models import Contract, Maintenance, ServiceMinute, ServiceTerms, Statement
from ..money.amounts import yuan
from . import actions
from .forms import ContestForm, FaultForm, MaintenanceForm, TermsForm, operation_contracts
from .measuring import HANDLING, TICKETS, measure
from .words import HOW, MEASURE_WORDS, steps_words, value_words

BADGES = {"sent": "yellow", "disputed": "orange", "accepted": "blue", "final": "green"}


def contracts_seen_by(request: HttpRequest) -> QuerySet[Contract]:
    """All of them by who speaks for the district; those of its own by the company."""
    found = operation_contracts()
    if may(request.user, *(f"programme.{role}" for role in ("office", "leader", "finance", "auditor"))):
        return found
    units = Organisation.objects.filter(pk__in=scope_of(request.user, "programme").organisation_ids).exclude(
        uscc=""
    )
    return found.filter(firm__uscc__in=units.values("uscc"))


def operation(request: HttpRequest) -> HttpResponseBase:
    """Availability and page times of the last thirty days, the months settled, tickets."""
    begin = now() - timedelta(days=30)
    days = list(
        ServiceMinute.objects.filter(at__gte=begin).annotate(day=TruncDay("at", tzinfo=CHINA)).order_by("day").values("day")
        .annotate(
            up=Count("pk", Q(is_up=True)), seen=Count("pk"), page=Avg("page_ms"), worst=Max("page_ms")
        )
    )  # fmt: skip
    availability = Line(
        title=_("每日可用率（已采样分钟）"), unit="%", decimals=2, x=[row["day"].astimezone(CHINA).date() for row in days],
        traces=[Trace(_("可用率"), [100 * row["up"] / row["seen"] for row in days])], limits=[Limit(_("常用目标"), 99.9)],
    )  # fmt: skip
    times = Line(
        title=_("页面用时"), unit="ms", decimals=0, x=[row["day"].astimezone(CHINA).date() for row in days],
        traces=[Trace(_("平均"), [row["page"] for row in days]), Trace(_("最慢"), [row["worst"] for row in days], dashed=True)],
    )  # fmt: skip
    contracts = contracts_seen_by(request)
    table = Table(
        "statements",
        columns=[
            Column("month", _("月份"), format=lambda day: f"{day:%Y-%m}", filter="date",
                   link=lambda row: reverse("programme:statement", args=[row.pk])),
            Column("contract.title", _("合同"), filter="text"),
            Column("state", _("状态"), filter="choice", choices=dict(Statement.State.choices), badge=BADGES),
            Column("fee_fen", _("服务费"), align="end", format=yuan),
            Column("deduction_fen", _("扣减"), align="end", format=yuan),
            Column("pay_fen", _("应付"), align="end", format=yuan), Column("answer_by", _("确认期限"), format="moment"),
            Column("is_simulated", _("模拟"), choices={True: _("模拟"), False: "—"}),
        ],
        source=Statement.objects.filter(contract__in=contracts).select_related("contract"), order="-month",
        title=_("月度结算单"), empty=_("还没有结算单"),
    )  # fmt: skip
    return table.respond(request) or page(request, "programme/operation/operation.html", {
        "table": table, "availability": availability, "times": times, "contracts": contracts,
        "latest": ServiceMinute.objects.first(), "tickets": _tickets(), "may_report": True,
        "has_simulated": ServiceMinute.objects.filter(at__gte=begin, is_simulated=True).exists(),
    })  # fmt: skip


def _tickets() -> list[Task]:
    """The company's open steps, the most urgent first."""
    steps = Task.objects.filter(
        case__system="programme", case__procedure=TICKETS, key=HANDLING, done_at__isnull=True
    )
    return list(steps.exclude(state="cancelled").select_related("case").order_by("due_at")[:20])


@part(of="operation", path="operation/contracts/<int:pk>/")
def service_contract(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Terms with the formula in words, this month so far, maintenance, outages."""
    found = get_object_or_404(contracts_seen_by(request), pk=pk)
    month = today().replace(day=1)
    terms = actions.terms_of(found, month)
    so_far = measure(found, month)
    levels = [
        {"name": MEASURE_WORDS[level["measure"]], "target": value_words(level["measure"], level["target"]),
         "value": value_words(level["measure"], so_far.values[level["measure"]]), "steps": steps_words(level),
         "how": HOW[level["measure"]], "cut": actions.deductions.percent_of(level, so_far.values[level["measure"]])}
        for level in (terms.levels if terms else [])
    ]  # fmt: skip
    hours = list(
        ServiceMinute.objects.filter(at__gte=now() - timedelta(days=3)).annotate(hour=TruncHour("at")).order_by("hour")
        .values("hour").annotate(page=Avg("page_ms"), devices=Avg("devices_online"))
    )  # fmt: skip
    chart = Line(
        title=_("近三天逐小时页面用时"), unit="ms", decimals=0, x=[row["hour"] for row in hours],
        traces=[Trace(_("平均"), [row["page"] for row in hours])],
    )  # fmt: skip
    return page(request, "programme/operation/contract.html", {
        "contract": found, "terms": terms, "levels": levels, "so_far": so_far, "chart": chart, "money": yuan,
        "all_terms": found.service_terms.select_related("asked_by", "agreed_by"),
        "maintenance": found.maintenance.select_related("asked_by", "agreed_by")[:20],
        "may_office": may(request.user, "programme.office"), "may_company": may(request.user, "programme.company"),
        "form": PageForm(MaintenanceForm(), submit=_("申请维护"), columns=3,
                         action=reverse("programme:ask_maintenance", args=[pk])),
        "crumbs": _crumbs(), "at": now(),
    })  # fmt: skip


@part(of="operation", path="operation/contracts/<int:pk>/terms", methods=("GET", "POST"), roles=("office",))
def new_terms(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(contracts_seen_by(request), pk=pk)
    form = TermsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_terms(found, request.user, **form.given())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已提出，由运营公司确认后生效"))
            return redirect("programme:service_contract", pk)
    return page(request, "programme/training/form.html", {
        "title": _("约定服务级别"), "form": PageForm(form, submit=_("提出"), columns=2), "crumbs": _crumbs(),
    })  # fmt: skip


@part(of="operation", path="operation/terms/<int:pk>/agree", methods=("POST",), roles=("company",))
def agree_terms(request: HttpRequest, pk: int) -> HttpResponseBase:
    terms = get_object_or_404(ServiceTerms, pk=pk, contract__in=contracts_seen_by(request))
    _try(request, lambda: actions.agree_terms(terms, request.user))
    return redirect("programme:service_contract", terms.contract_id)


@part(of="operation", path="operation/contracts/<int:pk>/maintenance", methods=("POST",), roles=("company",))
def ask_maintenance(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(contracts_seen_by(request), pk=pk)
    form = MaintenanceForm(request.POST)
    if form.is_valid():
        _try(request, lambda: actions.ask_maintenance(found, request.user, **form.cleaned_data))
    else:
        messages.error(request, "；".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("programme:service_contract", pk)


@part(of="operation", path="operation/maintenance/<int:pk>/agree", methods=("POST",), roles=("office",))
def agree_maintenance(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Maintenance, pk=pk)
    _try(request, lambda: actions.agree_maintenance(found, request.user))
    return redirect("programme:service_contract", found.contract_id)


@part(of="operation", path="operation/statements/<int:pk>/")
def statement(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Line by line: measured from what, deducted by which step; what was contested; how anybody reckons it again."""
    found = _statement_of(request, pk)
    by_measure = {level["measure"]: level for level in found.terms.levels}
    lines = [
        {**line, "name": MEASURE_WORDS[line["measure"]], "said": value_words(line["measure"], line["value"]),
         "aim": value_words(line["measure"], line["target"]), "steps": steps_words(by_measure[line["measure"]]),
         "how": HOW[line["measure"]]}
        for line in found.lines
    ]  # fmt: skip
    is_company = may(request.user, "programme.company")
    contestable = is_company and found.state in ("sent", "disputed") and found.answer_by > now()
    form = ContestForm(lines=found.lines)
    return page(request, "programme/operation/statement.html", {
        "statement": found, "lines": lines, "money": yuan, "badge": BADGES[found.state], "is_company": is_company,
        "is_office": may(request.user, "programme.office"), "disputes": found.disputes.select_related("case", "made_by"),
        "form": PageForm(form, submit=_("提出异议"), action=reverse("programme:contest_statement", args=[pk]))
        if contestable and form.fields["measure"].choices else None,
        "names": MEASURE_WORDS, "outages": measure(found.contract, found.month, found.made_at).outages[:20], "crumbs": _crumbs(),
    })  # fmt: skip


def _statement_of(request: HttpRequest, pk: int) -> Statement:
    found = Statement.objects.filter(contract__in=contracts_seen_by(request))
    return get_object_or_404(
        found.select_related("contract__firm", "terms", "accepted_by", "approved_by"), pk=pk
    )


@part(of="operation", path="operation/statements/<int:pk>/contest", methods=("POST",), roles=("company",))
def contest_statement(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = _statement_of(request, pk)
    measure_key, words = request.POST.get("measure", ""), request.POST.get("words", "")
    _try(request, lambda: actions.contest(found, request.user, measure_key, words))
    return redirect("programme:statement", pk)


@part(of="operation", path="operation/statements/<int:pk>/accept", methods=("POST",), roles=("company",))
def accept_statement(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = _statement_of(request, pk)
    _try(request, lambda: actions.accept(found, request.user))
    return redirect("programme:statement", pk)


@part(of="operation", path="operation/statements/<int:pk>/approve", methods=("POST",), roles=("office",))
def approve_statement(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = _statement_of(request, pk)
    _try(request, lambda: actions.approve(found, request.user))
    return redirect("programme:statement", pk)


@part(of="operation", path="operation/settle", methods=("POST",), roles=("office",))
def settle(request: HttpRequest) -> HttpResponseBase:
    """A month of a contract, when the nightly job did not make it: the same reckoning."""
    found = get_object_or_404(contracts_seen_by(request), pk=int(request.POST.get("contract") or 0))
    text = request.POST.get("month", "")
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        messages.error(request, _("月份不对：%(value)s") % {"value": text[:20]})
        return redirect("programme:service_contract", found.pk)
    made = _try(request, lambda: actions.make_statement(found, month))
    return (
        redirect("programme:statement", made.pk) if made else redirect("programme:service_contract", found.pk)
    )


@part(of="courses", path="operation/report-fault", methods=("GET", "POST"))
def report_fault(request: HttpRequest) -> HttpResponseBase:
    """Anybody on the staff says what does not work; it is a ticket of the company with a clock."""
    form = FaultForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        told = (given["key"], given["title"], given["text"])
        case = _try(request, lambda: actions.report_fault(request.user, *told, company_unit()))
        if case is not None:
            messages.success(request, _("已报修，工单号 %(n)s") % {"n": case.number})
            return redirect("programme:courses")
    return page(request, "programme/training/form.html", {
        "title": _("报修"), "form": PageForm(form, submit=_("提交")), "crumbs": [(_("培训学习"), reverse("programme:courses"))],
    })  # fmt: skip


def company_unit() -> Organisation | None:
    """The unit of the newest agreed terms."""
    terms = ServiceTerms.objects.filter(agreed_at__isnull=False).order_by("-from_month", "-pk").first()
    return actions.company_of(terms.contract) if terms else None


def _try(request: HttpRequest, act: Any) -> Any:
    """What was done, or None with the refusal as a message."""
    try:
        return act()
    except Refused as refused:
        messages.error(request, str(refused))
        return None


def _crumbs() -> list[tuple[str, str]]:
    return [(_("运营服务"), reverse("programme:operation"))]
