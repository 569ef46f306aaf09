"""The review by keyboard, and the pages as a browser shows them."""

from __future__ import annotations

import pytest

from district.kernel.parties.actions import record_pairs, relate
from district.kernel.parties.models import Candidate
from district.testing.browser import assert_accessible, assert_fits, screenshot
from district.testing.parties import START, entity, person, register
from district.testing.people import account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_pair_is_decided_by_a_key_and_the_pages_fit_a_phone(open_page):
    one, other, firm = person(1, name="张晓明", phone="13800138000"), person(2, name="张小明"), entity(1)
    relate(firm, "legal_representative", one, register(), START)
    told = [
        {"field": "start", "level": "", "weight": -12.0},
        {"field": "name", "level": "variant", "weight": 15.0},
    ]
    pair = {"left": one.pk, "right": other.pk, "probability": 0.9, "weight": 3.0, "explanation": told}
    record_pairs("person", [pair])
    found = Candidate.objects.get()
    reviewer = account("parties.reviewer")
    phone = open_page(f"/parties/{one.pk}/", account=reviewer, width=390)
    assert_fits(phone)
    assert_accessible(phone)
    screenshot(phone, "party-390")
    page = open_page(f"/parties/review/{found.pk}/", account=reviewer)
    assert_accessible(page)
    screenshot(page, "pair-1440")
    page.fill("#note", "同名")
    page.press("#note", "n")
    assert Candidate.objects.get().state == "waiting", "a key typed into the note decides nothing"
    page.locator("h2").first.click()
    page.keyboard.press("n")
    page.wait_for_url("**/parties/review/")
    assert Candidate.objects.get().state == "apart"
