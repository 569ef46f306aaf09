"""A leader on the phone: what is late, what was promised, one touch from its records; and the appraisal is made final."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from district.kernel.cases.procedure_versions import publish_all_shipped
from district.kernel.clock import now, today
from district.systems.programme.appraisal import actions as appraisal
from district.systems.programme.meetings.seed import show
from district.systems.programme.meetings.tests.people import cast
from district.systems.programme.models import AppraisalYear, SupervisionLetter
from district.testing.browser import assert_accessible, assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def go_on(page: Any, click: str) -> None:
    with page.expect_navigation():
        page.click(click)


def test_a_leader_sees_what_is_late_and_promised_and_makes_the_appraisal_final(open_page: Callable[..., Any]):
    publish_all_shipped()
    people = cast()
    show(people)
    late = SupervisionLetter.objects.get(case__closed_at=None)
    phone = open_page("/programme/today/", account=people.leader, width=390)
    said = phone.inner_text("main")
    for words in (late.reason, "制定物联终端统一接入方案", "模拟"):
        assert words in said
    assert_accessible(phone)
    assert_fits(phone)
    go_on(phone, f"a[href*='{late.case.number}']")
    assert late.unit.label in phone.inner_text("main")

    year = appraisal.show(AppraisalYear.objects.get(state="published"), people.office)
    AppraisalYear.objects.filter(pk=year.pk).update(object_until=today() - timedelta(days=1), shown_at=now() - timedelta(days=8))
    root = phone.url.split("/cases/")[0]
    phone.goto(f"{root}/programme/appraisal/?year={year.year}")
    assert_fits(phone)
    phone.click("form[action$='/final'] button")
    go_on(phone, "dialog[open] .btn-primary")
    year.refresh_from_db()
    assert (year.state, len(year.digest), year.final_by) == ("final", 64, people.leader)
    assert year.digest in phone.inner_text("main")
    go_on(phone, "a[href$='/units/transport/']")
    assert "公交数据按目录共享" in phone.inner_text("main")
    assert_accessible(phone)
