from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from district.kernel.datasets.models import Item
from district.kernel.grants.models import Grant, Use
from district.kernel.grants.subjects import subject_hash
from district.kernel.grants.tests import shared_rows
from district.kernel.grants.uses import uses_of_subject
from district.kernel.grants.viewers import viewer_of
from district.kernel.people.models import Account, AuditEntry
from district.systems.brain.portrait.queries import PERSON, portrait_of, portrait_of_place
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db
NUMBER = "370306199001010016"


@pytest.fixture
def officer() -> Account:
    """Of a department with a grant on names and numbers in one town."""
    shared_rows.make_table()
    asker = organisation("asker", name="使用局")
    shared_rows.grant(shared_rows.resource(), asker, items=["name", "number", "town"], divisions=[shared_rows.TOWNS[0]])
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {shared_rows.TABLE} SET number = %s WHERE id IN (3, 4)", [NUMBER])
    return account("brain.provider", unit=asker)


def test_a_person_is_seen_masked_and_only_where_the_grant_reaches(officer: Account):
    found = portrait_of(viewer_of(officer), PERSON, NUMBER, "核验")
    [section] = found.found
    assert [row["name"] for row in section.rows] == ["测**3"], "row 4 lies in another town"
    assert NUMBER not in str(section.rows)
    assert [use.purpose for use in uses_of_subject(subject_hash(NUMBER))] == ["核验"]


def test_whoever_was_not_granted_the_number_cannot_ask_whose_row_is_whose(officer: Account):
    Grant.objects.update(items=["name", "town"])
    found = portrait_of(viewer_of(officer), PERSON, NUMBER, "核验")
    assert (found.found, len(found.closed)) == ([], 1)


def test_withdrawal_ends_it_at_once_and_nothing_is_logged_as_used(officer: Account):
    Grant.objects.update(state="withdrawn")
    found = portrait_of(viewer_of(officer), PERSON, NUMBER, "核验")
    assert (found.found, found.empty, len(found.closed)) == ([], [], 1)
    assert not Use.objects.exists()


def test_what_lies_near_a_place_is_found_by_distance_and_masked_coordinates_are_not_asked(officer: Account):
    resource = Grant.objects.get().resource
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {shared_rows.TABLE} ADD lon float, ADD lat float")
        cursor.execute(f"UPDATE {shared_rows.TABLE} SET lon = 117.85 + id * 0.001, lat = 36.80")
    for place, holds in enumerate(("lon", "lat")):
        Item.objects.create(resource=resource, position=20 + place, name=holds, title=holds, type="number", holds=holds)
    Grant.objects.update(items=["id", "name", "town", "lon", "lat"])
    viewer = viewer_of(officer)
    [section] = portrait_of_place(viewer, 117.853, 36.80, 200, "巡查").found
    assert [row["id"] for row in section.rows] == [3]
    Grant.objects.update(masks={"lon": "home_coordinate"})
    assert portrait_of_place(viewer, 117.853, 36.80, 200, "巡查").found == []


def test_on_screen_the_number_stands_in_no_address_and_the_look_is_noted(officer: Account):
    browser = Client()
    browser.force_login(officer)
    assert browser.get("/brain/portrait/").status_code == 200
    answer = browser.post("/brain/portrait/number/", {"number": NUMBER, "purpose": "低保核验"})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    text = answer.content.decode()
    assert "测**3" in text
    assert NUMBER not in text
    look = AuditEntry.objects.filter(action="look", subject_kind="portrait").get()
    assert look.purpose == "低保核验"
    assert NUMBER not in look.subject
    wrong = browser.post("/brain/portrait/number/", {"number": "370306199001010017", "purpose": "x"})
    assert wrong.status_code == 422


def test_who_has_no_duty_of_the_brain_does_not_see_the_page(officer: Account):
    browser = Client()
    browser.force_login(account("environment.officer"))
    assert browser.post("/brain/portrait/number/", {"number": NUMBER, "purpose": "x"}).status_code == 403
