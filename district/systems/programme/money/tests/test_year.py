"""A year closes with nothing open: what is left goes back, what is bound goes on into the next."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.clock import today
from district.kernel.people.refused import Refused
from district.systems.programme.models import BudgetLine, Contract, FundYear

from .. import ledger
from ..actions import Funding, ask_close, ask_payment, close_year, decide_payment, pay, return_payment
from ..execution import Use, forecast_fen, warnings, year_percent
from ..ledger import use_by_line
from . import books
from .test_payments import is_refused


@pytest.mark.django_db
def test_a_closed_year_is_settled_and_its_contracts_go_on_in_the_next():
    who = books.people()
    line, spare = books.line(who, 1000), books.line(who, 300, "ZX-002")
    books.money_in(who, 1000)
    contract = books.contract(who, books.project(), 600, [Funding(line, 600)])
    paid = pay(
        decide_payment(ask_payment(contract.commitments.get(), 200, "x", who.owner), True, who.finance),
        "V1",
        who.treasurer,
    )
    year = FundYear.objects.get()
    waiting = ask_payment(contract.commitments.get(), 50, "x", who.owner)
    with pytest.raises(Refused) as unsettled:
        ask_close(year, who.finance)
    assert unsettled.value.code == "year_unsettled"
    decide_payment(waiting, False, who.finance)
    ask_close(year, who.finance)
    with pytest.raises(Refused) as own:
        close_year(year, who.finance)
    assert own.value.code == "needs_another"
    assert is_refused(
        lambda: FundYear.objects.filter(pk=year.pk).update(
            is_closed=True, closed_by=who.treasurer, closed_at=paid.paid_at
        )
    )
    close_year(year, who.treasurer)
    used = use_by_line(BudgetLine.objects.all())
    over = BudgetLine.objects.get(carried_from=line)
    assert used[line.pk].parts == (200, 0, 0, 0, 0, 200)
    assert used[spare.pk].parts == (0, 0, 0, 0, 0, 0)
    assert (over.year.year, used[over.pk].parts) == (today().year + 1, (400, 0, 0, 400, 0, 0))
    with pytest.raises(Refused) as closed:
        return_payment(paid, "x", who.other_treasurer)
    assert closed.value.code == "year_closed"
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        ledger.post(
            "late", "x", {ledger.of_line("available", line): 1, ledger.of_line("granted", line): -1}, None
        )
    rest = contract.commitments.get(line=over)
    pay(decide_payment(ask_payment(rest, 400, "尾款", who.owner), True, who.finance), "V2", who.treasurer)
    assert Contract.objects.get().commitments.count() == 2
    assert ledger.imbalance() == {}


@given(st.integers(1, 10**9), st.floats(0, 1), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_line_used_as_the_year_goes_is_not_warned_of(granted, part, day):
    gone = year_percent(2026, day)
    spent = min(granted, round(granted * gone / 100))
    use = Use(granted=granted, available=granted - spent, spent=spent)
    codes = {code for code, _light in warnings(use, 2026, day)}
    assert "behind" not in codes
    assert "over" not in codes
    assert ("over", "red") in warnings(use, 2026, day, wanted_fen=use.available + 1)
    forecast = forecast_fen(use, 2026, day)
    assert forecast is None or abs(forecast - granted) <= max(granted * 0.02, 20)


def test_the_year_is_a_whole():
    assert (
        year_percent(2026, date(2025, 12, 31)),
        year_percent(2026, date(2026, 12, 31)),
        year_percent(2026, date(2027, 1, 1)),
    ) == (0.0, 100.0, 100.0)
