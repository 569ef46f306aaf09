"""The same approval, the same payment, two contracts for one line's last money, from several connections at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import count

import pytest
from django.db import connection

from district.kernel.people.refused import Refused
from district.systems.programme.models import BudgetLine, Contract, Payment

from .. import ledger
from ..actions import Funding, ask_payment, decide_contract, decide_payment, pay
from ..ledger import use_by_line
from . import books

THREADS = 4


def at_once(act: Callable[[int], object]) -> list[str]:
    """What each of several threads says: "done", or the code it was refused with."""
    said: list[str] = []
    start = threading.Barrier(THREADS)

    def run(number: int) -> None:
        try:
            start.wait(20)
            act(number)
            said.append("done")
        except Refused as refused:
            said.append(refused.code)
        except Exception as error:
            said.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    return sorted(said)


@pytest.mark.django_db(transaction=True)
def test_what_comes_at_once_is_done_once_and_never_past_what_there_is():
    who = books.people()
    line, project = books.line(who, 1000), books.project()
    books.money_in(who, 700)
    books.firm()
    asked = at_once(lambda number: books.asked_contract(who, project, 600, [Funding(line, 600)]))
    assert asked == ["done"] + ["over_budget"] * (THREADS - 1)
    contract = Contract.objects.get()
    assert at_once(lambda number: decide_contract(contract, True, who.finance)) == ["decided"] * (
        THREADS - 1
    ) + ["done"]
    k = contract.commitments.get()
    payments = [ask_payment(k, 250, "x", who.owner) for _each in range(THREADS)]
    said = at_once(lambda number: decide_payment(payments[number], True, who.finance))
    assert said == ["done"] * 2 + ["past_contract"] * 2
    approved = list(Payment.objects.filter(state="approved"))
    vouchers = count(1)
    said = at_once(lambda number: pay(approved[0], f"V{next(vouchers)}", who.treasurer))
    assert said == ["decided"] * (THREADS - 1) + ["done"]
    assert use_by_line(BudgetLine.objects.all())[line.pk].parts == (1000, 400, 0, 100, 250, 250)
    assert ledger.imbalance() == {}
