"""The story as it is seen: nine questions, six held; a household filled in; sums and ledger; one dispute stays, one rises."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from district.kernel.cases.cards import give_cards
from district.kernel.clock import stopped_at
from district.kernel.forms.design.questions import questions_of
from district.kernel.forms.intake import take_submission
from district.kernel.forms.models import Form, Submission
from district.systems.affairs.circulation.actions import open_concern
from district.systems.affairs.circulation.queries import task_of
from district.systems.affairs.circulation.tests.village import DISPUTE, hear
from district.systems.affairs.ledgers.demo_rows import Household
from district.systems.affairs.matters.actions import Asked, issue
from district.systems.affairs.models import Concern
from district.systems.affairs.tests.test_story import HELD, NEW, Story, answers_of
from district.testing.browser import assert_accessible, assert_fits, screenshot, wait_until_ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., Any]


@pytest.fixture
def story(monkeypatch, tmp_path) -> Story:
    monkeypatch.setattr("district.kernel.home.lake", lambda: tmp_path)
    return Story()


def test_a_department_asks_less_a_village_answers_and_all_levels_see_the_same(open_page: OpenPage, story: Story):
    form = asked_in_the_browser(open_page, story)
    asked = Asked(title="填报农户生产经营情况", answer_kind="form", form=form, register=story.register)
    task = issue(asked, story.district, [story.town, story.village], story.accounts["manager"])
    first = story.houses[0]
    filled_in_the_browser(open_page, story, form, first)
    the_others(story, form, story.houses[1:])
    assert Submission.objects.filter(form=form, held=6, asked=9).count() == 200

    machines = f"{sum(house.machines for house in story.houses):,}"
    for who in ("manager", "town", "clerk"):
        page = open_page(reverse("affairs:assignment", args=[task.pk]), account=story.accounts[who])
        page.get_by_text("下级相加与本级一致").wait_for()
        told = page.inner_text("main").replace(",", "")
        assert machines.replace(",", "") in told, who
        assert "200" in told
    assert_accessible(page)
    ledger = open_page(reverse("affairs:form_ledger", args=[form.pk]), account=story.accounts["clerk"], width=390)
    assert machines.replace(",", "") in ledger.inner_text("main").replace(",", "")
    assert_fits(ledger)
    screenshot(ledger, "story-ledger-390")


def asked_in_the_browser(open_page: OpenPage, story: Story) -> Form:
    asker = story.browser("asker")
    asker.post(reverse("forms:new_design"), {
        "title": "农户生产经营情况调查表", "organisation": story.accounts["asker"].organisation_id,
        "project": story.register.project_id, "audience": [story.village.pk], "purpose": "安排农机补贴",
        "ground": "年度统计安排（演示）", "keep_months": 36,
    })  # fmt: skip
    form = Form.objects.get()
    for label, kind in (*((label, "text") for label in HELD), *NEW):
        asker.post(reverse("forms:design_new_question", args=[form.pk]), {"label": label, "type": kind})
    page = open_page(reverse("forms:design", args=[form.pk]), account=story.accounts["asker"])
    page.get_by_text("9 道题中有 6 道区里已有").wait_for()
    page.get_by_role("button", name="全部引用").click()
    page.get_by_text("已引用区里已有的信息").wait_for()
    page.get_by_role("button", name="发布").click()
    page.get_by_role("dialog").get_by_role("button").last.click()
    page.get_by_text("已发布，填报人现在可以填写").wait_for()
    return form


def filled_in_the_browser(open_page: OpenPage, story: Story, form: Form, house: Household) -> None:
    """Of nine answers six come by themselves once the household is chosen."""
    page = open_page(f"/forms/{form.pk}/fill/", account=story.accounts["clerk"], width=390)
    wait_until_ready(page)
    page.wait_for_selector("[data-fill][data-ready]")
    questions = questions_of(form.versions.get(state="published").questions)
    page.get_by_text(house.name, exact=True).first.click()
    head = next(each.path for each in questions if each.prefill and each.prefill.item == "head")
    page.wait_for_function(f"""() => document.querySelector('.ref-target[name="/data/{head}"]')?.value""")
    for label, value in zip((label for label, _kind in NEW), (house.crop, house.away, house.machines), strict=True):
        path = next(each.path for each in questions if each.label == label)
        page.fill(f"[name='/data/{path}']", str(value))
    screenshot(page, "story-fill-390")
    page.click("[data-finish]")
    page.wait_for_selector("[data-receipt][data-state=sent]")
    submission = Submission.objects.get(form=form)
    assert (submission.asked, submission.held) == (9, 6)


def the_others(story: Story, form: Form, houses: list[Household]) -> None:
    version = form.versions.get(state="published")
    told = story.browser("clerk").get(reverse("forms:form_file", args=[form.pk, version.pk, "households.csv"]))
    by_name = {row["label"]: row for row in csv.DictReader(io.StringIO(told.content.decode()))}
    for house in houses:
        take_submission(form, answers_of(version, by_name[house.name], house), {}, account=story.accounts["clerk"])


def test_one_dispute_is_settled_in_the_village_and_another_rises_by_the_clock(open_page: OpenPage, story: Story):
    clerk, town = story.accounts["clerk"], story.accounts["town"]
    stays, rises = (open_concern(clerk, key=key, village=story.village, kind="dispute", matter=matter, parties=DISPUTE)
                    for key, matter in (("1", "两户因排水沟走向有争执"), ("2", "两户因滴水檐有争执")))  # fmt: skip
    page = open_page(reverse("affairs:concern_act", args=[stays.case.number, "settle"]), account=clerk, width=390)
    page.select_option("select[name=way]", "mediated")
    page.fill("[name=outcome]", "双方同意按原沟走向共同清理")
    page.locator("main form button[type=submit], main form .btn-primary").last.click()
    page.get_by_text("已办理：办结").wait_for()
    assert_fits(page)

    with stopped_at(task_of(rises).late_at + timedelta(minutes=1)):
        hear()
        give_cards()
        hear()
    assert {each.pk: each.level for each in Concern.objects.all()} == {stays.pk: "village", rises.pk: "town"}
    page = open_page(reverse("affairs:concern", args=[rises.case.number]), account=town)
    page.get_by_text("平台按期限自动办理").wait_for()
    page = open_page(reverse("affairs:circulation"), account=town)
    told = page.inner_text("main")
    assert rises.case.number in told
    assert "排水沟" not in told
