"""Changes reach the receiver whole, in order, once in effect, and only as far as the grant goes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from district.kernel import home
from district.kernel.feeds import posting, sending
from district.kernel.feeds.changes import RowChange, note
from district.kernel.feeds.models import Change, Op, Push, PushState, Subscription, SubscriptionState
from district.kernel.feeds.tests.receiver import Receiver
from district.kernel.grants.models import Use

pytestmark = pytest.mark.django_db(transaction=True)


def row(number: int, town: str = "370306001001", **more: Any) -> dict[str, Any]:
    return {"id": number, "name": "测试人甲", "number": "", "phone": "13800000000", "town": town, **more}


def by_subject(receiver: Receiver) -> dict[str, list[int]]:
    found = defaultdict(list)
    for each in receiver.taken:
        found[each["subject"]].append(each["sequence"])
    return found


def test_a_change_arrives_signed_masked_and_with_granted_items_only(subscription: Subscription, receiver: Receiver):
    note(subscription.grant.resource, [RowChange("1", row(1))])
    assert sending.send_all(5) == 1
    [taken] = receiver.taken
    assert taken["row"] == {"id": 1, "name": "测**甲", "town": "370306001001"}
    assert taken["type"] == "row.put"
    assert taken["subject"] != "1"
    assert receiver.unsigned == 0
    use = Use.objects.get()
    assert (use.channel, use.rows, use.number) == ("push", 1, subscription.grant.number)


def test_a_row_outside_the_granted_towns_is_not_told(subscription: Subscription, receiver: Receiver):
    note(subscription.grant.resource, [RowChange("9", row(9, town="370306101001"))])
    sending.send_all(5)
    assert receiver.posts == 0
    assert Push.objects.get().state == PushState.OUTSIDE


def test_a_row_that_leaves_the_granted_towns_is_told_as_removed_and_nothing_more(
    subscription: Subscription, receiver: Receiver
):
    note(subscription.grant.resource, [RowChange("1", row(1)), RowChange("1", row(1, town="370306101001"))])
    sending.send_all(5)
    assert [(each["type"], each["row"].get("town")) for each in receiver.taken] == [
        ("row.put", "370306001001"), ("row.removed", None),
    ]  # fmt: skip


def test_who_never_saw_a_row_learns_that_it_left_from_what_it_was(subscription: Subscription, receiver: Receiver):
    gone = row(1, town="370306101001")
    note(subscription.grant.resource, [RowChange("1", gone, before=row(1)), RowChange("2", gone, before=gone)])
    sending.send_all(5)
    assert [(each["type"], each["row"]) for each in receiver.taken] == [("row.removed", {})]


def test_a_removed_row_is_told_by_its_key(subscription: Subscription, receiver: Receiver):
    note(subscription.grant.resource, [RowChange("1", row(1), Op.REMOVED.value)])
    sending.send_all(5)
    assert [each["row"] for each in receiver.taken] == [{"id": 1}]


def test_order_of_each_row_is_kept_when_a_third_fails(
    subscription: Subscription, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sending, "WAITS_S", (0.01,) * 30)
    receiver.fails = 1 / 3
    for turn in range(4):
        note(subscription.grant.resource, [RowChange(str(n), row(n, name=f"甲{turn}")) for n in range(20)])
    sending.send_all(30)
    assert len(receiver.taken) == 80
    assert receiver.repeats > 0, "the receiver has failed after taking some"
    assert all(numbers == sorted(numbers) for numbers in by_subject(receiver).values())
    assert not Push.objects.exclude(state=PushState.DELIVERED).exists()


def test_withdrawal_stops_what_waits(subscription: Subscription, receiver: Receiver):
    note(subscription.grant.resource, [RowChange("1", row(1))])
    subscription.grant.state = "withdrawn"
    subscription.grant.save()
    sending.send_all(2)
    assert receiver.posts == 0
    assert Push.objects.get().state == PushState.DROPPED
    subscription.refresh_from_db()
    assert subscription.state == SubscriptionState.ENDED


def test_a_row_that_fails_for_good_is_parked_and_holds_back_only_its_own_later_changes(
    subscription: Subscription, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sending, "WAITS_S", ())
    receiver.fails = 1.0
    note(subscription.grant.resource, [RowChange("1", row(1))])
    sending.send_all(2)
    receiver.fails = 0.0
    note(subscription.grant.resource, [RowChange("1", row(1)), RowChange("2", row(2))])
    sending.send_all(2)
    states = dict(Push.objects.order_by("change").values_list("change", "state"))
    assert list(states.values()) == [PushState.PARKED, PushState.WAITING, PushState.DELIVERED]


def test_the_wait_a_receiver_asks_for_is_kept(subscription: Subscription, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(posting.Address, "post", lambda *_: posting.Answer(503, "忙", 600.0))
    note(subscription.grant.resource, [RowChange("1", row(1))])
    sending.send_all(1)
    assert Push.objects.get().next_at > timezone.now() + timedelta(seconds=500)


def test_a_receiver_that_is_gone_ends_the_subscription(subscription: Subscription, receiver: Receiver):
    receiver.fails, receiver.status = 1.0, 410
    note(subscription.grant.resource, [RowChange("1", row(1))])
    sending.send_all(1)
    subscription.refresh_from_db()
    assert subscription.state == SubscriptionState.ENDED


def test_a_sender_killed_in_the_middle_loses_and_doubles_nothing(subscription: Subscription, receiver: Receiver):
    note(subscription.grant.resource, [RowChange(str(n), row(n, name=f"甲{t}")) for t in range(5) for n in range(60)])
    program = "import django; django.setup(); from district.kernel.feeds.sending import send_all; send_all(20)"
    database = str(connection.settings_dict["NAME"])
    url = home.database_url().replace("/district?", f"/{database}?")
    kills = 0
    while receiver.posts < 120 and kills < 8:
        child = subprocess.Popen([sys.executable, "-c", program], env={**os.environ, "DATABASE_URL": url})
        before, until = receiver.posts, time.monotonic() + 15
        while receiver.posts < before + 40 and child.poll() is None and time.monotonic() < until:
            time.sleep(0.005)
        child.kill()
        child.wait()
        kills += 1
    assert kills >= 2
    until = time.monotonic() + 30
    while sending.send_all(20) == 0 and time.monotonic() < until:
        time.sleep(0.1)  # the database has not yet noticed that the last one is dead
    assert len(receiver.taken) == 300
    assert receiver.unsigned == 0
    assert all(numbers == sorted(numbers) for numbers in by_subject(receiver).values())
    assert set(Push.objects.values_list("state", flat=True)) == {PushState.DELIVERED}
    assert Change.objects.count() == 300
