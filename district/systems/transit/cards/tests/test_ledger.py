"""The database itself keeps the books: nothing unbalanced, nothing changed, nothing written by hand."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from district.kernel.people.refused import Refused

from ...models import Card, LedgerAccount, Posting, PostingLine
from .. import ledger
from ..actions import charge_fare, issue_card
from ..numbers import check_digit, is_card_number, masked

pytestmark = pytest.mark.django_db
Kind = LedgerAccount.Kind


def number_of(ordinal: int) -> str:
    body = f"310000{ordinal:012d}"
    return body + check_digit(body)


def settle_constraints() -> None:
    """What is checked at commit, now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@transaction.atomic
def booked_wholly(lines: dict[LedgerAccount, int]) -> None:
    ledger.post("wrong", "test", lines)
    settle_constraints()


@pytest.fixture
def card() -> Card:
    return issue_card(number_of(1))


def test_a_posting_that_does_not_add_up_cannot_be_committed(card: Card):
    bank, own = ledger.account_of(Kind.BANK), ledger.account_of_card(card)
    for lines in ({bank: 500}, {bank: 500, own: -499}, {}):
        with pytest.raises(IntegrityError, match="does not balance"):
            booked_wholly(lines)
    assert not ledger.imbalance()


def test_what_is_booked_is_neither_changed_nor_deleted_and_balances_are_not_written(card: Card):
    ledger.post("in", "test", {ledger.account_of(Kind.BANK): 500, ledger.account_of_card(card): -500})
    settle_constraints()
    attempts = (
        lambda: PostingLine.objects.update(amount_fen=F("amount_fen") * 2), lambda: Posting.objects.update(note="x"),
        lambda: PostingLine.objects.all()._raw_delete("default"), lambda: LedgerAccount.objects.update(balance_fen=1),
        lambda: LedgerAccount.objects.create(kind=Kind.FEES, balance_fen=7),
    )  # fmt: skip
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    assert ledger.balance_of(card) == 500
    assert not ledger.imbalance()


def test_a_key_is_booked_once(card: Card):
    lines = {ledger.account_of(Kind.BANK): 500, ledger.account_of_card(card): -500}
    assert ledger.post("once", "test", lines) is not None
    assert ledger.post("once", "test", lines) is None
    assert ledger.balance_of(card) == 500


def test_a_card_is_never_overdrawn_and_a_fare_is_taken_once(card: Card):
    ledger.post("in", "test", {ledger.account_of(Kind.BANK): 300, ledger.account_of_card(card): -300})
    assert charge_fare(card, 200, "ride-1")
    assert not charge_fare(card, 200, "ride-1")
    with pytest.raises(Refused) as refused:
        charge_fare(card, 200, "ride-2")
    assert (refused.value.code, ledger.balance_of(card)) == ("not_enough", 100)
    settle_constraints()


def test_a_card_number_has_a_check_digit_and_is_stored_sealed():
    number = number_of(42)
    assert is_card_number(number)
    assert not any(is_card_number(wrong) for wrong in (number[:-1], number[:-1] + str((int(number[-1]) + 1) % 10), "１" * 19))
    swapped = number[:-2] + number[-1] + number[-2]
    assert not is_card_number(swapped) or number[-1] == number[-2]
    card = issue_card(number)
    assert masked(card.tail) == "*" * 15 + number[-4:]
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, mark FROM transit_card")
        assert number not in " ".join(cursor.fetchone())
