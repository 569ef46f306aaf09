"""支付: what was asked for, who has to act by when, and what was paid."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.access import may
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.formats import FILTERS
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Payment, PostingLine
from .. import powers, queries
from ..actions import decide_payment, pay, return_payment, withdraw_payment
from ..amounts import in_wan, yuan
from ..terms import why_not
from .acts import Act, respond
from .forms import NoteForm, ReasonForm, VoucherForm
from .ledger import kinds
from .show import PAYMENT_BADGES, listing, payment_link, record, undertaking_link, undertaking_name

State = Payment.State


def payments(request: HttpRequest) -> HttpResponseBase:
    seen = queries.payments_visible_to(request.user)
    late = queries.late_payments(now(), seen)
    late_numbers = {each.number for each in late}
    table = Table(
        "payments",
        title=_("支付申请"),
        source=seen,
        order="-asked_at",
        empty=_("还没有支付申请"),
        columns=[
            Column("number", _("申请编号"), filter="text", link=payment_link),
            Column("reason", _("支付事由"), filter="text"),
            Column("commitment.pk", _("合同或补贴"), value=undertaking_name, sortable=False),
            Column("commitment.contract.firm.name", _("收款单位"), value=queries.payee, sortable=False),
            Column("amount_fen", _("金额"), format=yuan, align="end"),
            Column("state", _("状态"), filter="choice", choices=dict(State.choices), badge=PAYMENT_BADGES),
            Column("asked_at", _("申请时间"), format="moment", filter="date"),
            Column("paid_at", _("支付时间"), format="moment", filter="date"),
            Column("decided_at", _("办理时限"), value=lambda row: _due(row, late_numbers), sortable=False),
            Column("asked_by.name", _("申请人"), shown=False),
            Column("decided_by.name", _("审批人"), shown=False),
            Column("paid_by.name", _("支付人"), shown=False),
            Column("voucher", _("国库支付凭证号"), filter="text", shown=False),
        ],
    )
    counted = {state: 0 for state in State.values}
    for state in seen.values_list("state", flat=True):
        counted[state] += 1
    here = reverse("programme:payments")
    figures = [(label, counted[state], f"{here}?payments-state={state}") for state, label in State.choices]
    months = sorted(queries.paid_by_month(queries.lines_visible_to(request.user)).items())[-24:]
    chart = Bar(
        title=_("每月支付"),
        unit=_("万元"),
        decimals=2,
        x=[f"{month:%Y-%m}" for month, _fen in months],
        traces=[Trace(_("支付"), [in_wan(fen) for _month, fen in months])],
    )
    alerts = [
        (
            "danger",
            _("%(number)s %(what)s 已超过办理时限")
            % {"number": each.number, "what": each.get_state_display()},
            payment_link(each),
        )
        for each in late[:5]
    ]
    return listing(request, [table], figures=figures, charts=[chart], alerts=alerts)


def _due(row: Payment, late: set[str]) -> str:
    until = queries.due(row)
    if until is None:
        return ""
    text = FILTERS["moment"](until)
    return _("%(t)s（已超时）") % {"t": text} if row.number in late else text


@part(of="payments", path="payments/<str:number>/", methods=("GET", "POST"))
def payment(request: HttpRequest, number: str) -> HttpResponseBase:
    """One request: who asked, approved, paid; what its term waits for; how it was booked."""
    found = get_object_or_404(queries.payments_visible_to(request.user), number=number)
    answer, shown = respond(request, _acts(request, found), payment_link(found))
    if answer is not None:
        return answer
    waits = why_not(found.term, found.run) or _("已满足") if found.term else _("无付款条款")
    facts = [
        (_("支付事由"), found.reason, ""),
        (_("金额"), yuan(found.amount_fen), ""),
        (_("合同或补贴"), undertaking_name(found), undertaking_link(found)),
        (_("收款单位"), queries.payee(found), ""),
        (
            _("预算指标"),
            found.commitment.line,
            reverse("programme:budget_line", args=[found.commitment.line_id]),
        ),
        (_("付款条款"), found.term or "", ""),
        (_("付款条件"), waits, ""),
        (_("验收运行编号"), found.run or "", ""),
        (_("国库支付凭证号"), found.voucher or "", ""),
        (_("审批意见"), found.decision_note, ""),
        (_("撤销或退回原因"), found.return_reason, ""),
    ]
    steps = [
        (_("申请"), found.asked_by, found.asked_at),
        (_("审批"), found.decided_by, found.decided_at),
        (_("支付"), found.paid_by, found.paid_at),
        (_("退回登记"), found.returned_by, found.returned_at),
    ]
    until = queries.due(found)
    note = "" if until is None else _("办理时限 %(t)s") % {"t": FILTERS["moment"](until)}
    return record(
        request,
        _("支付申请 %(number)s") % {"number": found.number},
        facts,
        shown=shown,
        tables=[_postings(found)],
        steps=steps,
        badge=(PAYMENT_BADGES[found.state], found.get_state_display()),
        is_simulated=found.is_simulated,
        note=note,
        crumbs=[(_("支付"), reverse("programme:payments"))],
    )


def _acts(request: HttpRequest, found: Payment) -> list[Act]:
    acts: list[Act] = []
    account: Any = request.user
    if found.state == State.ASKED and may(account, *powers.DECIDE):
        acts += [
            Act(
                "approve",
                _("批准支付"),
                lambda fields: _done(decide_payment(found, True, account, fields["note"])),
                NoteForm,
            ),
            Act(
                "refuse",
                _("驳回申请"),
                lambda fields: _done(decide_payment(found, False, account, fields["note"])),
                NoteForm,
                is_danger=True,
            ),
        ]
    if found.state == State.APPROVED and may(account, *powers.PAY):
        acts.append(
            Act(
                "pay",
                _("国库支付"),
                lambda fields: _done(pay(found, fields["voucher"], account)),
                VoucherForm,
            )
        )
    if found.state == State.APPROVED and may(account, *powers.DECIDE):
        acts.append(
            Act(
                "withdraw",
                _("撤销批准"),
                lambda fields: _done(withdraw_payment(found, account, fields["reason"])),
                ReasonForm,
                is_danger=True,
            )
        )
    if found.state == State.PAID and may(account, *powers.KEEP):
        acts.append(
            Act(
                "return",
                _("登记退回"),
                lambda fields: _done(return_payment(found, fields["reason"], account)),
                ReasonForm,
                is_danger=True,
            )
        )
    return acts


def _done(_thing: object) -> str:
    return _("已办理")


def _postings(found: Payment) -> Table:
    keys = [
        f"{name}:{found.pk}"
        for name in ("approved", "withdrawn", "paid", "returned-paid", "returned-approved")
    ]
    lines = PostingLine.objects.filter(posting__key__in=keys).select_related("posting__account", "account")
    return Table(
        "postings",
        title=_("记账"),
        source=lines,
        order="pk",
        empty=_("还没有记账"),
        columns=[
            Column("posting.at", _("记账时间"), format="second"),
            Column("posting.kind", _("类型"), choices=kinds()),
            Column("account.kind", _("科目"), value=lambda row: row.account.get_kind_display()),
            Column("amount_fen", _("金额（借方为正）"), format=yuan, align="end"),
            Column("posting.account.name", _("经手人")),
        ],
    )
