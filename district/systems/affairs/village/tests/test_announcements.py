"""Who has read a notice is known; who has not is called."""

from __future__ import annotations

from datetime import timedelta

import pytest

from district.kernel.alerts.models import Notice
from district.kernel.clock import now, stopped_at
from district.kernel.people.refused import Refused
from district.systems.affairs.models import Announcement
from district.systems.affairs.village.actions import announcing as actions
from district.systems.affairs.village.actions.announcing import Said
from district.systems.affairs.village.queries import announcements_visible_to
from district.testing.people import account


@pytest.fixture
def said(village):
    return actions.announce(
        Said("防汛通知", "今晚有雨"), village.town_unit, [village.unit, village.town_unit], village.town
    )


def test_everybody_of_the_units_has_a_receipt_and_a_notice(village, said):
    assert {receipt.account for receipt in said.receipts.all()} == {
        village.clerk,
        village.other,
        village.town,
    }
    assert Notice.objects.filter(recipient=village.clerk, title="防汛通知").count() == 1


def test_read_and_answered_are_noted_once_each(village, said):
    first = actions.read(said, village.clerk)
    with stopped_at(now() + timedelta(hours=1)):
        assert actions.read(said, village.clerk).read_at == first.read_at
        answered = actions.confirm(said, village.clerk, "收到")
        assert actions.confirm(said, village.clerk, "又收到").reply == answered.reply == "收到"
    counted = announcements_visible_to(village.town).get()
    assert (counted.people, counted.has_read, counted.has_answered) == (3, 1, 1)


def test_those_who_have_not_answered_are_called_and_not_again_at_once(village, said):
    actions.confirm(said, village.clerk)
    assert actions.call_readers(said, village.town) == 2
    assert actions.call_readers(said, village.town) == 0
    with pytest.raises(Refused):
        actions.call_readers(said, village.clerk)


def test_who_came_later_reads_it_too_and_others_do_not(village, said):
    late = account("affairs.clerk", unit=village.unit, scope="own")

    assert actions.read(said, late) is not None
    assert actions.read(said, village.neighbour) is None
    assert not announcements_visible_to(village.neighbour).exists()


def test_a_recalled_notice_is_gone_for_its_readers(village, said):
    actions.recall(said, village.town)

    assert not announcements_visible_to(village.clerk).exists()
    assert announcements_visible_to(village.town).exists()
    said.refresh_from_db()
    with pytest.raises(Refused, match="已撤回"):
        actions.confirm(said, village.clerk)


def test_a_notice_from_the_pages_is_read_by_opening_it(village, client):
    client.force_login(village.town)
    given = {
        "organisation": village.town_unit.pk, "title": "停水", "text": "明日停水", "audience": [village.town_unit.pk],
        "is_with_below": "on", "needs_receipt": "on", "is_public": "on",
    }  # fmt: skip
    assert client.get("/affairs/announcements/new").status_code == 200
    assert "阅读情况" in client.post("/affairs/announcements/new", given, follow=True).content.decode()
    made = Announcement.objects.get()

    client.force_login(village.clerk)
    assert "未读" in client.get("/affairs/announcements/").content.decode()
    assert "阅读情况" not in client.get(f"/affairs/announcements/{made.pk}/").content.decode()
    assert made.receipts.get(account=village.clerk).read_at is not None
    client.post(f"/affairs/announcements/{made.pk}/confirm", {"reply": "已转告"})
    assert made.receipts.get(account=village.clerk).reply == "已转告"
    client.logout()
    assert "明日停水" in client.get("/affairs/openness/").content.decode()
