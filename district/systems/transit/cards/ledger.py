"""The ledger: every movement of money once, its lines adding up to nothing.

That they do, that nothing written is changed, that a balance is the sum of its lines and that no card is overdrawn the
database sees to itself (migration 0009). All calls belong inside a transaction.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import Sum

from district.kernel.clock import now

from ..models import Card, LedgerAccount, Posting, PostingLine

Kind = LedgerAccount.Kind


def account_of(kind: str, provider: str = "") -> LedgerAccount:
    """The one account of a kind (and provider)."""
    return LedgerAccount.objects.get_or_create(kind=kind, provider=provider, card=None)[0]


def account_of_card(card: Card) -> LedgerAccount:
    return LedgerAccount.objects.get_or_create(kind=Kind.CARD, card=card)[0]


def balance_of(card: Card) -> int:
    """What is on the card, in fen; what it owes nobody is nothing."""
    account = LedgerAccount.objects.filter(card=card).first()
    return -account.balance_fen if account else 0


def post(key: str, kind: str, lines: Mapping[LedgerAccount, int], note: str = "") -> Posting | None:
    """Books a movement: account → fen, debit positive. None when that key is booked already: nothing happens then.

    Raises IntegrityError when a card would be overdrawn; that it balances is checked at commit.
    """
    try:
        with transaction.atomic():
            posting = Posting.objects.create(key=key, kind=kind, note=note, at=now())
    except IntegrityError:
        if Posting.objects.filter(key=key).exists():
            return None
        raise
    # In one order everywhere, so that two at once do not wait for each other.
    PostingLine.objects.bulk_create([
        PostingLine(posting=posting, account=account, amount_fen=lines[account])
        for account in sorted(lines, key=lambda account: account.pk)
    ])  # fmt: skip
    return posting


def imbalance() -> dict[str, int]:
    """What should not be, by name; empty when the books are right. For the page, the nightly check and tests."""
    found = {}
    total = PostingLine.objects.aggregate(total=Sum("amount_fen"))["total"] or 0
    if total:
        found["total"] = total
    sums = dict(PostingLine.objects.values_list("account").annotate(total=Sum("amount_fen")))
    for account in LedgerAccount.objects.all():
        if account.balance_fen != sums.get(account.pk, 0):
            found[f"account {account.pk}"] = account.balance_fen - sums.get(account.pk, 0)
    return found
