"""Interest by daily balances, and what of it the district bears."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.clock import today
from district.kernel.people.refused import Refused
from district.systems.programme.models import LoanMovement

from ..actions import ask_interest_support, decide_subsidy, move_loan, register_loan
from ..interest import interest_fen, stretches, support_fen
from . import books

DAY = date(2026, 1, 1)


def test_a_known_loan_gives_its_known_interest():
    rows = list(
        stretches(
            [(DAY, 100_000_000), (DAY + timedelta(30), -50_000_000)],
            Decimal("3.60"),
            DAY,
            DAY + timedelta(60),
        )
    )
    assert [(row.days, row.balance_fen) for row in rows] == [(30, 100_000_000), (30, 50_000_000)]
    assert interest_fen(rows) == 300_000 + 150_000
    assert support_fen(rows, Decimal(50)) == 225_000
    assert support_fen(rows, Decimal(50), 200_000) == 200_000


movements = st.lists(st.tuples(st.integers(-40, 400), st.integers(1, 10**9)), max_size=8)


@given(
    movements,
    st.decimals("0.01", "24", places=2),
    st.integers(0, 300),
    st.integers(1, 200),
    st.integers(1, 150),
)
def test_interest_is_the_sum_over_single_days_and_does_not_depend_on_where_it_is_cut(
    moved, rate, begin, length, cut
):
    rows = [(DAY + timedelta(day), fen) for day, fen in moved]
    first, last = DAY + timedelta(begin), DAY + timedelta(begin + length)
    whole = sum(row.interest for row in stretches(rows, rate, first, last))
    by_day = sum(
        Decimal(sum(fen for day, fen in rows if day <= first + timedelta(n))) * rate / 36_000
        for n in range(length)
    )
    assert abs(whole - by_day) < Decimal("0.000001")
    middle = min(first + timedelta(cut), last)
    halves = [*stretches(rows, rate, first, middle), *stretches(rows, rate, middle, last)]
    assert abs(sum(row.interest for row in halves) - whole) < Decimal("0.000001")


@pytest.mark.django_db
def test_support_is_computed_capped_given_once_and_told_when_the_loan_moved_meanwhile():
    who, day = books.people(), today()
    line = books.line(who, 10_000_000)
    loan = register_loan(
        number="D1",
        borrower=books.firm(),
        lender="演示银行",
        principal_fen=200_000_000,
        rate=Decimal("3.60"),
        begins_on=day - timedelta(100),
        ends_on=day + timedelta(300),
        account=who.finance,
    )
    move_loan(loan, day - timedelta(100), 100_000_000, "J1", who.finance)
    for fen, why in ((-100_000_001, "below nothing"), (100_000_001, "above the principal")):
        with pytest.raises(Refused) as refused:
            move_loan(loan, day - timedelta(50), fen, why, who.finance)
        assert refused.value.code == "loan_balance"
    with pytest.raises(IntegrityError), transaction.atomic():
        LoanMovement.objects.all().update(amount_fen=1)
    asked = dict(
        loan=loan,
        begins_on=day - timedelta(90),
        ends_on=day,
        share=Decimal(50),
        basis="演示",
        funding_of=line,
        account=who.owner,
    )
    support = ask_interest_support(cap_fen=400_000, **asked)
    assert (support.computed_fen, support.amount_fen) == (450_000, 400_000)
    with pytest.raises(Refused) as twice:
        ask_interest_support(cap_fen=None, **(asked | {"begins_on": day - timedelta(10)}))
    assert twice.value.code == "interest_twice"
    move_loan(loan, day - timedelta(80), -100_000_000, "J2", who.finance)
    with pytest.raises(Refused) as changed:
        decide_subsidy(support, True, who.finance)
    assert changed.value.code == "interest_changed"
