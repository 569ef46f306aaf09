"""From the report to the evaluation over four roles, wide and narrow; and with the network cut in the middle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from district.kernel.cases.models import Case
from district.kernel.clock import now
from district.systems.governance.reports.receiving import NewReport, receive
from district.testing.browser import assert_accessible, assert_fits, screenshot, wait_until_ready
from district.testing.people import account, organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STEPS: tuple[tuple[str, dict[str, str]], ...] = (
    ("clerk", {"accepted": "立案"}),
    ("dispatcher", {"instruction": "请尽快修复"}),
    ("handler", {"result": "已处理", "measures": "更换灯头"}),
    ("handler", {"outcome": "路灯已修好。"}),
    ("grid_worker", {"passed": "yes"}),
    ("clerk", {"close_note": "同意结案"}),
)
"""Role, and what it fills in, from the acceptance to the end."""


@pytest.fixture
def units() -> None:
    organisation("municipal", name="区市政工程维护服务中心")
    organisation("politics_law", name="区委政法委")


def choose(page: Any, name: str, value: str) -> None:
    """Fills a field of whatever kind by its name."""
    field = page.locator(f'form[data-step] [name$="-{name}"]')
    kind = field.first.evaluate("each => each.type")
    if kind == "radio":
        page.locator(f'form[data-step] [name$="-{name}"][value="{value}"]').check()
    elif kind == "select-one":
        values = field.evaluate("each => [...each.options].map((one) => one.value)")
        field.select_option(value if value in values else values[1])
    else:
        field.fill(value)


def done_by(
    open_page: Callable[..., Any], number: str, role: str, given: dict[str, str], width: int, people: dict
) -> None:
    page = open_page(f"/cases/of/{number}/", account=people[role], width=width)
    for name, value in given.items():
        choose(page, name, value)
    with page.expect_navigation():
        page.locator("form[data-step] button.btn-success").click()
    page.context.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_from_the_report_to_the_evaluation_over_four_roles(
    open_page: Callable[..., Any], units: None, width: int
):
    citizen = open_page("/governance/report/", width=width)
    assert_accessible(citizen)
    assert_fits(citizen)
    screenshot(citizen, f"report-{width}")
    citizen.fill("textarea[name=text]", "大街路口路灯不亮，晚上一片漆黑")
    citizen.fill("input[name=address]", "大街路口")
    with citizen.expect_navigation():
        citizen.click(".d-form-foot button")
    number, code = citizen.text_content("[data-number]"), citizen.text_content("[data-code]")
    people = {
        role: account(f"governance.{role}") for role in ("clerk", "dispatcher", "handler", "grid_worker")
    }
    for role, given in STEPS:
        done_by(open_page, number, role, given, width, people)
    assert Case.objects.get().state == "closed"
    asked = open_page("/governance/report-status/", width=width)
    asked.fill("input[name=number]", number)
    asked.fill("input[name=code]", code)
    with asked.expect_navigation():
        asked.click(".d-form-foot button")
    assert_accessible(asked)
    assert_fits(asked)
    asked.check("input[name=score][value='5']")
    with asked.expect_navigation():
        asked.click(".d-form-foot button")
    assert "5" in asked.text_content(".alert-success")
    assert Case.objects.get().evaluations.get().score == 5


@pytest.mark.parametrize("width", [1440, 390])
def test_a_grid_worker_reports_with_the_network_cut_in_the_middle(open_page: Callable[..., Any], width: int):
    worker = account("governance.grid_worker")
    page = open_page("/governance/field/", account=worker, width=width)
    assert_accessible(page)
    assert_fits(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    wait_until_ready(page)
    page.context.set_offline(True)
    page.fill("textarea[name=text]", "垃圾成堆没人清")
    page.fill("input[name=address]", "和平路")
    page.click(".d-form-foot button")
    page.wait_for_selector("[data-queue] [data-state=waiting]")
    assert not Case.objects.exists()
    page.reload()
    wait_until_ready(page)
    page.wait_for_selector("[data-queue] [data-state=waiting]")
    screenshot(page, f"field-offline-{width}")
    lost: list[str] = []

    def lose_the_answer(route: Any) -> None:
        """The report arrives, its answer does not."""
        lost.append(route.fetch().text())
        route.abort("connectionrefused")

    page.route("**/field/_send", lose_the_answer, times=1)
    page.context.set_offline(False)
    page.click("[data-send-now]")
    page.wait_for_function("() => true")
    page.wait_for_timeout(1500)
    page.click("[data-send-now]")
    page.wait_for_selector("[data-queue] [data-state=sent]")
    assert len(lost) == 1
    assert Case.objects.get().number in page.text_content("[data-queue]")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_clerk_takes_a_call_with_one_hand(open_page: Callable[..., Any], width: int):
    first = receive(NewReport("1", "大街路口路灯不亮", "citizen", lon=117.87, lat=36.8, opened_at=now()))
    page = open_page("/governance/hotline/", account=account("governance.clerk"), width=width)
    page.evaluate("""() => { for (const [name, value] of [['lon', '117.8701'], ['lat', '36.8']]) {
        document.querySelector(`input[name=${name}]`).value = value; } }""")
    page.locator("textarea[name=text]").press_sequentially("路灯灭了一片漆黑")
    page.wait_for_selector("[data-choose=C0118]")
    assert first.case.number in page.text_content("#reading")
    assert_accessible(page)
    assert_fits(page)
    screenshot(page, f"hotline-{width}")
    page.keyboard.press("Alt+1")
    assert page.input_value("select[name=code]") == "C0118"
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert Case.objects.filter(channel="hotline").count() == 1
