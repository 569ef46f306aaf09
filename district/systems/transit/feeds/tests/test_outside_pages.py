"""The page of outside feeds: registered, changed, paused; keys never shown."""

from __future__ import annotations

import pytest
from django.test import Client

from district.kernel.clock import now
from district.systems.transit.feeds.seed import seed_feeds
from district.systems.transit.models import FeedPoll, OutsideFeed
from district.testing.people import account

pytestmark = pytest.mark.django_db
GIVEN = {"name": "东部公交", "key": "east", "url": "https://buses.example.org/vp.pb", "interval_s": 15, "keys": "X-Key: s3cret"}


@pytest.fixture
def planner(client: Client) -> Client:
    client.force_login(account("transit.planner"))
    return client


def test_a_feed_is_registered_looked_at_changed_paused_and_resumed(planner: Client):
    done = planner.post("/transit/feeds/new/", GIVEN)
    feed = OutsideFeed.objects.get()
    assert done.url == f"/transit/feeds/{feed.pk}/"
    FeedPoll.objects.create(feed=feed, outcome="taken", vehicles=3, stored=2, left_out=1, reasons={"future": 1})
    shown = planner.get(done.url).content.decode()
    assert "时间超前 1" in shown
    edit = planner.get(f"/transit/feeds/{feed.pk}/edit/").content.decode()
    assert "s3cret" not in shown + edit
    planner.post(f"/transit/feeds/{feed.pk}/edit/", {**GIVEN, "keys": "", "interval_s": 30, "key": "other"})
    feed.refresh_from_db()
    assert (feed.key, feed.interval_s, feed.headers) == ("east", 30, "X-Key: s3cret")
    planner.post(f"/transit/feeds/{feed.pk}/pause")
    assert not OutsideFeed.objects.get().is_active
    planner.post(f"/transit/feeds/{feed.pk}/resume")
    planner.post(f"/transit/feeds/{feed.pk}/ask")
    assert OutsideFeed.objects.get().next_at <= now()
    assert "东部公交" in planner.get("/transit/feeds/").content.decode()


@pytest.mark.parametrize(("field", "value"), [
    ("url", "file:///etc/passwd"), ("url", "https://user:secret@buses.example.org/"), ("interval_s", 1),
    ("keys", "Host: elsewhere"), ("key", "two words"),
])  # fmt: skip
def test_what_cannot_be_asked_for_is_refused(planner: Client, field: str, value: object):
    answer = planner.post("/transit/feeds/new/", {**GIVEN, field: value})
    assert "处需要修改" in answer.content.decode()
    assert not OutsideFeed.objects.exists()


def test_readers_look_and_keepers_keep(client: Client):
    seed_feeds()
    seed_feeds()
    feed = OutsideFeed.objects.get()
    client.force_login(account("transit.reader"))
    assert client.get(f"/transit/feeds/{feed.pk}/").status_code == 200
    assert client.post(f"/transit/feeds/{feed.pk}/resume").status_code == 403
    assert client.get("/transit/feeds/new/").status_code == 403
