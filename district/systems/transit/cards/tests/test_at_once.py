"""The same notice, the same decision, two fares for one balance, from several connections at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from district.kernel.people.refused import Refused
from district.testing.people import account

from ...models import Payment, Posting, Refund, TestPayment
from .. import ledger
from ..actions import ask_refund, begin_top_up, charge_fare, decide_refund, issue_card, receive
from ..testing_provider import TEST
from .test_ledger import number_of

THREADS = 4


def at_once(act: Callable[[], str]) -> list[str]:
    """What each of several threads says, refusals by their code."""
    said: list[str] = []
    start = threading.Barrier(THREADS)

    def run() -> None:
        try:
            start.wait(20)
            said.append(act())
        except Refused as refused:
            said.append(refused.code)
        except Exception as error:
            said.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    return sorted(said)


@pytest.mark.django_db(transaction=True)
def test_what_comes_at_once_is_done_once():
    card = issue_card(number_of(1))
    order = begin_top_up(card, 5000)
    told = TEST.settle(TestPayment.objects.get(about=order.number), True)
    assert at_once(lambda: str(receive("test", *told).outcome)) == ["booked"] + ["repeated"] * (THREADS - 1)
    assert (ledger.balance_of(card), Payment.objects.count(), Posting.objects.count()) == (5000, 1, 1)

    one, other = account(), account()
    refund = ask_refund(Payment.objects.get(), 4000, "多充", one)
    assert at_once(lambda: decide_refund(refund, True, other).state) == ["decided"] * (THREADS - 1) + ["sent"]
    assert (ledger.balance_of(card), Refund.objects.count()) == (1000, 1)

    numbers = iter(range(THREADS))
    assert at_once(lambda: str(charge_fare(card, 600, f"ride {next(numbers)}"))) == ["True"] + ["not_enough"] * (THREADS - 1)
    assert ledger.balance_of(card) == 400
    assert ledger.imbalance() == {}
