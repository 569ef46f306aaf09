"""Giving money back: one asks, another decides; never more than was paid, never more than is on the card."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.audit import record_act
from district.kernel.people.refused import Refused

from ...models import Payment, Refund
from .. import ledger
from .booking import refund_number, send, set_aside

State = Refund.State
OPEN = (State.ASKED, State.SENT, State.DONE)
SUBJECT = "transit.refund"


def refundable(payment: Payment) -> int:
    """What was not given back yet, nor is asked to be; at most what is on the card, when it went there."""
    taken = payment.refunds.filter(state__in=OPEN).aggregate(total=Sum("amount_fen"))["total"] or 0
    if payment.use == Payment.Use.RETURN:
        return payment.amount_fen - taken
    asked = payment.refunds.filter(state=State.ASKED).aggregate(total=Sum("amount_fen"))["total"] or 0
    return max(min(payment.amount_fen - taken, ledger.balance_of(payment.top_up.card) - asked), 0)


def ask_refund(payment: Payment, amount_fen: int, reason: str, account: Any) -> Refund:
    """Raises Refused."""
    if not reason.strip():
        raise Refused("reason", _("请填写退款原因"))
    with transaction.atomic():
        payment = Payment.objects.select_for_update().get(pk=payment.pk)
        if not 0 < amount_fen <= refundable(payment):
            raise Refused("too_much", _("退款金额超过可退金额"))
        refund = Refund.objects.create(
            number=refund_number(), payment=payment, amount_fen=amount_fen, reason=reason.strip()[:200], asked_by=account
        )
        record_act(account, "ask_refund", subject_kind=SUBJECT, subject=refund.number, purpose=reason.strip()[:200])
    return refund


def decide_refund(refund: Refund, is_approved: bool, account: Any) -> Refund:
    """By another than who asked. Raises Refused."""
    try:
        with transaction.atomic():
            refund = Refund.objects.select_for_update().select_related("payment__top_up__card").get(pk=refund.pk)
            if refund.state != State.ASKED:
                raise Refused("decided", _("这笔退款已经处理过"))
            if refund.asked_by_id == account.pk:
                raise Refused("same_person", _("申请人不能审批自己的退款"))
            refund.decided_by, refund.decided_at = account, now()
            refund.state = State.SENT if is_approved else State.REFUSED
            refund.save(update_fields=("decided_by", "decided_at", "state"))
            if is_approved:
                set_aside(refund)
            record_act(account, "approve_refund" if is_approved else "refuse_refund", subject_kind=SUBJECT, subject=refund.number)
    except IntegrityError as error:
        raise Refused("not_enough", _("卡内余额不足，不能退款")) from error
    if is_approved:
        send(refund)
    return refund
