from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import get_resolver

from district.kernel.cases import actions, engine
from district.kernel.cases.dmn_tables import decision_tables
from district.kernel.cases.models import Case, ProcedureVersion, Task
from district.kernel.cases.procedure_versions import drawing_of
from district.kernel.cases.tests.conftest import text_of
from district.kernel.cases.tests.drawn import with_places
from district.testing.browser import assert_accessible, assert_fits, screenshot
from district.testing.people import account, organisation
from district.testing.procedures import CLERK, LEAD, published, trial

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = [1440, 390]


@pytest.fixture
def version(transactional_db) -> Iterator[ProcedureVersion]:
    assert get_resolver().url_patterns  # put together before the trial system is there
    with trial() as system:
        organisation("trial_lead", name=system.lead)
        yield published(
            system, "plain", with_places(text_of("plain.bpmn")), {"limits.dmn": text_of("limits.dmn")}
        )


@pytest.fixture
def case(version) -> Case:
    """At handling, with three more that wait for the clerk and one that has ended."""
    organisation("road", name="道路处")
    clerk = account(CLERK)
    for number in range(3):
        actions.open_case(
            system="trial", procedure="plain", idempotency_key=f"w{number}", title="垃圾成堆", channel="web"
        )
    ended = _opened("ended", "井盖丢失")
    actions.complete(_task(ended), clerk, {"accepted": False})
    made = _opened("one", "路灯不亮")
    actions.complete(_task(made), clerk, {"organisation": "road", "opinion": "请道路处办理"})
    return Case.objects.get(pk=made.pk)


def _opened(key: str, title: str) -> Case:
    return actions.open_case(
        system="trial", procedure="plain", idempotency_key=key, title=title, channel="hotline", text="正阳路 12 号门前",
        place={"lon": 117.87, "lat": 36.8, "address": "正阳路 12 号", "division_code": "370306001"},
        reporter={"name": "张三丰", "phone": "13800138000"},
    )  # fmt: skip


def _task(case: Case) -> Task:
    return Task.objects.get(case=case, state__in=("ready", "claimed"), parent=None)


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_a_lead_open_without_complaint(case, open_page, width: int):
    lead = account(LEAD, CLERK)
    paths = {
        "bench": "/cases/", "cases": "/cases/all/", "case": f"/cases/of/{case.number}/", "indicators": "/cases/indicators/",
        "procedures": "/procedures/", "procedure": "/procedures/trial/plain/", "flow": "/procedures/trial/plain/flow/",
        "marked": f"/procedures/trial/plain/?case={case.number}",
    }  # fmt: skip
    for name, path in paths.items():
        page = open_page(path, account=lead, width=width)
        for diagram in page.query_selector_all("[data-diagram]"):
            page.wait_for_function("(each) => each.dataset.ready", arg=diagram)
        screenshot(page, f"cases-{name}-{width}")
        assert_accessible(page)
        assert_fits(page)


def test_a_running_case_is_marked_on_its_drawing(case, open_page):
    page = open_page(f"/procedures/trial/plain/?case={case.number}", account=account(LEAD))
    page.wait_for_selector("[data-diagram][data-ready]")
    assert page.query_selector(".d-mark-active[data-element-id=handle]")
    assert page.query_selector(".d-mark-done[data-element-id=accept]")


def test_tasks_are_chosen_and_claimed_by_keyboard(case, open_page):
    page = open_page("/cases/", account=account(CLERK))
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.inner_text("[data-ticked]") == "2"
    page.click("#bulk button[value=claim]")
    page.wait_for_selector(".alert-success")
    assert Task.objects.filter(state="claimed").count() == 2
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/of/**")


def test_a_procedure_is_changed_in_the_browser_and_published(case, open_page):
    lead = account(LEAD)
    page = open_page("/procedures/trial/plain/edit/", account=lead)
    page.wait_for_selector("#modeler[data-ready]")
    assert_accessible(page, within="#content")
    screenshot(page, "cases-editor-1440")
    page.locator("g[data-element-id=handle] > .djs-hit").first.click(force=True, position={"x": 30, "y": 8})
    screenshot(page, "cases-editor-chosen")
    page.fill("#properties label:has-text('时限') + input", "3 working_days")
    page.press("#properties label:has-text('时限') + input", "Tab")
    page.click("#save > .d-acts button")
    page.wait_for_selector(".alert-success")
    draft = ProcedureVersion.objects.get(state="draft")
    assert 'value="3 working_days"' in draft.bpmn
    page.click("text=试算")
    page.wait_for_selector("text=没有改动任何办件")
    page.go_back()
    page.click("text=与现行版本比较")
    page.wait_for_selector("text=5 working_days → 3 working_days")
    assert_accessible(page)


def test_a_decision_table_is_edited_as_a_table(case, open_page):
    page = open_page("/procedures/trial/plain/edit/", account=account(LEAD))
    page.wait_for_selector("#modeler[data-ready]")
    page.click("summary:has-text('limits.dmn')")
    page.click(".d-decisions button:has-text('加一行')")
    row = page.locator(".d-decisions tbody tr").last
    row.locator("input").nth(0).fill('"建议"')
    row.locator("input").nth(1).fill('"9 working_days"')
    row.locator("input").nth(1).press("Tab")
    page.click(".d-decisions button[aria-label='3 上移']")
    assert_accessible(page, within="#save")
    screenshot(page, "cases-decisions-1440")
    page.click("#save > .d-acts button")
    page.wait_for_selector(".alert-success")
    draft = ProcedureVersion.objects.get(state="draft")
    (table,) = decision_tables(draft.dmn["limits.dmn"])
    assert [rule[0] for rule in table.rules] == ['"咨询"', '"建议"', 'in ("投诉", "举报")']
    move = engine.start(drawing_of(draft.pk), {"kind": "建议", "classification": "", "channel": "web"})
    assert move.written["limit"] == "9 working_days"
