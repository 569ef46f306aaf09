"""Finance: the own request refused, what goes over budget refused in words, another's approved; a third pays; all see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from district.kernel.clock import today
from district.systems.programme.models import BudgetLine, Payment
from district.testing.browser import assert_accessible, assert_fits, screenshot
from district.testing.people import account, organisation

from .. import ledger
from ..actions import Funding, ask_line, ask_payment
from . import books

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def go_on(page: Any, act: str) -> None:
    with page.expect_navigation():
        page.click(f"#form-{act} button[type=submit]")


def test_finance_approves_what_another_asked_within_the_budget_and_a_third_pays(
    open_page: Callable[..., Any],
):
    who = books.people()
    one, two = books.line(who, 50_000_00), books.line(who, 50_000_00, "ZX-002")
    books.money_in(who, 100_000_00)
    project = books.project(stage="delivery")
    contract = books.contract(who, project, 60_000_00, [Funding(one, 30_000_00), Funding(two, 30_000_00)])
    own = ask_line(
        year=today().year, code="ZX-003", title="自己申请的指标", source="special", unit=organisation("transport"),
        amount_fen=100,
        basis="演示", account=who.finance,
    )  # fmt: skip
    first = contract.commitments.get(line=one)
    too_much = ask_payment(first, 35_000_00, "超出指标的一笔", who.owner)
    fair = ask_payment(first, 20_000_00, "首付款", who.owner)

    finance = open_page(f"/programme/money/lines/{own.pk}/", account=who.finance)
    go_on(finance, "approve")
    assert "本人经办过这笔业务" in finance.inner_text("#form-approve [role=alert]")
    assert BudgetLine.objects.get(pk=own.pk).state == "asked"
    root = finance.url.split("/programme/")[0]
    finance.goto(f"{root}/programme/payments/{too_much.number}/")
    go_on(finance, "approve")
    assert "超出预算：指标 ZX-001 为此占用的余额 ¥30,000.00，不足 ¥35,000.00" in finance.inner_text(
        "#form-approve [role=alert]"
    )
    assert_accessible(finance)
    finance.goto(f"{root}/programme/payments/{fair.number}/")
    go_on(finance, "approve")
    assert "待支付" in finance.inner_text("main")

    treasurer = open_page(f"/programme/payments/{fair.number}/", account=who.treasurer, width=390)
    treasurer.fill("#pay-voucher", "GK-0001")
    go_on(treasurer, "pay")
    assert_accessible(treasurer)
    assert_fits(treasurer)
    assert (Payment.objects.get(pk=fair.pk).state, ledger.imbalance()) == ("paid", {})

    auditor = open_page("/programme/ledger/", account=account("programme.auditor"))
    assert "账本平衡" in auditor.inner_text("main")
    assert "¥20,000.00" in auditor.inner_text("main")
    everybody = open_page(f"/programme/open/projects/{project.number}/", width=390)
    assert "GK-0001" not in everybody.inner_text("main")
    assert "已支付 ¥20,000.00" in everybody.inner_text("main")
    assert_accessible(everybody)
    assert_fits(everybody)
    screenshot(everybody, "programme-open-390")
