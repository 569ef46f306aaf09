"""Orders to pay onto a card: begun, run out, asked after."""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, now
from district.kernel.people.refused import Refused

from ...models import Card, Refund, TopUp
from ..ports import Provider, default_provider, provider_of
from .booking import book

log = logging.getLogger(__name__)

AMOUNTS_FEN = (1000, 2000, 5000, 10000, 20000)
LEAST_FEN, MOST_FEN = 100, 100_000
PAY_WITHIN = timedelta(minutes=15)
ASK_AFTER = timedelta(minutes=3)
"""A refund that nothing was heard of for so long is asked after."""


def begin_top_up(card: Card, amount_fen: int, provider: Provider | None = None, *, is_simulated: bool = False) -> TopUp:
    """An order and the address where it is paid (`pay_url`). Raises Refused."""
    if not LEAST_FEN <= amount_fen <= MOST_FEN:
        raise Refused("amount", _("充值金额应在 1 元到 1000 元之间"))
    provider = provider or default_provider()
    at = now()
    order = TopUp.objects.create(
        number=f"C{at.astimezone(CHINA):%y%m%d}{secrets.token_hex(5).upper()}", key=secrets.token_urlsafe(24), card=card,
        amount_fen=amount_fen, provider=provider.key, made_at=at, due_at=at + PAY_WITHIN, is_simulated=is_simulated,
    )  # fmt: skip
    order.pay_url = provider.begin(order.number, amount_fen, reverse("transit:top_up_receipt", args=[order.key]))
    order.save(update_fields=("pay_url",))
    return order


def expire_due() -> int:
    """Closes orders nobody paid in time, after asking the provider once more; how many ran out."""
    count = 0
    for number in TopUp.objects.filter(state=TopUp.State.WAITING, due_at__lt=now()).values_list("number", flat=True):
        order = TopUp.objects.get(number=number)
        provider = provider_of(order.provider)
        for notice in provider.ask(number):
            book(provider.key, notice)
        with transaction.atomic():
            order = TopUp.objects.select_for_update().get(number=number)
            if order.state != TopUp.State.WAITING:
                continue
            order.state = TopUp.State.EXPIRED
            order.save(update_fields=("state",))
            count += 1
        provider.close(number)
    return count


def chase() -> int:
    """Asks after refunds nothing was heard of; tells the provider again, which does it once. How many were asked after."""
    waiting = Refund.objects.filter(state=Refund.State.SENT, decided_at__lt=now() - ASK_AFTER).select_related("payment")
    for refund in waiting:
        provider = provider_of(refund.payment.provider)
        provider.refund(refund.number, refund.payment.reference, refund.amount_fen)
        for notice in provider.ask(refund.number):
            book(provider.key, notice)
    return len(waiting)
