"""Whatever is asked, decided, paid, returned, withdrawn, repeated or forged, in whatever order: the books stay right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from district.kernel.people.refused import Refused
from district.systems.programme.models import BudgetLine, Contract, Payment

from .. import ledger
from ..actions import (
    Funding,
    ask_change,
    ask_payment,
    decide_change,
    decide_contract,
    decide_payment,
    end_contract,
    pay,
    return_payment,
    withdraw_payment,
)
from ..ledger import use_by_line
from . import books

pytestmark = pytest.mark.django_db(transaction=False)
ACTS = ("contract", "decide", "ask", "approve", "pay", "return", "withdraw", "end", "cash", "change", "forge")
steps = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 3), st.integers(1, 700), st.integers(0, 4)),
    min_size=8,
    max_size=24,
)


class Undone(Exception):
    """Ends an example: all of it is taken back."""


class World:
    """Acts picked by number; what the rules refuse does not happen."""

    def __init__(self) -> None:
        self.who = books.people()
        self.persons = (
            self.who.owner,
            self.who.finance,
            self.who.other_finance,
            self.who.treasurer,
            self.who.other_treasurer,
        )
        self.lines = [books.line(self.who, 1000, "L-1"), books.line(self.who, 500, "L-2", source="superior")]
        self.project = books.project()
        self.vouchers = 0

    def do(self, act: str, which: int, fen: int, person: int) -> bool:
        """Whether it happened."""
        try:
            with transaction.atomic():
                getattr(self, f"_{act}")(which, fen, self.persons[person])
                ledger.check_now()
        except (Refused, IntegrityError):
            return False
        return True

    def _one(self, model: Any, which: int) -> Any:
        found = list(model.objects.order_by("pk"))
        if not found:
            raise Refused("none", "none")
        return found[which % len(found)]

    def _contract(self, which: int, fen: int, person: Any) -> None:
        funding = [Funding(self.lines[which % 2], fen)]
        if which > 1:
            funding.append(Funding(self.lines[(which + 1) % 2], 50))
        books.asked_contract(self.who, self.project, sum(each.amount_fen for each in funding), funding)

    def _decide(self, which: int, fen: int, person: Any) -> None:
        decide_contract(self._one(Contract, which), fen > 100, person)

    def _ask(self, which: int, fen: int, person: Any) -> None:
        contract = self._one(Contract, which)
        ask_payment(contract.commitments.order_by("pk")[0], fen, "x", self.who.owner)

    def _approve(self, which: int, fen: int, person: Any) -> None:
        decide_payment(self._one(Payment, which), fen > 50, person)

    def _pay(self, which: int, fen: int, person: Any) -> None:
        self.vouchers += 1
        pay(self._one(Payment, which), f"V{self.vouchers}", person)

    def _return(self, which: int, fen: int, person: Any) -> None:
        return_payment(self._one(Payment, which), "x", person)

    def _withdraw(self, which: int, fen: int, person: Any) -> None:
        withdraw_payment(self._one(Payment, which), person, "x")

    def _end(self, which: int, fen: int, person: Any) -> None:
        end_contract(self._one(Contract, which), person, "x", fen > 350)

    def _cash(self, which: int, fen: int, person: Any) -> None:
        self.vouchers += 1
        books.money_in(self.who, fen, f"D{self.vouchers}", ("special", "superior")[which % 2])

    def _change(self, which: int, fen: int, person: Any) -> None:
        decide_change(
            ask_change(self.lines[which % 2], fen - 350 or 1, "x", self.who.other_finance), True, person
        )

    def _forge(self, which: int, fen: int, person: Any) -> None:
        payment = self._one(Payment, which)
        forged: tuple[Callable[[], Any], ...] = (
            lambda: Payment.objects.filter(pk=payment.pk).update(
                state="approved", decided_by=person, decided_at=payment.asked_at
            ),
            lambda: Payment.objects.filter(pk=payment.pk).update(amount_fen=fen),
            lambda: ledger.post(
                f"f{fen}",
                "x",
                {
                    ledger.of_payment("spent", payment): fen,
                    ledger.of_line("available", payment.commitment.line): -fen,
                },
                person,
            ),
            lambda: Payment.objects.filter(pk=payment.pk).update(state="paid"),
        )
        forged[which]()
        ledger.check_now()
        payment.refresh_from_db()
        # What changes nothing is let through; all else is an error of ours.
        assert payment.amount_fen == fen or payment.state in ("approved", "paid"), (
            "the database let a forgery through"
        )
        raise Refused("unchanged", "unchanged")


def holds() -> None:
    """What must be true at any time, worked out from the documents alone."""
    assert ledger.imbalance() == {}
    for line, use in use_by_line(BudgetLine.objects.all()).items():
        assert all(part >= 0 for part in use.parts)
        payments = Payment.objects.filter(commitment__line_id=line)
        assert use.spent == sum(each.amount_fen for each in payments if each.state == "paid")
        assert use.payable == sum(each.amount_fen for each in payments if each.state == "approved")
    for contract in Contract.objects.all():
        done = Payment.objects.filter(commitment__contract=contract, state__in=("approved", "paid"))
        assert sum(each.amount_fen for each in done) <= contract.amount_fen
    for payment in Payment.objects.all():
        signed = [
            person for person in (payment.asked_by_id, payment.decided_by_id, payment.paid_by_id) if person
        ]
        assert len(set(signed)) == len(signed)


@given(steps)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_books_stay_right_in_any_order(db: None, todo: list[tuple[str, int, int, int]]):
    try:
        with transaction.atomic():
            world = World()
            opening = (
                ("cash", 0, 700, 0),
                ("contract", 0, 600, 0),
                ("decide", 0, 200, 1),
                ("ask", 0, 200, 0),
            )
            for step in (*opening, *todo):
                world.do(*step)
            holds()
            raise Undone
    except Undone:
        pass
