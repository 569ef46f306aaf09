"""A provider's statement of a day beside our books, row by row; settled into the bank when nothing differs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from district.kernel.clock import CHINA, now

from ...models import LedgerAccount, Payment, Refund, Statement
from .. import ledger
from ..ports import Charge, provider_of

Kind = LedgerAccount.Kind


def reconcile(provider_key: str, day: date) -> Statement:
    """Compares, keeps the differences, and books the settlement once when there are none. May be repeated."""
    theirs = {charge.reference: charge for charge in provider_of(provider_key).statement(day)}
    ours = _ours(provider_key, day)
    differences = _differences(ours, theirs)
    fee = sum(charge.fee_fen for charge in theirs.values())
    net = sum(charge.amount_fen if charge.kind == "payment" else -charge.amount_fen for charge in theirs.values())
    with transaction.atomic():
        kept, _new = Statement.objects.select_for_update().get_or_create(provider=provider_key, day=day)
        kept.rows, kept.net_fen, kept.fee_fen, kept.differences, kept.made_at = len(theirs), net, fee, differences, now()
        if not differences and not kept.is_settled and day < now().astimezone(CHINA).date():
            _settle(kept)
            kept.is_settled = True
        kept.save()
    return kept


def _settle(kept: Statement) -> None:
    lines = {
        ledger.account_of(Kind.BANK): kept.net_fen - kept.fee_fen, ledger.account_of(Kind.FEES): kept.fee_fen,
        ledger.account_of(Kind.RECEIVABLE, kept.provider): -kept.net_fen,
    }  # fmt: skip
    lines = {account: amount for account, amount in lines.items() if amount}
    if lines:
        ledger.post(f"settled:{kept.provider}:{kept.day}", "settled", lines, str(kept.day))


def _ours(provider: str, day: date) -> dict[str, int]:
    """Reference → fen of that day, refunds negative."""
    first = datetime(day.year, day.month, day.day, tzinfo=CHINA)
    span = (first, first + timedelta(days=1))
    paid = Payment.objects.filter(provider=provider, paid_at__gte=span[0], paid_at__lt=span[1])
    back = Refund.objects.filter(payment__provider=provider, state=Refund.State.DONE, ended_at__gte=span[0], ended_at__lt=span[1])
    return dict(paid.values_list("reference", "amount_fen")) | {
        reference: -amount for reference, amount in back.values_list("reference", "amount_fen")
    }


def _differences(ours: dict[str, int], theirs: dict[str, Charge]) -> list[dict[str, Any]]:
    found = []
    for reference in sorted({*ours, *theirs}):
        charge = theirs.get(reference)
        their_fen = None if charge is None else charge.amount_fen * (1 if charge.kind == "payment" else -1)
        our_fen = ours.get(reference)
        if our_fen != their_fen:
            code = "only_theirs" if our_fen is None else "only_ours" if their_fen is None else "amount_differs"
            found.append({"code": code, "reference": reference, "ours_fen": our_fen, "theirs_fen": their_fen})
    return found
