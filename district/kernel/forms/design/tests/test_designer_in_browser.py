"""A department writes a question and is told it is held; takes what is held, drops what it need not ask, publishes."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from district.kernel.forms.design import publishing
from district.kernel.forms.design.questions import asked_of, questions_of
from district.kernel.forms.design.tests.conftest import NINE, ask
from district.testing.browser import assert_accessible, assert_fits, screenshot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_of_nine_questions_six_are_held_and_three_are_asked(
    open_page: Callable[..., Any], world: SimpleNamespace
):
    ask(world, NINE[:8])
    page = open_page(reverse("forms:design_new_question", args=[world.form.pk]), account=world.asker)
    page.fill("#id_label", "请问户主电话是多少？")
    page.locator("#held").get_by_text("演示civil").wait_for()
    assert_accessible(page)
    page.fill("#id_label", NINE[8][1])
    page.locator("#held").get_by_text("可以问").wait_for()
    page.get_by_role("button", name="保存").click()

    page.get_by_text("9 道题中有 6 道区里已有").wait_for()
    assert page.get_by_text("直接引用", exact=False).count() >= 6
    assert_accessible(page)
    screenshot(page, "forms-design-1440")
    page.set_viewport_size({"width": 390, "height": 844})
    assert_fits(page)
    screenshot(page, "forms-design-390")
    page.get_by_role("button", name="删去：承包耕地面积（亩）").click()
    page.get_by_text("8 道题中有 5 道区里已有").wait_for()
    page.get_by_role("button", name="引用：户主姓名").click()
    page.get_by_text("8 道题中有 4 道区里已有").wait_for()
    page.get_by_role("button", name="全部引用").click()
    page.get_by_text("已引用区里已有的信息").wait_for()
    page.get_by_role("button", name="发布").click()
    page.get_by_role("dialog").get_by_role("button").last.click()
    page.get_by_text("已发布，填报人现在可以填写").wait_for()

    version = publishing.current(world.form)
    assert version is not None
    asked = asked_of(questions_of(version.questions))
    assert [question.label for question in asked if not question.prefill] == [
        label for _kind, label in NINE[6:]
    ]
    assert sum(1 for question in asked if question.prefill) == 5
