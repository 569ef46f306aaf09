"""Any order of paying, telling twice, late and falsely, running out and giving back: the books stay right.

A machine does to us, to the provider and to the line between what may happen, and looks after each step.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from district.kernel.clock import CHINA, now, stopped_at
from district.kernel.people.refused import Refused
from district.testing.people import account

from ...models import LedgerAccount, Payment, PaymentNotice, Refund, TestPayment, TopUp
from .. import ledger
from ..actions import (
    ask_refund,
    begin_top_up,
    charge_fare,
    chase,
    decide_refund,
    expire_due,
    issue_card,
    receive,
    reconcile,
)
from ..signing import INSTANT, SIGNATURE
from ..testing_provider import TEST
from .test_ledger import number_of

pytestmark = pytest.mark.django_db
Kind = LedgerAccount.Kind
BEGIN = datetime(2026, 11, 25, 9, 0, tzinfo=CHINA)
NUMBERS = st.integers(0, 5)
PICK = st.integers(0, 1_000_000)


def refusal_of(act: Callable[[], object]) -> str:
    """The code of its refusal, "" when it was done."""
    try:
        act()
    except Refused as refused:
        return refused.code
    return ""


class Money(RuleBasedStateMachine):
    """`wire`: signed notices of the provider that may arrive at any time, never, or again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.closing = ExitStack()
        self.closing.enter_context(transaction.atomic())
        self.time = self.closing.enter_context(ExitStack())
        self.at = BEGIN
        self.time.enter_context(stopped_at(self.at))
        self.cards = [issue_card(number_of(each)) for each in (1, 2)]
        self.people = [account(), account()]
        self.wire: list[tuple[dict[str, str], bytes]] = []
        self.fares = dict.fromkeys((card.pk for card in self.cards), 0)
        self.fare_number = 0

    def teardown(self) -> None:
        try:
            self.all_arrives_at_last()
            self.books_are_right()
        finally:
            transaction.set_rollback(True)
            self.closing.close()

    def picked(self, rows: Any, number: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    @initialize(pay=st.booleans())
    def begins(self, pay: bool) -> None:
        order = begin_top_up(self.cards[0], 5000)
        if pay:
            self.wire.append(TEST.settle(TestPayment.objects.get(about=order.number), True))
            self.arrives(0, 1)

    @rule(which=st.integers(0, 1), amount=st.sampled_from([100, 2000, 5000]))
    def somebody_orders(self, which: int, amount: int) -> None:
        begin_top_up(self.cards[which], amount)

    @rule(number=PICK, is_paid=st.sampled_from([True, True, False]))
    def the_payer_ends_it(self, number: int, is_paid: bool) -> None:
        payment = self.picked(TestPayment.objects.filter(kind="payment"), number)
        if payment:
            self.wire.append(TEST.settle(payment, is_paid))

    @rule(number=PICK, more=st.sampled_from([0, 0, 1]))
    def the_payer_pays_once_more(self, number: int, more: int) -> None:
        order = self.picked(TopUp.objects, number)
        count = TestPayment.objects.filter(about=order.number).count()
        again = TestPayment.objects.create(about=order.number, kind="payment", reference=f"P{order.number}-{count + 1}",
                                           amount_fen=order.amount_fen + more)  # fmt: skip
        self.wire.append(TEST.settle(again, True))

    @precondition(lambda self: self.wire)
    @rule(number=PICK, times=st.integers(1, 2))
    def arrives(self, number: int, times: int) -> None:
        _headers, body = self.wire[number % len(self.wire)]
        notice = TEST.read(*self.signed_now(body), now())
        for _ in range(times):
            headers, again = TEST.signed(notice)
            assert receive("test", headers, again).is_taken

    def signed_now(self, body: bytes) -> tuple[dict[str, str], bytes]:
        from ..signing import signature_of

        instant = str(int(now().timestamp()))
        return {INSTANT: instant, SIGNATURE: signature_of(TEST._key(), instant, body)}, body

    @precondition(lambda self: self.wire)
    @rule(number=PICK, how=st.sampled_from(["amount", "signature", "old"]))
    def somebody_lies(self, number: int, how: str) -> None:
        headers, body = self.wire[number % len(self.wire)]
        headers = dict(headers)
        if how == "amount":
            body = json.dumps(json.loads(body) | {"amount_fen": 999_999, "event": "x"}).encode()
        elif how == "signature":
            headers[SIGNATURE] = "0" * 64
        else:
            self.passes(11)
        assert not receive("test", headers, body).is_taken

    @rule(minutes=st.sampled_from([1, 4, 16, 60]))
    def passes(self, minutes: int) -> None:
        self.time.close()
        self.at += timedelta(minutes=minutes)
        self.time.enter_context(stopped_at(self.at))

    @rule()
    def the_timers_run(self) -> None:
        expire_due()
        chase()

    @rule(which=st.integers(0, 1), amount=st.sampled_from([100, 3000]))
    def somebody_rides(self, which: int, amount: int) -> None:
        self.fare_number += 1
        card = self.cards[which]
        code = refusal_of(lambda: charge_fare(card, amount, str(self.fare_number)))
        assert code in ("", "not_enough")
        if code:
            assert ledger.balance_of(card) < amount
        else:
            self.fares[card.pk] += amount

    @rule(number=PICK, amount=st.sampled_from([100, 2000, 5000]), by=st.integers(0, 1))
    def a_cashier_asks_for_a_refund(self, number: int, amount: int, by: int) -> None:
        payment = self.picked(Payment.objects, number)
        if payment:
            assert refusal_of(lambda: ask_refund(payment, amount, "多充", self.people[by])) in ("", "too_much")

    @rule(number=PICK, is_approved=st.sampled_from([True, True, False]), by=st.integers(0, 1))
    def a_cashier_decides(self, number: int, is_approved: bool, by: int) -> None:
        refund = self.picked(Refund.objects, number)
        if refund:
            code = refusal_of(lambda: decide_refund(refund, is_approved, self.people[by]))
            assert code in ("", "decided", "same_person", "not_enough")
            assert code == "decided" or (code == "same_person") == (refund.asked_by == self.people[by])

    @rule(number=PICK, is_done=st.sampled_from([True, True, False]))
    def the_provider_ends_a_refund(self, number: int, is_done: bool) -> None:
        refund = self.picked(TestPayment.objects.filter(kind="refund"), number)
        if refund:
            self.wire.append(TEST.settle(refund, is_done))

    @invariant()
    def books_are_right(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        assert ledger.imbalance() == {}
        payments, refunds = list(Payment.objects.select_related("top_up")), list(Refund.objects.select_related("payment__top_up"))
        out = [each for each in refunds if each.state in ("sent", "done")]
        for card in self.cards:
            paid = sum(each.amount_fen for each in payments if each.use == "card" and each.top_up.card_id == card.pk)
            back = sum(each.amount_fen for each in out if each.payment.use == "card" and each.payment.top_up.card_id == card.pk)
            assert ledger.balance_of(card) == paid - back - self.fares[card.pk] >= 0
        assert -self.balance(Kind.REFUNDING) == sum(each.amount_fen for each in refunds if each.state == "sent")
        done = sum(each.amount_fen for each in refunds if each.state == "done")
        assert self.balance(Kind.RECEIVABLE, "test") == sum(each.amount_fen for each in payments) - done
        for payment in payments:
            assert sum(each.amount_fen for each in out if each.payment_id == payment.pk) <= payment.amount_fen
            assert payment.use == "return" or payment.amount_fen == payment.top_up.amount_fen
        assert not [order for order in TopUp.objects.filter(state="paid") if order.payments.filter(use="card").count() != 1]

    def balance(self, kind: str, provider: str = "") -> int:
        found = LedgerAccount.objects.filter(kind=kind, provider=provider, card=None).first()
        return found.balance_fen if found else 0

    def all_arrives_at_last(self) -> None:
        """Every message comes in the end, every timer runs: then the provider and we have the same books."""
        for refund in TestPayment.objects.filter(kind="refund", state="open"):
            self.wire.append(TEST.settle(refund, True))
        for number in range(len(self.wire)):
            self.arrives(number, 1)
        self.passes(60)
        for _ in range(2):
            # What comes too late is sent back, and that is told in its turn.
            self.the_timers_run()
            for refund in TestPayment.objects.filter(kind="refund", state="open"):
                receive("test", *TEST.settle(refund, True))
        assert not TopUp.objects.filter(state="waiting").exists()
        assert not Refund.objects.filter(state="sent").exists()
        theirs = sum(each.amount_fen * (1 if each.kind == "payment" else -1) for each in TestPayment.objects.filter(state="paid"))
        assert self.balance(Kind.RECEIVABLE, "test") == theirs
        assert not PaymentNotice.objects.filter(outcome="unknown").exists()
        statement = reconcile("test", BEGIN.date())
        assert statement.differences == []


def test_any_order_of_events_keeps_the_ledger_balanced():
    run_state_machine_as_test(Money, settings=settings(
        max_examples=5, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck),
    ))  # fmt: skip


def paid_order(amount: int = 5000) -> tuple[TopUp, Payment]:
    order = begin_top_up(issue_card(number_of(7)), amount)
    receive("test", *TEST.settle(TestPayment.objects.get(about=order.number), True))
    return order, Payment.objects.get(top_up=order)


def test_one_asks_and_another_gives_back_and_both_stand_in_the_audit_trail():
    one, other = account(), account()
    order, payment = paid_order()
    refund = ask_refund(payment, 2000, "多充", one)
    with pytest.raises(Refused, match="不能审批自己"):
        decide_refund(refund, True, one)
    decide_refund(refund, True, other)
    assert ledger.balance_of(order.card) == 3000
    receive("test", *TEST.settle(TestPayment.objects.get(about=refund.number), True))
    refund.refresh_from_db()
    assert (refund.state, refund.reference) == ("done", f"R{refund.number}")
    with pytest.raises(Refused) as refused:
        ask_refund(payment, 3001, "多充", one)
    assert refused.value.code == "too_much"


def test_paid_after_its_time_is_sent_back_by_itself():
    with stopped_at(BEGIN):
        order = begin_top_up(issue_card(number_of(8)), 5000)
    with stopped_at(BEGIN + timedelta(minutes=16)):
        assert expire_due() == 1
        receive("test", *TEST.settle(TestPayment.objects.get(about=order.number), True))
        refund = Refund.objects.get()
        assert (refund.is_automatic, refund.state, ledger.balance_of(order.card)) == (True, "sent", 0)
        receive("test", *TEST.settle(TestPayment.objects.get(about=refund.number), True))
    refund.refresh_from_db()
    assert refund.state == "done"
    assert LedgerAccount.objects.get(kind="receivable").balance_fen == 0


def test_a_payment_whose_notice_was_lost_is_found_by_asking_before_the_order_runs_out():
    with stopped_at(BEGIN):
        order = begin_top_up(issue_card(number_of(9)), 5000)
        TEST.settle(TestPayment.objects.get(about=order.number), True)
    with stopped_at(BEGIN + timedelta(minutes=16)):
        assert expire_due() == 0
    order.refresh_from_db()
    assert (order.state, ledger.balance_of(order.card)) == ("paid", 5000)


def test_a_statement_that_differs_says_where_and_is_settled_only_when_it_does_not():
    with stopped_at(BEGIN):
        order, payment = paid_order()
        hidden = TestPayment.objects.create(about=order.number, kind="payment", reference="PX", amount_fen=100, state="paid",
                                            ended_at=BEGIN)  # fmt: skip
    with stopped_at(BEGIN + timedelta(days=1)):
        kept = reconcile("test", BEGIN.date())
        assert [each["code"] for each in kept.differences] == ["only_theirs"]
        assert not kept.is_settled
        hidden.delete()
        kept = reconcile("test", BEGIN.date())
        assert (kept.differences, kept.is_settled, kept.net_fen, kept.fee_fen) == ([], True, 5000, 19)
        reconcile("test", BEGIN.date())
    balances = dict(LedgerAccount.objects.values_list("kind", "balance_fen"))
    assert (balances["bank"], balances["fees"], balances["receivable"]) == (4981, 19, 0)
    assert payment.use == "card"
