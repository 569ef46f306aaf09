"""A lead department reports, is sent back, corrects, is accepted; what it handed in stands on the Gantt chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from district.kernel.people.models import Account
from district.testing.browser import assert_accessible, assert_fits, screenshot

from ...models import Milestone, MonthlyReport
from .. import actions
from ..months import month_of
from .people import Cast, day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def go_on(page: Any, click: str) -> None:
    with page.expect_navigation():
        page.click(click)


def test_a_lead_department_reports_and_the_gantt_chart_shows_what_is_done(open_page: Callable[..., Any]):
    cast = Cast()
    made = cast.milestone("平台上线", -60, -3)
    asked = actions.ask_for_report(cast.task, month_of(day(0)).replace(day=25))
    address = f"/programme/reports/{asked.pk}/"

    def at(path: str, who: Account, width: int = 1440) -> Any:
        return open_page(path, account=who, width=width)

    liaison = at(address, cast.liaison, 390)
    assert_accessible(liaison)
    assert_fits(liaison)
    liaison.fill("textarea[name=done]", "平台已上线")
    go_on(liaison, ".d-form-foot button")
    office = at(address, cast.office)
    office.fill("#reason", "请写明接入数量")
    go_on(office, "button[value=no]")
    liaison.reload()
    assert "请写明接入数量" in liaison.inner_text("[role=status]")
    liaison.fill("textarea[name=done]", "平台已上线，接入 6 条线路")
    go_on(liaison, ".d-form-foot button")
    office.reload()
    go_on(office, "button[value=yes]")
    held = MonthlyReport.objects.get()
    assert (held.state, held.returns) == ("accepted", 1)
    assert "“平台上线”已逾期 3 天" in office.inner_text("main")

    liaison.goto(liaison.url.split("/programme/")[0] + "/programme/tasks/11/")
    liaison.click("#act-hand_in summary")
    liaison.fill("#act-hand_in textarea", "上线报告已归档")
    go_on(liaison, "#act-hand_in .d-form-foot button")
    office.goto(office.url.split("/programme/")[0] + "/programme/tasks/11/")
    go_on(office, f"#deliverable-{made.deliverables.get().pk} button[value=yes]")
    assert Milestone.objects.get().done_on == day(0)
    assert_accessible(office)
    screenshot(office, "programme-task-1440")
    liaison.goto(liaison.url.split("/programme/")[0] + "/programme/gantt/")
    assert liaison.locator('svg[role=group] rect[fill="var(--tblr-green)"]').count() == 1
    assert_accessible(liaison)
    assert_fits(liaison)
    screenshot(liaison, "programme-gantt-390")
