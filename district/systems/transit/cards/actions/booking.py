"""What a provider tells, into the books: once, whatever order it comes in and however often."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.translation import gettext_noop

from district.kernel.clock import CHINA, now

from ...models import LedgerAccount, Payment, Refund, TopUp
from .. import ledger
from ..ports import FAILED, PAID, REFUND_FAILED, REFUNDED, Notice, provider_of

Kind = LedgerAccount.Kind
BOOKED, REPEATED, UNKNOWN, UNREADABLE = "booked", "repeated", "unknown", "unreadable"
"""Outcomes of PaymentNotice."""
LATE, TWICE, OTHER_AMOUNT = gettext_noop("订单超时后才支付"), gettext_noop("重复支付"), gettext_noop("支付金额与订单不符")


def book(provider_key: str, notice: Notice) -> str:
    """What became of it: booked, repeated or unknown."""
    if notice.outcome in (PAID, FAILED):
        with transaction.atomic():
            order = TopUp.objects.select_for_update().filter(number=notice.about, provider=provider_key).first()
            if order is None:
                return UNKNOWN
            outcome, refund = _paid(order, notice) if notice.outcome == PAID else (_failed(order), None)
        if refund is not None:
            send(refund)
        return outcome
    if notice.outcome in (REFUNDED, REFUND_FAILED):
        with transaction.atomic():
            found = Refund.objects.select_for_update().filter(number=notice.about, payment__provider=provider_key).first()
            return UNKNOWN if found is None else _returned(found, notice)
    return UNREADABLE


def _paid(order: TopUp, notice: Notice) -> tuple[str, Refund | None]:
    """Onto the card when it is the order's own money in time; else kept apart, and on its way back at once."""
    if Payment.objects.filter(provider=order.provider, reference=notice.reference).exists():
        return REPEATED, None
    why = ""
    if notice.amount_fen != order.amount_fen:
        why = OTHER_AMOUNT
    elif order.state == TopUp.State.PAID:
        why = TWICE
    elif order.state == TopUp.State.EXPIRED:
        why = LATE
    payment = Payment.objects.create(
        provider=order.provider, reference=notice.reference, top_up=order, amount_fen=notice.amount_fen, paid_at=notice.at,
        use=Payment.Use.RETURN if why else Payment.Use.CARD,
    )  # fmt: skip
    receivable = ledger.account_of(Kind.RECEIVABLE, order.provider)
    other = ledger.account_of(Kind.RETURNING) if why else ledger.account_of_card(order.card)
    ledger.post(f"paid:{payment.provider}:{payment.reference}", "paid",
                {receivable: payment.amount_fen, other: -payment.amount_fen}, order.number)  # fmt: skip
    if why:
        return BOOKED, hold(payment, payment.amount_fen, why, is_automatic=True)
    order.state, order.paid_at = TopUp.State.PAID, notice.at
    order.save(update_fields=("state", "paid_at"))
    return BOOKED, None


def _failed(order: TopUp) -> str:
    if order.state != TopUp.State.WAITING:
        return REPEATED
    order.state = TopUp.State.FAILED
    order.save(update_fields=("state",))
    return BOOKED


def hold(payment: Payment, amount_fen: int, reason: str, *, is_automatic: bool) -> Refund:
    """A refund that needs nobody's decision, with its money set aside."""
    refund = Refund.objects.create(
        number=refund_number(), payment=payment, amount_fen=amount_fen, reason=reason, is_automatic=is_automatic,
        state=Refund.State.SENT, decided_at=now(),
    )  # fmt: skip
    set_aside(refund)
    return refund


def refund_number() -> str:
    return f"T{now().astimezone(CHINA):%y%m%d}{secrets.token_hex(5).upper()}"


def set_aside(refund: Refund) -> None:
    """From the card (or what waits to go back) to refunds under way. Raises IntegrityError when the card has not enough."""
    ledger.post(f"held:{refund.number}", "held",
                {source_of(refund.payment): refund.amount_fen, ledger.account_of(Kind.REFUNDING): -refund.amount_fen},
                refund.payment.top_up.number)  # fmt: skip


def source_of(payment: Payment) -> LedgerAccount:
    if payment.use == Payment.Use.RETURN:
        return ledger.account_of(Kind.RETURNING)
    return ledger.account_of_card(payment.top_up.card)


def send(refund: Refund) -> None:
    """Tells the provider; after the commit, so that nothing goes out that is not in the books. Told again by `chase`."""
    provider_of(refund.payment.provider).refund(refund.number, refund.payment.reference, refund.amount_fen)


def _returned(refund: Refund, notice: Notice) -> str:
    if refund.state != Refund.State.SENT:
        return REPEATED
    is_done = notice.outcome == REFUNDED
    refunding = ledger.account_of(Kind.REFUNDING)
    other = ledger.account_of(Kind.RECEIVABLE, refund.payment.provider) if is_done else source_of(refund.payment)
    ledger.post(f"{'refunded' if is_done else 'unheld'}:{refund.number}", "refunded" if is_done else "unheld",
                {refunding: refund.amount_fen, other: -refund.amount_fen}, refund.payment.top_up.number)  # fmt: skip
    refund.state = Refund.State.DONE if is_done else Refund.State.FAILED
    refund.ended_at, refund.reference = notice.at, notice.reference
    refund.save(update_fields=("state", "ended_at", "reference"))
    return BOOKED
