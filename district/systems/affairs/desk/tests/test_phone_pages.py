"""The phone pages: light, large, few taps, with and without script, and honest about whose session it is."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from district.kernel.clock import now

from ...circulation.tests.village import Village
from ...models import Concern, Visit
from ..pages.light import STATIC
from .test_visits import voice

BUDGET_KB = 150
PAGES = ("/affairs/desk/", "/affairs/desk/visit/", "/affairs/desk/new/")
FOLDER = Path(__file__).parents[2] / "static" / "affairs" / "desk"
JSON = {"Accept": "application/json"}


@pytest.fixture
def clerk(place: Village) -> Client:
    client = Client()
    client.force_login(place.clerk)
    return client


@pytest.mark.parametrize("address", PAGES)
def test_a_page_with_all_it_loads_weighs_less_than_a_slow_line_bears(
    clerk: Client, place: Village, address: str
):
    for number in range(8):
        place.opened(str(number))
    answer = clerk.get(address)
    text = answer.content.decode()
    loaded = set(re.findall(r"/static/([\w./-]+)", text))
    assert loaded == {f"affairs/desk/{name}" for name in STATIC} | {"ui/mark.svg"}
    weight = len(gzip.compress(answer.content)) + sum(
        len(gzip.compress((FOLDER / name).read_bytes())) for name in STATIC
    )
    assert weight < BUDGET_KB * 1024
    styles = (FOLDER / "desk.css").read_text("utf-8")
    assert "@font-face" not in styles
    assert "url(" not in styles


def test_only_the_phone_pages_may_use_the_microphone(clerk: Client):
    assert "microphone=(self)" in clerk.get(PAGES[0])["Permissions-Policy"]
    assert "microphone=()" in clerk.get("/affairs/circulation/")["Permissions-Policy"]


def test_what_the_phone_keeps_names_no_villager(clerk: Client, place: Village):
    place.opened()
    script = clerk.get("/affairs/desk/worker.js")
    assert script["Content-Type"].startswith("text/javascript")
    shell = re.search(r"const SHELL = (\[.*?\]);", script.content.decode())
    assert shell is not None
    for address in PAGES:
        assert address in shell[1]
        text = clerk.get(address).content.decode()
        assert not [secret for secret in ("演示甲", "演示乙", "排水沟", "13900000001") if secret in text]


def test_a_visit_by_script_has_a_receipt_and_is_sent_twice_without_harm(clerk: Client, place: Village):
    given = {
        "key": "p1", "purpose": "routine", "household": "演示户一", "note": "", "account": str(place.clerk.pk),
        "at": (now() - timedelta(days=6)).isoformat(),
    }  # fmt: skip
    answers = [clerk.post(PAGES[1], {**given, "files": voice()}, headers=JSON) for _again in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert Visit.objects.get().voice_count == 1


def test_what_another_account_left_on_the_phone_is_not_sent_in_this_ones_name(clerk: Client, place: Village):
    given = {"key": "p1", "purpose": "routine", "note": "x", "account": str(place.neighbour.pk)}
    answer = clerk.post(PAGES[1], given, headers=JSON)
    assert (answer.status_code, answer.json()["error"]) == (409, "other_account")
    assert not Visit.objects.exists()


def test_a_refusal_by_script_names_the_field(clerk: Client):
    answer = clerk.post(PAGES[1], {"key": "p1", "purpose": "routine", "note": ""}, headers=JSON)
    assert (answer.status_code, answer.json()["field"]) == (422, "note")


def test_the_forms_work_without_script(clerk: Client):
    done = clerk.post(PAGES[1], {"key": "p1", "purpose": "care", "note": "送医"}, follow=True)
    assert "走访已记下" in done.content.decode()
    done = clerk.post(
        PAGES[2], {"key": "p2", "kind": "facility", "matter": "", "files": voice()}, follow=True
    )
    assert Concern.objects.get().matter == "见录音"
    assert Concern.objects.get().case.number in done.content.decode()
    empty = clerk.post(PAGES[1], {"key": "p3", "purpose": "care", "note": ""}).content.decode()
    assert "请写几句，或者录一段话" in empty


def test_a_matter_is_settled_or_sent_up_on_the_phone(clerk: Client, place: Village):
    here, up = place.opened("1"), place.opened("2")
    for concern, act in ((here, "settle"), (up, "up")):
        address = f"/affairs/desk/matters/{concern.case.number}/"
        assert "排水沟" in clerk.get(address).content.decode()
        assert clerk.post(address, {"act": act, "way": "mediated", "words": "已说和"}).status_code == 302
    here.refresh_from_db()
    up.refresh_from_db()
    assert (here.way, here.level, up.level) == ("mediated", "village", "town")
    assert (
        clerk.post(f"/affairs/desk/matters/{here.case.number}/", {"act": "settle", "words": "x"}).status_code
        == 404
    )


def test_letters_are_made_larger_and_stay_so(clerk: Client):
    assert 'data-type="large"' in clerk.get(PAGES[0]).content.decode()
    clerk.post("/affairs/desk/type", {"type": "huge"})
    assert 'data-type="huge"' in clerk.get(PAGES[1]).content.decode()
    clerk.post("/affairs/desk/type", {"type": "'><script>"})
    assert 'data-type="huge"' in clerk.get(PAGES[1]).content.decode()


def test_the_token_says_whose_session_it_is(clerk: Client, place: Village):
    given = clerk.get("/affairs/desk/token", headers=JSON).json()
    assert given["account"] == place.clerk.pk
    assert given["token"]


def test_the_register_masks_households_and_the_record_is_the_villages(clerk: Client, place: Village):
    clerk.post(PAGES[1], {"key": "p1", "purpose": "care", "note": "送医", "household": "演示户一"})
    visit = Visit.objects.get()
    assert "演示户一" not in clerk.get("/affairs/visits/").content.decode()
    assert "演示户一" in clerk.get(f"/affairs/visits/{visit.pk}/").content.decode()
    neighbour = Client()
    neighbour.force_login(place.neighbour)
    assert neighbour.get(f"/affairs/visits/{visit.pk}/").status_code == 404
