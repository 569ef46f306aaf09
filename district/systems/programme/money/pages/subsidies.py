"""补贴与贴息、贷款与担保: what is given to firms, and how interest support is worked out from a loan's balances."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.people.access import may
from district.kernel.ui.chart import Line, Pie, Trace
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Guarantee, Loan, Payment, Subsidy
from .. import powers, queries
from ..actions import (
    ask_interest_support,
    ask_payment,
    ask_subsidy,
    decide_subsidy,
    end_subsidy,
    move_loan,
    register_guarantee,
    register_loan,
    release_guarantee,
)
from ..actions.subsidies import stretches_of
from ..amounts import in_wan, yuan
from ..interest import interest_fen
from .acts import Act, respond
from .forms import GuaranteeForm, InterestForm, LoanForm, MovementForm, PaymentForm, SubsidyForm
from .show import DECIDED_BADGES, PAYMENT_BADGES, listing, payment_link, record, steps_of


def _done(_thing: object) -> str:
    return _("已办理")


def _link(each: Subsidy) -> str:
    return reverse("programme:subsidy", args=[each.pk])


def _loan_link(each: Loan) -> str:
    return reverse("programme:loan", args=[each.pk])


def subsidies(request: HttpRequest) -> HttpResponseBase:
    seen = queries.subsidies_visible_to(request.user)
    table = Table(
        "subsidies",
        title=_("补贴与贴息"),
        source=seen,
        order="-asked_at",
        empty=_("还没有补贴"),
        columns=[
            Column("number", _("补贴编号"), filter="text", link=_link),
            Column("title", _("事由"), filter="text"),
            Column("kind", _("类别"), filter="choice", choices=dict(Subsidy.Kind.choices)),
            Column("firm.name", _("受益单位"), filter="text"),
            Column("amount_fen", _("金额"), format=yuan, align="end"),
            Column(
                "state", _("状态"), filter="choice", choices=dict(Subsidy.State.choices), badge=DECIDED_BADGES
            ),
            Column("asked_at", _("申请时间"), format="moment", filter="date"),
            Column("is_simulated", _("模拟"), shown=False),
        ],
    )
    sums: dict[str, int] = {}
    for kind, fen in seen.filter(state__in=("approved", "ended")).values_list("kind", "amount_fen"):
        sums[kind] = sums.get(kind, 0) + fen
    words = dict(Subsidy.Kind.choices)
    charts = [
        Pie(
            title=_("已批准的补贴"),
            unit=_("万元"),
            decimals=2,
            parts={words[kind]: in_wan(fen) for kind, fen in sums.items()},
        )
    ]
    links = [(_("申请补贴"), reverse("programme:new_subsidy"))] if may(request.user, *powers.ASK) else []
    return listing(
        request, [table], charts=charts, links=[*links, (_("贷款与担保"), reverse("programme:loans"))]
    )


@part(of="subsidies", path="subsidies/new", methods=("GET", "POST"), roles=("owner", "office"))
def new_subsidy(request: HttpRequest) -> HttpResponseBase:
    bound: list[Any] = []

    class Bound(SubsidyForm):
        def __init__(self, *given: Any, **options: Any) -> None:
            super().__init__(*given, **options)
            bound.append(self)

    def do(fields: dict[str, Any]) -> str:
        named = {name: fields[name] for name in ("kind", "title", "firm", "project", "basis", "amount_fen")}
        made = ask_subsidy(funding=bound[0].funding(), account=request.user, **named)
        return _("%(number)s 已提交，资金已预占，等待财政审批") % {"number": made.number}

    act = Act(
        "subsidy",
        _("申请补贴"),
        do,
        Bound,
        submit=_("提交审批"),
        columns=2,
        options={"lines": _lines(request)},
    )
    answer, shown = respond(request, [act], reverse("programme:subsidies"))
    return answer or record(
        request, _("申请补贴"), (), shown=shown, crumbs=[(_("补贴与贴息"), reverse("programme:subsidies"))]
    )


def _lines(request: HttpRequest) -> Any:
    return queries.lines_visible_to(request.user).filter(state="approved", year__is_closed=False)


@part(of="subsidies", path="subsidies/<int:pk>/", methods=("GET", "POST"))
def subsidy(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(queries.subsidies_visible_to(request.user), pk=pk)
    answer, shown = respond(request, _acts(request, found), _link(found))
    if answer is not None:
        return answer
    facts = [
        (_("类别"), found.get_kind_display(), ""),
        (_("受益单位"), f"{found.firm.name}（{found.firm.uscc}）", ""),
        (_("政策依据"), found.basis, ""),
        (_("金额"), yuan(found.amount_fen), ""),
        (_("已支付"), yuan(queries.paid_fen(found.commitments.all())), ""),
    ]
    payments = Payment.objects.filter(commitment__subsidy=found).select_related("commitment__line")
    tables = [
        Table(
            "payments",
            title=_("支付申请"),
            source=payments,
            order="-pk",
            empty=_("还没有支付申请"),
            columns=[
                Column("number", _("申请编号"), link=payment_link),
                Column("amount_fen", _("金额"), format=yuan, align="end"),
                Column("state", _("状态"), choices=dict(Payment.State.choices), badge=PAYMENT_BADGES),
            ],
        )
    ]
    if found.loan is not None and found.begins_on and found.ends_on:
        facts += [
            (_("贷款"), found.loan.number, _loan_link(found.loan)),
            (_("计息期"), f"{found.begins_on} – {found.ends_on}", ""),
            (_("贴息比例"), f"{found.share}%", ""),
            (_("贴息上限"), yuan(found.cap_fen), ""),
            (_("核算贴息（未封顶）"), yuan(found.computed_fen), ""),
        ]
        tables.insert(0, _stretches(found.loan, found.begins_on, found.ends_on))
    return record(
        request,
        found.title,
        facts,
        shown=shown,
        tables=tables,
        steps=steps_of(found),
        is_simulated=found.is_simulated,
        badge=(DECIDED_BADGES[found.state], found.get_state_display()),
        crumbs=[(_("补贴与贴息"), reverse("programme:subsidies"))],
    )


def _acts(request: HttpRequest, found: Subsidy) -> list[Act]:
    acts = []
    if found.state == "asked" and may(request.user, "programme.finance"):
        acts += [
            Act("approve", _("批准补贴"), lambda fields: _done(decide_subsidy(found, True, request.user))),
            Act(
                "refuse",
                _("驳回补贴"),
                lambda fields: _done(decide_subsidy(found, False, request.user)),
                is_danger=True,
            ),
        ]
    if found.state == "approved" and may(request.user, *powers.ASK):
        bound = found.commitments.filter(state="bound").select_related("line")
        acts.append(
            Act(
                "pay",
                _("申请支付"),
                lambda fields: _done(
                    ask_payment(fields["commitment"], fields["amount_fen"], fields["reason"], request.user)
                ),
                PaymentForm,
                options={"commitments": bound},
            )
        )
    if found.state == "approved" and may(request.user, *powers.DECIDE):
        acts.append(
            Act("end", _("结清补贴"), lambda fields: _done(end_subsidy(found, request.user)), is_danger=True)
        )
    return acts


def _stretches(loan: Loan, begins_on: Any, ends_on: Any) -> Table:
    rows = [
        {
            "begins_on": row.begins_on,
            "ends_on": row.ends_on,
            "days": row.days,
            "balance": row.balance_fen,
            "interest": round(row.interest),
        }
        for row in stretches_of(loan, begins_on, ends_on)
    ]
    return Table(
        "stretches",
        title=_("分段计息（余额 × 年利率 × 天数 ÷ 360）"),
        source=rows,
        order="begins_on",
        columns=[
            Column("begins_on", _("自"), format="day"),
            Column("ends_on", _("至（不含）"), format="day"),
            Column("days", _("天数"), format=0),
            Column("balance", _("贷款余额"), format=yuan, align="end"),
            Column("interest", _("利息"), format=yuan, align="end"),
        ],
    )


def loans(request: HttpRequest) -> HttpResponseBase:
    """Loans and guarantees; a guarantee is what may have to be paid, and counts nowhere as paid."""
    table = Table(
        "loans",
        title=_("贷款"),
        source=Loan.objects.select_related("borrower", "project"),
        order="-begins_on",
        empty=_("还没有贷款"),
        columns=[
            Column("number", _("贷款合同号"), filter="text", link=_loan_link),
            Column("borrower.name", _("借款单位"), filter="text"),
            Column("lender", _("贷款机构"), filter="text"),
            Column("principal_fen", _("合同本金"), format=yuan, align="end"),
            Column("rate", _("年利率"), format=2, unit="%"),
            Column("begins_on", _("起始日"), format="day", filter="date"),
            Column("ends_on", _("到期日"), format="day", filter="date"),
            Column("is_simulated", _("模拟"), shown=False),
        ],
    )
    given = Table(
        "guarantees",
        title=_("融资担保"),
        source=Guarantee.objects.select_related("loan"),
        order="-begins_on",
        empty=_("还没有担保"),
        columns=[
            Column("number", _("担保合同号"), filter="text"),
            Column("loan.number", _("贷款合同号"), link=lambda row: _loan_link(row.loan)),
            Column("guarantor", _("担保机构"), filter="text"),
            Column("amount_fen", _("担保金额"), format=yuan, align="end"),
            Column("ends_on", _("到期日"), format="day", filter="date"),
            Column("state", _("状态"), filter="choice", choices=dict(Guarantee.State.choices)),
        ],
    )
    live = sum(Guarantee.objects.filter(state="live").values_list("amount_fen", flat=True))
    owed = {
        each.number: sum(fen for _day, fen in each.movements.values_list("day", "amount_fen"))
        for each in Loan.objects.all()[:50]
    }
    figures = [(_("在保余额（或有负债）"), yuan(live), ""), (_("贷款余额"), yuan(sum(owed.values())), "")]
    chart = Pie(
        title=_("贷款余额"),
        unit=_("万元"),
        decimals=2,
        parts={number: in_wan(fen) for number, fen in owed.items() if fen},
    )
    links = [(_("登记贷款"), reverse("programme:new_loan"))] if may(request.user, *powers.DECIDE) else []
    return listing(request, [table, given], figures=figures, charts=[chart], links=links)


@part(of="loans", path="loans/new", methods=("GET", "POST"), roles=("finance", "office"))
def new_loan(request: HttpRequest) -> HttpResponseBase:
    def do(fields: dict[str, Any]) -> str:
        register_loan(
            account=request.user, **{name: value for name, value in fields.items() if name != "act"}
        )
        return _("已登记")

    answer, shown = respond(
        request, [Act("loan", _("登记贷款"), do, LoanForm, columns=2)], reverse("programme:loans")
    )
    return answer or record(
        request, _("登记贷款"), (), shown=shown, crumbs=[(_("贷款与担保"), reverse("programme:loans"))]
    )


@part(of="loans", path="loans/<int:pk>/", methods=("GET", "POST"))
def loan(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(
        Loan.objects.select_related("borrower", "project", "made_by__organisation"), pk=pk
    )
    answer, shown = respond(request, _loan_acts(request, found), _loan_link(found))
    if answer is not None:
        return answer
    moved = list(found.movements.order_by("day", "pk"))
    owed, points = 0, []
    for each in moved:
        owed += each.amount_fen
        points.append((each.day, owed))
    rows = stretches_of(found, found.begins_on, min(today(), found.ends_on))
    facts = [
        (_("借款单位"), found.borrower.name, ""),
        (_("贷款机构"), found.lender, ""),
        (_("项目"), found.project or "", ""),
        (_("合同本金"), yuan(found.principal_fen), ""),
        (_("年利率"), f"{found.rate}%", ""),
        (_("期限"), f"{found.begins_on} – {found.ends_on}", ""),
        (_("现余额"), yuan(owed), ""),
        (_("至今应计利息"), yuan(interest_fen(rows)), ""),
    ]
    chart = Line(
        title=_("贷款余额"),
        unit=_("万元"),
        decimals=2,
        x=[day.isoformat() for day, _owed in points],
        traces=[Trace(_("余额"), [in_wan(fen) for _day, fen in points])],
    )
    tables = [
        Table(
            "movements",
            title=_("提款与还款"),
            source=found.movements.select_related("made_by"),
            order="day",
            columns=[
                Column("day", _("日期"), format="day"),
                Column("amount_fen", _("金额"), format=yuan, align="end"),
                Column("document", _("凭证号")),
                Column("made_by.name", _("登记人")),
            ],
        ),
        Table(
            "supports",
            title=_("贴息"),
            source=found.supports.all(),
            order="-begins_on",
            empty=_("还没有贴息"),
            columns=[
                Column("number", _("补贴编号"), link=_link),
                Column("begins_on", _("计息起"), format="day"),
                Column("ends_on", _("计息止"), format="day"),
                Column("amount_fen", _("金额"), format=yuan, align="end"),
                Column("state", _("状态"), choices=dict(Subsidy.State.choices), badge=DECIDED_BADGES),
            ],
        ),
    ]
    return record(
        request,
        found.number,
        facts,
        shown=shown,
        charts=[chart],
        tables=tables,
        is_simulated=found.is_simulated,
        steps=[(_("登记"), found.made_by, found.made_at)],
        crumbs=[(_("贷款与担保"), reverse("programme:loans"))],
    )


def _loan_acts(request: HttpRequest, found: Loan) -> list[Act]:
    acts: list[Act] = []
    if may(request.user, *powers.DECIDE):
        acts += [
            Act(
                "move",
                _("登记提款或还款"),
                lambda fields: _done(
                    move_loan(found, fields["day"], fields["amount_fen"], fields["document"], request.user)
                ),
                MovementForm,
            ),
            Act(
                "guarantee",
                _("登记担保"),
                lambda fields: _done(
                    register_guarantee(
                        loan=found,
                        account=request.user,
                        **{name: value for name, value in fields.items() if name != "act"},
                    )
                ),
                GuaranteeForm,
            ),
        ]
        for given in found.guarantees.filter(state="live"):
            acts += _guarantee_acts(request, given)
    if may(request.user, *powers.ASK):
        acts.append(
            Act(
                "interest",
                _("申请贴息（金额由平台核算）"),
                lambda fields: _done(
                    ask_interest_support(
                        loan=found,
                        account=request.user,
                        **{name: value for name, value in fields.items() if name != "act"},
                    )
                ),
                InterestForm,
                submit=_("提交审批"),
                options={"lines": _lines(request)},
            )
        )
    return acts


def _guarantee_acts(request: HttpRequest, given: Guarantee) -> list[Act]:
    return [
        Act(
            f"release-{given.pk}",
            _("解除担保 %(number)s") % {"number": given.number},
            lambda fields: _done(release_guarantee(given, request.user)),
        ),
        Act(
            f"call-{given.pk}",
            _("登记代偿 %(number)s") % {"number": given.number},
            lambda fields: _done(release_guarantee(given, request.user, True)),
            is_danger=True,
        ),
    ]
