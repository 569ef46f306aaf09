"""Payments: asked for by one, approved by another, paid by a third; what came back is booked against."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people.audit import record_act
from district.kernel.people.refused import Refused

from ...models import Acceptance, AcceptanceRun, Commitment, Contract, Payment, PaymentTerm, Posting, Subsidy
from ...numbers import next_number
from .. import ledger, powers
from ..amounts import yuan
from ..ledger import Kind
from ..terms import why_not

State = Payment.State
UNDER_WAY = (State.APPROVED, State.PAID)


@transaction.atomic
def ask_payment(
    commitment: Commitment,
    amount_fen: int,
    reason: str,
    account: Any,
    term: PaymentTerm | None = None,
    run: AcceptanceRun | None = None,
    is_simulated: bool = False,
) -> Payment:
    """Of a contract or subsidy that is approved. The run of the project's acceptance is taken when none is named. Raises
    Refused; whether there is enough is decided when it is approved."""
    powers.needs(account, powers.ASK)
    commitment = Commitment.objects.select_related("contract", "subsidy", "line").get(pk=commitment.pk)
    undertaking = _undertaking(commitment)
    powers.covers(
        account, commitment.line.unit_id if undertaking.project is None else undertaking.project.owner_id
    )
    if amount_fen <= 0:
        raise Refused("amount", _("金额必须大于零"), field="amount_fen", value=amount_fen)
    if undertaking.state != "approved":
        raise Refused("not_approved", _("合同或补贴还没有批准，或已经办结"))
    if (
        commitment.contract_id
        and (term is None) == PaymentTerm.objects.filter(contract=commitment.contract_id).exists()
    ):
        raise Refused("term_needed", _("请选择合同的付款条款"), field="term")
    if term is not None and term.contract_id != commitment.contract_id:
        raise Refused("term_of_other", _("付款条款不属于这份合同"), field="term")
    if run is None and term is not None and term.condition in ("accepted", "evaluated"):
        accepted = Acceptance.objects.filter(project=undertaking.project).select_related("run").first()
        run = accepted.run if accepted else None
    payment = Payment.objects.create(
        number=next_number(Payment, "ZF", today()),
        commitment=commitment,
        term=term,
        amount_fen=amount_fen,
        reason=reason,
        run=run,
        asked_by=account,
        is_simulated=is_simulated,
    )
    record_act(account, "payment_asked", subject_kind="programme.payment", subject=payment.number)
    return payment


def _undertaking(commitment: Commitment) -> Contract | Subsidy:
    found = commitment.contract or commitment.subsidy
    assert found is not None
    return found


def _held(payment: Payment, state: str) -> Payment:
    """The payment, for this transaction only ours. Raises Refused when it is not (any more) in that state."""
    found = (
        Payment.objects.select_for_update(of=("self",))
        .select_related("commitment__line__year", "term")
        .get(pk=payment.pk)
    )
    if found.state != state:
        raise Refused(
            "decided", _("这笔申请现在是“%(state)s”，不能这样办理") % {"state": found.get_state_display()}
        )
    return found


@transaction.atomic
def decide_payment(payment: Payment, is_approved: bool, account: Any, note: str = "") -> Payment:
    """Approves or refuses; not by who asked. Raises Refused, in words: past the contract, the term, what the term waits
    for, the line."""
    powers.needs(account, powers.DECIDE)
    payment = _held(payment, State.ASKED)
    powers.another(account, payment.asked_by_id)
    if is_approved:
        _may_be_approved(payment)
    payment.state = State.APPROVED if is_approved else State.REFUSED
    payment.decided_by, payment.decided_at, payment.decision_note = account, now(), note
    payment.save(update_fields=("state", "decided_by", "decided_at", "decision_note"))
    if is_approved:
        ledger.post(
            f"approved:{payment.pk}",
            "approved",
            {
                ledger.of_payment(Kind.PAYABLE, payment): payment.amount_fen,
                ledger.of_commitment(Kind.BOUND, payment.commitment): -payment.amount_fen,
            },
            account,
            payment.number,
        )
    record_act(
        account,
        f"payment_{payment.state}",
        subject_kind="programme.payment",
        subject=payment.number,
        purpose=note,
    )
    ledger.check_now()
    return payment


def _may_be_approved(payment: Payment) -> None:
    commitment = payment.commitment
    undertaking = _undertaking(commitment)
    type(undertaking).objects.select_for_update(of=("self",)).get(pk=undertaking.pk)
    if undertaking.state != "approved" or commitment.state != Commitment.State.BOUND:
        raise Refused("not_approved", _("合同或补贴还没有批准，或已经办结"))
    if commitment.line.year.is_closed:
        raise Refused(
            "year_closed", _("%(year)s 年度已结转，不能再记账") % {"year": commitment.line.year.year}
        )
    same = Payment.objects.filter(
        commitment__contract=commitment.contract_id, commitment__subsidy=commitment.subsidy_id
    )
    taken = same.filter(state__in=UNDER_WAY).aggregate(fen=Sum("amount_fen"))["fen"] or 0
    if taken + payment.amount_fen > undertaking.amount_fen:
        raise Refused(
            "past_contract",
            _("超出合同或补贴金额：共 %(amount)s，已批准 %(taken)s，本次 %(wanted)s")
            % {
                "amount": yuan(undertaking.amount_fen),
                "taken": yuan(taken),
                "wanted": yuan(payment.amount_fen),
            },
        )
    left = ledger.balance(ledger.of_commitment(Kind.BOUND, commitment))
    if left < payment.amount_fen:
        raise Refused(
            "over_budget",
            _("超出预算：指标 %(code)s 为此占用的余额 %(left)s，不足 %(wanted)s")
            % {"code": commitment.line.code, "left": yuan(left), "wanted": yuan(payment.amount_fen)},
        )
    if payment.term is not None:
        _within_term(payment, payment.term)


def _within_term(payment: Payment, term: PaymentTerm) -> None:
    PaymentTerm.objects.select_for_update(of=("self",)).get(pk=term.pk)
    taken = term.payments.filter(state__in=UNDER_WAY).aggregate(fen=Sum("amount_fen"))["fen"] or 0
    if taken + payment.amount_fen > term.amount_fen:
        raise Refused(
            "past_term",
            _("超出付款条款“%(term)s”的金额 %(amount)s，已批准 %(taken)s")
            % {"term": term.title, "amount": yuan(term.amount_fen), "taken": yuan(taken)},
        )
    words = why_not(term, payment.run)
    if words:
        raise Refused("term_not_met", _("付款条件未满足：%(why)s") % {"why": words})


@transaction.atomic
def withdraw_payment(payment: Payment, account: Any, reason: str) -> Payment:
    """An approved one is not paid after all; by the approvers. The money is bound again. Raises Refused."""
    powers.needs(account, powers.DECIDE)
    payment = _held(payment, State.APPROVED)
    powers.another(account, payment.asked_by_id)
    payment.state, payment.return_reason = State.WITHDRAWN, reason
    payment.save(update_fields=("state", "return_reason"))
    ledger.reverse(
        Posting.objects.get(key=f"approved:{payment.pk}"),
        f"withdrawn:{payment.pk}",
        "withdrawn",
        account,
        payment.number,
    )
    record_act(
        account, "payment_withdrawn", subject_kind="programme.payment", subject=payment.number, purpose=reason
    )
    ledger.check_now()
    return payment


@transaction.atomic
def pay(payment: Payment, voucher: str, account: Any) -> Payment:
    """Paid out of the treasury, by neither who asked nor who approved. Raises Refused."""
    powers.needs(account, powers.PAY)
    payment = _held(payment, State.APPROVED)
    powers.another(account, payment.asked_by_id, payment.decided_by_id)
    if not voucher or Payment.objects.filter(voucher=voucher).exists():
        raise Refused("voucher_taken", _("国库支付凭证号为空或已经用过"), field="voucher", value=voucher)
    source = payment.commitment.line.source
    treasury = ledger.of_cash(Kind.TREASURY, source)
    there = ledger.balance(treasury)
    if there < payment.amount_fen:
        raise Refused(
            "not_in_treasury",
            _("%(source)s到账资金余额 %(there)s，不足支付 %(wanted)s")
            % {
                "source": payment.commitment.line.get_source_display(),
                "there": yuan(there),
                "wanted": yuan(payment.amount_fen),
            },
        )
    payment.state, payment.paid_by, payment.paid_at, payment.voucher = State.PAID, account, now(), voucher
    payment.save(update_fields=("state", "paid_by", "paid_at", "voucher"))
    fen = payment.amount_fen
    ledger.post(
        f"paid:{payment.pk}",
        "paid",
        {
            ledger.of_payment(Kind.SPENT, payment): fen,
            ledger.of_payment(Kind.PAYABLE, payment): -fen,
            ledger.of_cash(Kind.EXPENSE, source): fen,
            treasury: -fen,
        },
        account,
        f"{payment.number} {voucher}",
    )
    record_act(
        account, "payment_paid", subject_kind="programme.payment", subject=payment.number, purpose=voucher
    )
    ledger.check_now()
    return payment


@transaction.atomic
def return_payment(payment: Payment, reason: str, account: Any) -> Payment:
    """The money came back: both postings are booked against, it is bound again. Not by who paid. Raises Refused."""
    powers.needs(account, powers.KEEP)
    payment = _held(payment, State.PAID)
    powers.another(account, payment.paid_by_id)
    line = payment.commitment.line
    if line.year.is_closed:
        raise Refused("year_closed", _("%(year)s 年度已结转，不能再记账") % {"year": line.year.year})
    if payment.commitment.state != Commitment.State.BOUND:
        raise Refused("not_under_way", _("合同或补贴已经办结，退回的资金另行登记到账"))
    payment.state, payment.returned_by, payment.returned_at, payment.return_reason = (
        State.RETURNED,
        account,
        now(),
        reason,
    )
    payment.save(update_fields=("state", "returned_by", "returned_at", "return_reason"))
    for key in ("paid", "approved"):
        ledger.reverse(
            Posting.objects.get(key=f"{key}:{payment.pk}"),
            f"returned-{key}:{payment.pk}",
            "returned",
            account,
            payment.number,
        )
    record_act(
        account, "payment_returned", subject_kind="programme.payment", subject=payment.number, purpose=reason
    )
    ledger.check_now()
    return payment
