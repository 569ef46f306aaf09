"""The story with the test client: settled in the village; risen by the clock; what each level sees and may do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from district.kernel.cases.cards import give_cards
from district.kernel.cases.models import Evaluation
from district.kernel.clock import stopped_at
from district.kernel.people.models import AuditEntry

from ...models import Concern
from ..actions import ask_up, rise_by_clock, settle
from ..queries import task_of
from ..query_code import query_code
from .village import Village

LIST = "/affairs/circulation/"


@pytest.fixture
def seen_by(place: Village):
    """A client of each post."""

    def client(name: str) -> Client:
        made = Client()
        made.force_login(getattr(place, name))
        return made

    return client


def given(place: Village, **changed: str) -> dict[str, str]:
    return {
        "key": "k1", "kind": "dispute", "village": str(place.village.pk), "name": "演示甲", "phone": "13900000001",
        "other_name": "演示乙", "other_phone": "", "matter": "两户因排水沟走向有争执", **changed,
    }  # fmt: skip


def test_a_clerk_registers_and_settles_a_dispute_that_never_rises(place: Village, seen_by):
    clerk = seen_by("clerk")
    made = clerk.post("/affairs/circulation-new/", given(place))
    number = Concern.objects.get().case.number
    assert made["Location"] == f"{LIST}{number}/"
    shown = clerk.get(f"{LIST}{number}/").content.decode()
    assert "两户因排水沟走向有争执" in shown
    assert "演示甲" not in shown
    assert "演*" in shown
    assert (
        clerk.post(f"{LIST}{number}/settle/", {"way": "mediated", "outcome": "共同清理"}).status_code == 302
    )
    with stopped_at(Concern.objects.get().settled_at + timedelta(days=365)):
        give_cards()
    assert Concern.objects.get().level == "village"
    for other in ("officer", "manager", "leader", "neighbour"):
        assert seen_by(other).get(f"{LIST}{number}/").status_code == 404
    figures = seen_by("leader").get(LIST).content.decode()
    assert "100.0%" in figures
    assert "排水沟" not in figures


def test_a_dispute_past_its_days_comes_to_the_town_and_then_to_the_district(place: Village, seen_by):
    concern = place.opened()
    number = concern.case.number
    for level in ("officer", "manager"):
        assert seen_by(level).get(f"{LIST}{number}/").status_code == 404
        with stopped_at(task_of(concern).late_at + timedelta(minutes=1)):
            give_cards()
            assert rise_by_clock(task_of(concern).pk)
        page = seen_by(level).get(f"{LIST}{number}/").content.decode()
        assert "到期自动上报" in page
        assert f"{LIST}{number}/settle/" in page
        concern.refresh_from_db()
    clerk = seen_by("clerk").get(f"{LIST}{number}/").content.decode()
    assert f"{LIST}{number}/settle/" not in clerk
    assert seen_by("clerk").get(f"{LIST}{number}/settle/").status_code == 404


def test_names_are_shown_to_the_post_in_charge_only_and_the_look_is_noted(place: Village, seen_by):
    concern = place.opened()
    number = concern.case.number
    ask_up(place.clerk, concern, "村里协调不了")
    assert seen_by("clerk").post(f"{LIST}{number}/parties/").status_code == 404
    page = seen_by("officer").post(f"{LIST}{number}/parties/").content.decode()
    assert "演示甲" in page
    assert "13900000001" in page
    look = AuditEntry.objects.filter(action="look", subject=number).last()
    assert look.account == place.officer
    assert list(look.fields) == ["matter", "parties"]


def test_the_evidence_counts_what_the_number_counts_without_persons_and_kinds_of_confidential_ones(
    place: Village, seen_by
):
    dispute, repair = place.opened("1"), place.opened("2", kind="facility", parties=())
    settle(place.clerk, dispute, "mediated", "和解")
    settle(place.clerk, repair, "done", "已修")
    leader, numbers = seen_by("leader"), [dispute.case.number, repair.case.number]
    rows = leader.get("/affairs/circulation-evidence/?of=village&place=370306102").content.decode()
    assert [number in rows for number in numbers] == [True, True]
    assert f"{LIST}{numbers[0]}" not in rows
    assert "公共设施" in rows
    assert "矛盾纠纷" not in rows
    assert "排水沟" not in rows
    for client, of in ((leader, "town"), (seen_by("neighbour"), "village")):
        found = client.get(f"/affairs/circulation-evidence/?of={of}").content.decode()
        assert not [number for number in numbers if number in found]


def test_the_household_rates_on_a_public_page(place: Village):
    concern = place.opened(kind="facility", parties=())
    settle(place.clerk, concern, "done", "路灯已修")
    number = concern.case.number
    anybody = Client()
    refused = anybody.post("/affairs/rate/", {"number": number, "code": "x", "score": "5"})
    assert "编号或评价码不对" in refused.content.decode()
    thanks = anybody.post("/affairs/rate/", {"number": number, "code": query_code(number), "score": "5"})
    assert "谢谢" in thanks.content.decode()
    assert Evaluation.objects.get().score == 5


def test_a_refusal_stands_beside_its_field(place: Village, seen_by):
    answer = seen_by("clerk").post("/affairs/circulation-new/", given(place, other_name=""))
    assert "纠纷须写明双方" in answer.content.decode()
    assert not Concern.objects.exists()
