"""合同: each with what it binds, what its terms say, what was asked for and paid."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.people.access import may
from district.kernel.ui.chart import Bar, Pie, Trace
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Contract, Payment
from ...projects.queries import projects_visible_to
from .. import powers, queries
from ..actions import ask_contract, ask_payment, decide_contract, end_contract
from ..amounts import in_wan, yuan
from ..terms import why_not
from .acts import Act, respond
from .forms import ContractForm, PaymentForm, ReasonForm
from .show import DECIDED_BADGES, PAYMENT_BADGES, listing, payment_link, record, steps_of

FIELDS = ("title", "project", "firm", "kind", "amount_fen", "signed_on", "begins_on", "ends_on")


def contracts(request: HttpRequest) -> HttpResponseBase:
    seen = queries.contracts_visible_to(request.user)
    table = Table(
        "contracts",
        title=_("合同"),
        source=seen,
        order="-signed_on",
        empty=_("还没有合同"),
        columns=[
            Column("number", _("合同编号"), filter="text", link=contract_link),
            Column("title", _("合同名称"), filter="text"),
            Column("project.title", _("项目"), filter="text"),
            Column("firm.name", _("乙方"), filter="text"),
            Column("kind", _("类别"), filter="choice", choices=dict(Contract.Kind.choices)),
            Column("amount_fen", _("合同金额"), format=yuan, align="end"),
            Column(
                "state",
                _("状态"),
                filter="choice",
                choices=dict(Contract.State.choices),
                badge=DECIDED_BADGES,
            ),
            Column("signed_on", _("签订日期"), format="day", filter="date"),
            Column("ends_on", _("截止日期"), format="day"),
            Column("is_simulated", _("模拟"), shown=False),
        ],
    )
    sums: dict[str, int] = {}
    for kind, fen in seen.filter(state__in=("approved", "ended")).values_list("kind", "amount_fen"):
        sums[kind] = sums.get(kind, 0) + fen
    words = dict(Contract.Kind.choices)
    charts = [
        Pie(
            title=_("合同金额（按类别）"),
            unit=_("万元"),
            decimals=2,
            parts={words[kind]: in_wan(fen) for kind, fen in sums.items()},
        )
    ]
    links = [(_("登记合同"), reverse("programme:new_contract"))] if may(request.user, *powers.ASK) else []
    return listing(request, [table], charts=charts, links=links)


def contract_link(each: Contract) -> str:
    return reverse("programme:contract", args=[each.pk])


@part(of="contracts", path="contracts/new", methods=("GET", "POST"), roles=("owner", "office"))
def new_contract(request: HttpRequest) -> HttpResponseBase:
    def do(fields: dict[str, Any]) -> str:
        form = bound[0]
        made = ask_contract(
            funding=form.funding(),
            terms=form.terms(),
            account=request.user,
            **{name: fields[name] for name in FIELDS},
        )
        return _("%(number)s 已提交，资金已预占，等待财政审批") % {"number": made.number}

    bound: list[Any] = []

    class Bound(ContractForm):
        def __init__(self, *given: Any, **options: Any) -> None:
            super().__init__(*given, **options)
            bound.append(self)

    lines = queries.lines_visible_to(request.user).filter(state="approved", year__is_closed=False)
    options = {"lines": lines, "projects": projects_visible_to(request.user)}
    act = Act("contract", _("登记合同"), do, Bound, submit=_("提交审批"), columns=2, options=options)
    answer, shown = respond(request, [act], reverse("programme:contracts"))
    return answer or record(
        request, _("登记合同"), (), shown=shown, crumbs=[(_("合同"), reverse("programme:contracts"))]
    )


@part(of="contracts", path="contracts/<int:pk>/", methods=("GET", "POST"))
def contract(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(queries.contracts_visible_to(request.user), pk=pk)
    answer, shown = respond(request, _acts(request, found), contract_link(found))
    if answer is not None:
        return answer
    paid = queries.paid_fen(found.commitments.all())
    facts = [
        (_("合同编号"), found.number, ""),
        (_("项目"), found.project.title, ""),
        (_("建设单位"), found.project.owner.name, ""),
        (_("乙方"), f"{found.firm.name}（{found.firm.uscc}）", ""),
        (_("类别"), found.get_kind_display(), ""),
        (_("合同金额"), yuan(found.amount_fen), ""),
        (_("已支付"), yuan(paid), ""),
        (_("未支付"), yuan(found.amount_fen - paid), ""),
        (_("签订日期"), found.signed_on.isoformat(), ""),
        (_("履行期"), f"{found.begins_on} – {found.ends_on}", ""),
    ]
    chart = Bar(
        title=_("付款条款"),
        unit=_("万元"),
        decimals=2,
        x=[term.title for term in found.terms.all()],
        traces=[
            Trace(_("条款金额"), [in_wan(term.amount_fen) for term in found.terms.all()]),
            Trace(
                _("已支付"),
                [
                    in_wan(sum(each.amount_fen for each in term.payments.filter(state="paid")))
                    for term in found.terms.all()
                ],
            ),
        ],
    )
    return record(
        request,
        found.title,
        facts,
        shown=shown,
        tables=_tables(found),
        charts=[chart],
        steps=steps_of(found),
        badge=(DECIDED_BADGES[found.state], found.get_state_display()),
        is_simulated=found.is_simulated,
        crumbs=[(_("合同"), reverse("programme:contracts"))],
    )


def _acts(request: HttpRequest, found: Contract) -> list[Act]:
    acts = []
    if found.state == "asked" and may(request.user, "programme.finance"):
        acts += [
            Act("approve", _("批准合同"), lambda fields: _done(decide_contract(found, True, request.user))),
            Act(
                "refuse",
                _("驳回合同"),
                lambda fields: _done(decide_contract(found, False, request.user)),
                is_danger=True,
            ),
        ]
    if found.state == "approved" and may(request.user, *powers.ASK):
        bound = found.commitments.filter(state="bound").select_related("line")
        acts.append(
            Act(
                "pay",
                _("申请支付"),
                lambda fields: _asked(
                    ask_payment(
                        fields["commitment"],
                        fields["amount_fen"],
                        fields["reason"],
                        request.user,
                        term=fields.get("term"),
                    )
                ),
                PaymentForm,
                submit=_("提交申请"),
                options={"commitments": bound, "terms": found.terms.all()},
            )
        )
    if found.state == "approved" and may(request.user, *powers.DECIDE):
        acts += [
            Act(
                "end",
                _("办结合同"),
                lambda fields: _done(end_contract(found, request.user, fields["reason"])),
                ReasonForm,
            ),
            Act(
                "terminate",
                _("解除合同"),
                lambda fields: _done(end_contract(found, request.user, fields["reason"], True)),
                ReasonForm,
                is_danger=True,
            ),
        ]
    return acts


def _done(_thing: object) -> str:
    return _("已办理")


def _asked(payment: Payment) -> str:
    return _("%(number)s 已提交，等待审批") % {"number": payment.number}


def _tables(found: Contract) -> list[Table]:
    terms = [
        {
            "order": term.order,
            "title": term.title,
            "amount_fen": term.amount_fen,
            "condition": term.get_condition_display(),
            "why": why_not(term, _run(found)) or _("已满足"),
        }
        for term in found.terms.select_related("milestone", "contract__project")
    ]
    payments = Payment.objects.filter(commitment__contract=found).select_related("commitment__line", "term")
    return [
        Table(
            "terms",
            title=_("付款条款"),
            source=terms,
            order="order",
            empty=_("合同没有约定付款条款"),
            columns=[
                Column("order", _("期次")),
                Column("title", _("条款")),
                Column("amount_fen", _("金额"), format=yuan, align="end"),
                Column("condition", _("付款条件")),
                Column("why", _("条件是否满足")),
            ],
        ),
        Table(
            "commitments",
            title=_("资金占用"),
            source=found.commitments.select_related("line__year"),
            order="pk",
            columns=[
                Column(
                    "line.code",
                    _("指标编号"),
                    link=lambda row: reverse("programme:budget_line", args=[row.line_id]),
                ),
                Column("line.title", _("指标名称")),
                Column("amount_fen", _("金额"), format=yuan, align="end"),
                Column(
                    "state",
                    _("状态"),
                    choices={"held": _("预占"), "bound": _("占用"), "released": _("已释放")},
                ),
            ],
        ),
        Table(
            "payments",
            title=_("支付申请"),
            source=payments,
            order="-pk",
            empty=_("还没有支付申请"),
            columns=[
                Column("number", _("申请编号"), link=payment_link),
                Column("reason", _("支付事由")),
                Column("amount_fen", _("金额"), format=yuan, align="end"),
                Column("state", _("状态"), choices=dict(Payment.State.choices), badge=PAYMENT_BADGES),
                Column("paid_at", _("支付时间"), format="moment"),
            ],
        ),
    ]


def _run(found: Contract) -> Any:
    acceptance = getattr(found.project, "acceptance", None)
    return acceptance.run if acceptance else None
