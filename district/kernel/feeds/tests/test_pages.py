"""The pages of subscriptions: what the receiving department does there, and what others cannot."""

from __future__ import annotations

import re

import pytest
from django.test import Client as Browser
from django.urls import reverse

from district.kernel.alerts.models import Notice
from district.kernel.feeds import keeping, sending, signing
from district.kernel.feeds.actions import subscribe
from district.kernel.feeds.changes import RowChange, note
from district.kernel.feeds.models import Push, PushState, Subscription, SubscriptionState
from district.kernel.feeds.tests.receiver import Receiver
from district.kernel.grants.models import Grant
from district.kernel.people.models import Account
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db(transaction=True)
ROW = {"id": 1, "name": "测试人甲", "number": "", "phone": "", "town": "370306001001"}


@pytest.fixture
def asker(grant: Grant) -> Account:
    return account("brain.provider", unit=grant.grantee, scope="own")


@pytest.fixture
def owner(grant: Grant) -> Account:
    return account("brain.provider", unit=grant.resource.provider, scope="own")


def signed_in(who: Account) -> Browser:
    browser = Browser()
    browser.force_login(who)
    return browser


def decide(subscription: Subscription, act: str) -> str:
    return reverse("feeds:decide", args=[subscription.pk, act])


def test_from_subscribing_to_stopping_on_screen(
    grant: Grant, asker: Account, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sending, "WAITS_S", ())
    browser, place = signed_in(asker), reverse("feeds:new_subscription")
    assert place in browser.get(reverse("grants:grant", args=[grant.number])).content.decode()
    assert grant.number in browser.get(place, {"grant": grant.number}).content.decode()
    shown = browser.post(place, {"grant": grant.number, "url": receiver.url})
    assert shown["Cache-Control"] == "no-store"
    subscription = Subscription.objects.get()
    receiver.secret = re.search(r'id="secret">([^<]+)<', shown.content.decode())[1]
    assert receiver.secret == subscription.secret
    assert f"/api/feeds/v1/{grant.resource.name}/changes" in shown.content.decode()
    detail = reverse("feeds:subscription", args=[subscription.pk])
    assert subscription.secret not in browser.get(detail).content.decode()

    receiver.fails = 1.0
    note(grant.resource, [RowChange("key-of-the-row", ROW)])
    sending.send_all(2)
    text = browser.get(detail).content.decode()
    assert "搁置的推送" in text
    assert "key-of-the-row" not in text
    assert signing.opaque(subscription.secret, keeping.subject_hash(subscription.grant.resource_id, "key-of-the-row")) in text
    listed = browser.get(reverse("feeds:subscriptions")).content.decode()
    assert "接收方答复" in listed
    assert "本部门接收" in listed
    receiver.fails = 0.0
    browser.post(decide(subscription, "again"))
    sending.send_all(2)
    assert Push.objects.get().state == PushState.DELIVERED

    browser.post(decide(subscription, "pause"))
    subscription.refresh_from_db()
    assert subscription.state == SubscriptionState.PAUSED
    browser.post(decide(subscription, "go-on"))
    changed = browser.post(decide(subscription, "secret")).content.decode()
    assert receiver.secret not in changed
    assert (
        "请填写理由"
        in browser.post(decide(subscription, "stop"), {"reason": " "}, follow=True).content.decode()
    )
    browser.post(decide(subscription, "stop"), {"reason": "系统下线" * 100})
    subscription.refresh_from_db()
    assert subscription.state == SubscriptionState.ENDED
    assert decide(subscription, "stop") not in browser.get(detail).content.decode()


def test_what_is_wrong_with_an_address_stands_at_its_field(grant: Grant, asker: Account, receiver: Receiver):
    browser, place = signed_in(asker), reverse("feeds:new_subscription")
    for url in ("ftp://127.0.0.1/", "http://169.254.169.254/", "http://user@127.0.0.1/"):
        wrong = browser.post(place, {"grant": grant.number, "url": url}).content.decode()
        assert 'id="id_url_error"' in wrong, url
    assert not Subscription.objects.exists()


def test_a_parked_change_is_given_up_with_a_reason(
    subscription: Subscription, asker: Account, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sending, "WAITS_S", ())
    receiver.fails = 1.0
    note(subscription.grant.resource, [RowChange("1", ROW)])
    sending.send_all(2)
    push, browser = Push.objects.get(), signed_in(asker)
    browser.post(decide(subscription, "skip"), {"push": push.pk})
    assert Push.objects.get().state == PushState.PARKED
    browser.post(decide(subscription, "skip"), {"push": push.pk, "reason": "接收方不收"})
    assert (Push.objects.get().state, Push.objects.get().error) == (PushState.DROPPED, "接收方不收")
    other, _secret = subscribe(subscription.grant, f"{receiver.url}/other", asker)
    assert browser.post(decide(other, "skip"), {"push": push.pk, "reason": "甲"}).status_code == 404


def test_the_provider_looks_the_steward_stops_and_others_see_nothing(
    subscription: Subscription, owner: Account
):
    detail, listed = reverse("feeds:subscription", args=[subscription.pk]), reverse("feeds:subscriptions")
    giving = signed_in(owner)
    assert giving.get(detail).status_code == 200
    assert "本部门提供" in giving.get(listed).content.decode()
    for act in ("pause", "go-on", "again", "secret", "skip", "stop"):
        assert giving.post(decide(subscription, act), {"reason": "甲"}).status_code == 403, act
    third = signed_in(account("brain.provider", unit=organisation("third"), scope="own"))
    assert third.get(detail).status_code == 404
    assert third.post(decide(subscription, "stop"), {"reason": "甲"}).status_code == 404
    assert subscription.url not in third.get(listed).content.decode()
    foreign = {"grant": subscription.grant.number, "url": f"{subscription.url}/third"}
    assert 'id="id_grant_error"' in third.post(reverse("feeds:new_subscription"), foreign).content.decode()
    assert Subscription.objects.count() == 1
    assert signed_in(account("people.auditor")).get(detail).status_code == 200
    steward = signed_in(account("brain.steward", unit=organisation("data", name="区大数据局")))
    assert steward.post(decide(subscription, "pause")).status_code == 403
    steward.post(decide(subscription, "stop"), {"reason": "安全事件"})
    subscription.refresh_from_db()
    assert (subscription.state, subscription.reason) == (SubscriptionState.ENDED, "安全事件")


def test_the_receiving_department_is_told_once_when_pushes_are_parked(
    subscription: Subscription,
    asker: Account,
    owner: Account,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(sending, "WAITS_S", ())
    receiver.fails = 1.0
    for key in ("1", "2"):
        note(subscription.grant.resource, [RowChange(key, ROW)])
        sending.send_all(2)
    notice = Notice.objects.get()
    assert notice.recipient == asker
    assert notice.url == reverse("feeds:subscription", args=[subscription.pk])
