"""Subscriptions and what people decide about pushes that failed."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from district.kernel import clock
from district.kernel.connectors import addresses
from district.kernel.connectors.refused import Refused as AddressRefused
from district.kernel.feeds import signing
from district.kernel.feeds.changes import wake
from district.kernel.feeds.models import Push, PushState, Subscription, SubscriptionState
from district.kernel.feeds.refused import Refused
from district.kernel.grants.models import Grant, GrantState
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account


def subscribe(grant: Grant, url: str, account: Account, *, is_simulated: bool = False) -> tuple[Subscription, str]:
    """Has changes of the granted rows sent to `url`; returns the subscription and the secret, shown this once.

    Raises Refused: grant_over, bad_url, address_forbidden, host_unknown, subscribed_already.
    """
    if grant.state != GrantState.ACTIVE or not grant.starts_at <= clock.now() < grant.ends_at:
        raise Refused("grant_over", "授权不在有效期内，不能订阅", field="grant", value=grant.number)
    check_url(url)
    secret = signing.new_secret()
    try:
        with transaction.atomic():
            made = Subscription.objects.create(
                grant=grant, url=url, secret=secret, created_by=account, is_simulated=is_simulated
            )
            record_act(account, "feeds.subscribe", subject_kind="subscription", subject=made.pk, purpose=f"{grant.number} {url}")
    except IntegrityError as error:
        raise Refused("subscribed_already", "这个地址已经订阅", field="url", value=url) from error
    return made, secret


def check_url(url: str) -> None:
    """Only http(s) to a host that a message may be sent to."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise Refused("bad_url", "接收地址须为 http 或 https 网址，且不含用户名", field="url", value=url)
    try:
        addresses.resolve(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
    except AddressRefused as error:
        raise Refused(error.code, str(error), field="url", value=url) from error


@transaction.atomic
def pause(subscription: Subscription, account: Account) -> None:
    """Changes are kept for it and sent once it goes on."""
    _set(subscription, account, SubscriptionState.ACTIVE, SubscriptionState.PAUSED, "feeds.pause")


@transaction.atomic
def go_on(subscription: Subscription, account: Account) -> None:
    _set(subscription, account, SubscriptionState.PAUSED, SubscriptionState.ACTIVE, "feeds.go_on")
    transaction.on_commit(wake)


@transaction.atomic
def stop(subscription: Subscription, account: Account, reason: str) -> None:
    """Ends a subscription; what waits is dropped."""
    from district.kernel.feeds.sending import end

    if subscription.state == SubscriptionState.ENDED:
        raise Refused("wrong_state", "订阅已停止", field="state", value=subscription.state)
    _say_why(reason)
    end(subscription, reason)
    record_act(account, "feeds.stop", subject_kind="subscription", subject=subscription.pk, purpose=reason)


@transaction.atomic
def new_secret(subscription: Subscription, account: Account) -> str:
    """Changes the secret at once; returns it, shown this once."""
    secret = signing.new_secret()
    Subscription.objects.filter(pk=subscription.pk).update(secret=secret)
    record_act(account, "feeds.new_secret", subject_kind="subscription", subject=subscription.pk)
    return secret


@transaction.atomic
def send_again(subscription: Subscription, account: Account) -> int:
    """Tries what was parked, and what waits for a later try, at once. Returns how many."""
    again = Push.objects.filter(subscription=subscription, state__in=(PushState.PARKED, PushState.WAITING)).update(
        state=PushState.WAITING, attempts=0, next_at=clock.now()
    )
    record_act(account, "feeds.send_again", subject_kind="subscription", subject=subscription.pk)
    transaction.on_commit(wake)
    return again


@transaction.atomic
def skip(push: Push, account: Account, reason: str) -> None:
    """Gives up a parked change, so that those behind it can go."""
    if push.state != PushState.PARKED:
        raise Refused("wrong_state", "只能放弃已搁置的推送", field="state", value=push.state)
    _say_why(reason)
    push.state, push.done_at, push.error = PushState.DROPPED, clock.now(), reason[:200]
    push.save(update_fields=["state", "done_at", "error"])
    record_act(account, "feeds.skip", subject_kind="push", subject=push.pk, purpose=reason)
    transaction.on_commit(wake)


def _say_why(reason: str) -> None:
    if not reason.strip():
        raise Refused("no_reason", "请填写理由", field="reason")


def _set(subscription: Subscription, account: Account, before: str, after: str, act: str) -> None:
    if subscription.state != before:
        raise Refused("wrong_state", "订阅不在可以这样做的状态", field="state", value=subscription.state)
    subscription.state = after
    subscription.save(update_fields=["state"])
    record_act(account, act, subject_kind="subscription", subject=subscription.pk)
