"""The ledger of the programme's money: every movement once, its lines adding up to nothing, for each budget line too.

The database sees to it (migrations/_money_guards.py). All calls belong inside a transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import Sum

from district.kernel.clock import now

from ..models import BudgetLine, Commitment, LedgerAccount, Payment, Posting, PostingLine
from .execution import Use

Kind = LedgerAccount.Kind
WHERE_IT_STANDS = (Kind.AVAILABLE, Kind.HELD, Kind.BOUND, Kind.PAYABLE, Kind.SPENT)


def of_line(kind: str, line: BudgetLine) -> LedgerAccount:
    return _account(kind=kind, line=line, commitment=None, payment=None, source="")


def of_commitment(kind: str, commitment: Commitment) -> LedgerAccount:
    return _account(kind=kind, line_id=commitment.line_id, commitment=commitment, payment=None, source="")


def of_payment(kind: str, payment: Payment) -> LedgerAccount:
    commitment = payment.commitment
    return _account(kind=kind, line_id=commitment.line_id, commitment=commitment, payment=payment, source="")


def of_cash(kind: str, source: str) -> LedgerAccount:
    return _account(kind=kind, line=None, commitment=None, payment=None, source=source)


def _account(**what: Any) -> LedgerAccount:
    return LedgerAccount.objects.get_or_create(**what)[0]


def balance(account: LedgerAccount) -> int:
    """Its balance, and the account held for this transaction: nobody books on it in between."""
    return LedgerAccount.objects.select_for_update().values_list("balance_fen", flat=True).get(pk=account.pk)


def post(
    key: str,
    kind: str,
    lines: Mapping[LedgerAccount, int],
    account: Any,
    note: str = "",
    reverses: Posting | None = None,
) -> Posting:
    """Books a movement: account → fen, debit positive; accounts with nothing are left out. Raises IntegrityError when it is
    booked already or an account would go past nothing; that it balances and agrees is checked at commit."""
    moved = {each: fen for each, fen in lines.items() if fen}
    with transaction.atomic():
        posting = Posting.objects.create(
            key=key, kind=kind, note=note[:200], account=account, at=now(), reverses=reverses
        )
        # In one order everywhere, so that two at once do not wait for each other.
        PostingLine.objects.bulk_create([
            PostingLine(posting=posting, account=each, amount_fen=moved[each]) for each in sorted(moved, key=lambda it: it.pk)
        ])  # fmt: skip
    return posting


def reverse(posting: Posting, key: str, kind: str, account: Any, note: str = "") -> Posting:
    """The counter posting. Raises IntegrityError when there is one already."""
    lines = {line.account: -line.amount_fen for line in posting.lines.select_related("account")}
    return post(key, kind, lines, account, note, reverses=posting)


def check_now() -> None:
    """What is checked at commit, now: so that whoever acts hears of it in words. Raises IntegrityError."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def use_by_line(lines: Any) -> dict[int, Use]:
    """Line → where its money stands. `lines`: a queryset of BudgetLine."""
    found: dict[int, dict[str, int]] = {}
    rows = (
        LedgerAccount.objects.filter(line__in=lines)
        .values("line_id", "kind")
        .annotate(fen=Sum("balance_fen"))
    )
    for row in rows.order_by("line_id"):
        fen = -row["fen"] if row["kind"] == Kind.GRANTED else row["fen"]
        found.setdefault(row["line_id"], {})[row["kind"]] = fen
    return {line: Use(**kinds) for line, kinds in found.items()}


def imbalance() -> dict[str, int]:
    """What should not be, by name; empty when the books are right. For the page, exports and tests."""
    found = {}
    total = PostingLine.objects.aggregate(total=Sum("amount_fen"))["total"] or 0
    if total:
        found["total"] = total
    sums = dict(PostingLine.objects.order_by().values_list("account").annotate(total=Sum("amount_fen")))
    for account in LedgerAccount.objects.all():
        if account.balance_fen != sums.get(account.pk, 0):
            found[f"account {account.pk}"] = account.balance_fen - sums.get(account.pk, 0)
    for line, use in use_by_line(BudgetLine.objects.all()).items():
        if use.granted != sum(use.parts[1:]):
            found[f"line {line}"] = use.granted - sum(use.parts[1:])
    return found
