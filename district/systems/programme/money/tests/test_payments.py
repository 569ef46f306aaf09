"""A payment is asked for by one, approved by another, paid by a third; never past what was approved, bound or there."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from district.kernel.clock import today
from district.kernel.people.refused import Refused
from district.systems.programme.models import (
    BudgetLine,
    Contract,
    LedgerAccount,
    Milestone,
    Payment,
    PlanTask,
    PostingLine,
)
from district.testing.people import organisation

from .. import ledger
from ..actions import (
    Funding,
    Term,
    ask_payment,
    decide_contract,
    decide_payment,
    end_contract,
    pay,
    return_payment,
    withdraw_payment,
)
from ..ledger import use_by_line
from . import books

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> books.People:
    return books.people()


def code_of(act) -> str:
    """The code it is refused with."""
    with pytest.raises(Refused) as refused, transaction.atomic():
        act()
    assert str(refused.value)
    return refused.value.code


def is_refused(attempt) -> bool:
    """By the database, at once or at the commit."""
    try:
        with transaction.atomic():
            attempt()
            ledger.check_now()
    except IntegrityError:
        return True
    return False


def standing(line: BudgetLine) -> tuple[int, ...]:
    return use_by_line(BudgetLine.objects.filter(pk=line.pk))[line.pk].parts


def test_money_goes_from_the_line_to_the_payee_step_by_step_and_by_three(who: books.People):
    line = books.line(who, 1000)
    books.money_in(who, 1000)
    asked = books.asked_contract(who, books.project(), 600, [Funding(line, 600)])
    assert standing(line) == (1000, 400, 600, 0, 0, 0)
    assert code_of(lambda: decide_contract(asked, True, who.owner)) == "not_your_duty"
    contract = decide_contract(asked, True, who.finance)
    assert standing(line) == (1000, 400, 0, 600, 0, 0)
    payment = ask_payment(contract.commitments.get(), 250, "首付款", who.owner)
    assert code_of(lambda: pay(payment, "V1", who.treasurer)) == "decided"
    payment = decide_payment(payment, True, who.finance)
    assert standing(line) == (1000, 400, 0, 350, 250, 0)
    assert code_of(lambda: decide_payment(payment, True, who.finance)) == "decided"
    assert code_of(lambda: pay(payment, "V1", who.finance)) == "not_your_duty"
    payment = pay(payment, "V1", who.treasurer)
    assert standing(line) == (1000, 400, 0, 350, 0, 250)
    assert code_of(lambda: return_payment(payment, "账号有误", who.treasurer)) == "needs_another"
    return_payment(payment, "账号有误", who.other_treasurer)
    assert standing(line) == (1000, 400, 0, 600, 0, 0)
    again = ask_payment(contract.commitments.get(), 600, "重付", who.owner)
    pay(decide_payment(again, True, who.finance), "V2", who.treasurer)
    assert code_of(lambda: end_contract(contract, who.owner, "")) == "not_your_duty"
    end_contract(contract, who.finance, "已完成")
    assert standing(line) == (1000, 400, 0, 0, 0, 600)
    assert ledger.imbalance() == {}


def test_nobody_approves_or_pays_his_own_even_with_every_duty(who: books.People):
    from district.kernel.people.models import Duty

    line = books.line(who, 1000)
    books.money_in(who, 1000)
    for post in ("finance", "treasurer"):
        Duty.objects.create(
            account=who.owner, role=f"programme.{post}", organisation=who.owner.organisation, scope="district"
        )
    Duty.objects.create(
        account=who.finance, role="programme.treasurer", organisation=who.owner.organisation, scope="district"
    )
    who.owner.__dict__.pop("_live_duties", None)
    who.finance.__dict__.pop("_live_duties", None)
    asked = books.asked_contract(who, books.project(), 600, [Funding(line, 600)])
    assert code_of(lambda: decide_contract(asked, True, who.owner)) == "needs_another"
    contract = decide_contract(asked, True, who.finance)
    payment = ask_payment(contract.commitments.get(), 100, "首付款", who.owner)
    assert code_of(lambda: decide_payment(payment, True, who.owner)) == "needs_another"
    decide_payment(payment, True, who.finance)
    assert code_of(lambda: pay(payment, "V1", who.owner)) == "needs_another"
    assert code_of(lambda: pay(payment, "V1", who.finance)) == "needs_another"
    for changes in (
        {"state": "approved", "decided_by": who.owner},
        {"state": "paid", "paid_by": who.finance},
    ):
        other = (
            ask_payment(contract.commitments.get(), 50, "x", who.owner)
            if changes["state"] == "approved"
            else payment
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            Payment.objects.filter(pk=other.pk).update(**changes)


def test_what_goes_past_the_line_the_contract_or_the_treasury_is_refused_in_words(who: books.People):
    line, project = books.line(who, 1000), books.project()
    assert code_of(lambda: books.asked_contract(who, project, 1001, [Funding(line, 1001)])) == "over_budget"
    assert code_of(lambda: books.asked_contract(who, project, 900, [Funding(line, 800)])) == "funding_sum"
    contract = books.contract(who, project, 900, [Funding(line, 900)])
    assert code_of(lambda: books.asked_contract(who, project, 200, [Funding(line, 200)])) == "over_budget"
    k = contract.commitments.get()
    too_much = ask_payment(k, 901, "多了", who.owner)
    assert code_of(lambda: decide_payment(too_much, True, who.finance)) == "past_contract"
    payment = decide_payment(ask_payment(k, 900, "全款", who.owner), True, who.finance)
    assert code_of(lambda: end_contract(contract, who.finance, "")) == "payment_waits"
    assert code_of(lambda: pay(payment, "V1", who.treasurer)) == "not_in_treasury"
    books.money_in(who, 5000, "D2", source="social")
    assert code_of(lambda: pay(payment, "V1", who.treasurer)) == "not_in_treasury"
    withdraw_payment(payment, who.finance, "资金未到")
    assert standing(line) == (1000, 100, 0, 900, 0, 0)


def test_a_contract_of_two_lines_is_paid_from_each_as_far_as_it_is_bound_there(who: books.People):
    one, two = books.line(who, 500), books.line(who, 500, "ZX-002", source="superior")
    contract = books.contract(who, books.project(), 700, [Funding(one, 300), Funding(two, 400)])
    first = contract.commitments.get(line=one)
    payment = ask_payment(first, 350, "进度款", who.owner)
    assert code_of(lambda: decide_payment(payment, True, who.finance)) == "over_budget"


def test_a_term_is_paid_once_what_it_waits_for_has_happened(who: books.People):
    line, project = books.line(who, 1000), books.project()
    books.money_in(who, 1000)
    unit = organisation("transport")
    task = PlanTask.objects.create(
        system="t", clause=99, zh="演示", en="Demo", lead=unit, begins_on=today(), due_on=today()
    )
    step = Milestone.objects.create(task=task, title="上线", begins_on=today(), due_on=today())
    terms = [Term("首付款", 300, "milestone", step), Term("验收款", 300, "accepted")]
    contract = books.contract(who, project, 600, [Funding(line, 600)], terms)
    k, (first, second) = contract.commitments.get(), contract.terms.all()
    assert code_of(lambda: ask_payment(k, 100, "x", who.owner)) == "term_needed"
    payment = ask_payment(k, 300, "首付款", who.owner, term=first)
    assert code_of(lambda: decide_payment(payment, True, who.finance)) == "term_not_met"
    with pytest.raises(IntegrityError, match="waits for"), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(
            state="approved", decided_by=who.finance, decided_at=payment.asked_at
        )
    step.done_on = today()
    step.save()
    decide_payment(payment, True, who.finance)
    more = ask_payment(k, 1, "首付款", who.owner, term=first)
    assert code_of(lambda: decide_payment(more, True, who.finance)) == "past_term"
    unaccepted = ask_payment(k, 300, "验收款", who.owner, term=second)
    assert code_of(lambda: decide_payment(unaccepted, True, who.finance)) == "term_not_met"
    with pytest.raises(IntegrityError, match="stay as they were approved"), transaction.atomic():
        contract.terms.update(condition="none", milestone=None)


def test_the_database_refuses_what_goes_round_the_actions(who: books.People):
    line = books.line(who, 1000)
    books.money_in(who, 1000)
    contract = books.contract(who, books.project(), 600, [Funding(line, 600)])
    k = contract.commitments.get()
    payment = ask_payment(k, 100, "x", who.owner)
    spent, payable = ledger.of_payment("spent", payment), ledger.of_payment("payable", payment)
    bound, available = ledger.of_commitment("bound", k), ledger.of_line("available", line)
    later = payment.asked_at
    attempts = {
        "unapproved": lambda: ledger.post("x", "x", {spent: 100, bound: -100}, None),
        "approved without a posting": lambda: Payment.objects.filter(pk=payment.pk).update(
            state="approved", decided_by=who.finance, decided_at=later),
        "straight to paid": lambda: Payment.objects.filter(pk=payment.pk).update(
            state="paid", decided_by=who.finance, decided_at=later, paid_by=who.treasurer, paid_at=later, voucher="V"),
        "grown": lambda: Payment.objects.filter(pk=payment.pk).update(amount_fen=1),
        "another's request": lambda: Payment.objects.filter(pk=payment.pk).update(asked_by=who.treasurer),
        "made as approved": lambda: Payment.objects.create(
            number="Z", commitment=k, amount_fen=1, reason="x", asked_by=who.owner, state="approved", decided_by=who.finance,
            decided_at=later),
        "contract grown": lambda: Contract.objects.filter(pk=contract.pk).update(amount_fen=10_000),
        "bound more": lambda: ledger.post("x", "x", {bound: 1, available: -1}, None),
        "more granted": lambda: ledger.post("x", "x", {available: 1, ledger.of_line("granted", line): -1}, None),
        "across lines": lambda: ledger.post("x", "x", {ledger.of_cash("treasury", "special"): -1, available: 1}, None),
        "more cash": lambda: ledger.post(
            "x", "x", {ledger.of_cash("treasury", "special"): 1, ledger.of_cash("income", "special"): -1}, None),
        "one-sided": lambda: ledger.post("x", "x", {available: 1}, None),
        "past nothing": lambda: ledger.post("x", "x", {payable: -1, spent: 1}, None),
        "rewritten": lambda: PostingLine.objects.update(amount_fen=1),
        "rubbed out": lambda: PostingLine.objects.all()._raw_delete("default"),
        "balance written": lambda: LedgerAccount.objects.filter(pk=available.pk).update(balance_fen=7),
        "payment rubbed out": lambda: Payment.objects.filter(pk=payment.pk)._raw_delete("default"),
        "approver rewritten": lambda: BudgetLine.objects.filter(pk=line.pk).update(decided_by=who.treasurer),
    }  # fmt: skip
    before = standing(line)
    for name, attempt in attempts.items():
        assert is_refused(attempt), f"the database let it through: {name}"
    assert standing(line) == before
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute("UPDATE programme_postingline SET amount_fen = amount_fen * 2")
