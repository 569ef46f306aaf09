"""Sends what waits: each receiver's changes in the order of each row, different rows side by side.

A process that is killed between sending and noting the answer sends that change again under the same `webhook-id`;
a receiver that remembers the ids it has seen has every change once.
"""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from district.kernel import clock
from district.kernel.feeds import bodies, posting, telling
from district.kernel.feeds.bodies import Message
from district.kernel.feeds.models import Push, Subscription, SubscriptionState
from district.kernel.feeds.posting import Answer
from district.kernel.grants import rules

BATCH = 1_000
SENDERS = 16
PATIENCE_S = 50.0
SOON_S = 12.0
"""A row whose next try is sooner than this is waited for; the timer of each minute comes back to the others."""
LOOK_AGAIN_S = 0.5
SENDER_LOCK = 0x66656570
WAITS_S = (0.2, 0.5, 1, 3, 10, 30, 120, 600, 1800, 3600, 7200, 14400, 28800)
"""After the last of these (about sixteen hours) a change is parked, and its provider's people decide."""
ALIVE_S, NEAR_S, NEAR_TRIES = 60.0, 10.0, 10
"""A receiver that took something in the last minute is not down: what it failed to take by a fault of its own (not what
it refused, 4xx) is tried again sooner, the first ten times. Its luck, not its state, was bad."""
_taken_at: dict[int, float] = {}
"""Subscription → when its receiver last took something from this process, on the process's own clock."""

DUE = """
    SELECT push.id, push.subscription_id, push.change_id, push.subject, push.attempts FROM feeds_push AS push
    JOIN feeds_subscription AS follower ON follower.id = push.subscription_id AND follower.state = 'active'
    WHERE push.state = 'waiting' AND NOT EXISTS (
        SELECT 1 FROM feeds_push AS before
        WHERE before.subscription_id = push.subscription_id AND before.subject = push.subject
        AND before.state IN ('waiting', 'parked') AND before.change_id <= push.change_id
        AND (before.state = 'parked' OR before.next_at > %(now)s))
    ORDER BY push.change_id LIMIT %(limit)s
"""
NEXT = """
    SELECT min(push.next_at) FROM feeds_push AS push
    JOIN feeds_subscription AS follower ON follower.id = push.subscription_id AND follower.state = 'active'
    WHERE push.state = 'waiting' AND NOT EXISTS (
        SELECT 1 FROM feeds_push AS before
        WHERE before.subscription_id = push.subscription_id AND before.subject = push.subject
        AND before.state IN ('waiting', 'parked') AND before.change_id < push.change_id)
"""
RECORD = """
    UPDATE feeds_push AS push SET state = new.state, sent_op = new.op, attempts = new.attempts,
        next_at = new.next_at, status = new.status, error = new.error,
        done_at = CASE WHEN new.state IN ('delivered', 'outside') THEN %(at)s END
    FROM unnest(%(ids)s::bigint[], %(states)s::text[], %(ops)s::text[], %(attempts)s::int[], %(nexts)s::timestamptz[],
        %(statuses)s::int[], %(errors)s::text[]) AS new (id, state, op, attempts, next_at, status, error)
    WHERE push.id = new.id AND push.state = 'waiting'
"""


@dataclass(frozen=True)
class Due:
    """A push that may be sent now, the first of its row or behind others that may."""

    id: int
    subscription_id: int
    change_id: int
    subject: str
    attempts: int


@dataclass(frozen=True)
class Outcome:
    """What became of a push."""

    push: Due
    state: str
    op: str = ""
    next_at: datetime | None = None
    answer: Answer | None = None


def send_all(patience_s: float = PATIENCE_S) -> int:
    """Sends until nothing is due soon or the patience is over; returns how many were delivered.

    One process sends at a time; another that comes meanwhile leaves the work to it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, 0)", [SENDER_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    try:
        delivered = _send_for(patience_s)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, 0)", [SENDER_LOCK])
    pause = next_in_s()
    if pause is not None and pause <= SOON_S:  # noted meanwhile by somebody who saw this process at work; or tried again soon
        from district.kernel.feeds.changes import wake

        wake()
    return delivered


def _send_for(patience_s: float) -> int:
    until, delivered = time.monotonic() + patience_s, 0
    with ThreadPoolExecutor(SENDERS, thread_name_prefix="feeds") as pool:
        while time.monotonic() < until:
            batch = due(BATCH)
            if batch:
                delivered += send(batch, pool)
                continue
            pause = next_in_s()
            if pause is None or pause > SOON_S:
                break
            time.sleep(max(0.02, min(pause, until - time.monotonic())))
    return delivered


def due(limit: int) -> list[Due]:
    """What may be sent now, oldest change first. A row with a change that waits or is parked holds back those after."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"now": clock.now(), "limit": limit})
        return [Due(*row) for row in cursor.fetchall()]


def next_in_s() -> float | None:
    """Seconds until the next try of anything, None when nothing waits."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT)
        at = cursor.fetchone()[0]
    return None if at is None else (at - clock.now()).total_seconds()


def send(batch: Sequence[Due], pool: ThreadPoolExecutor) -> int:
    """Sends a batch and notes what became of it; returns the number delivered."""
    delivered = 0
    for subscription_id, pushes in _grouped(batch, lambda each: each.subscription_id).items():
        subscription = Subscription.objects.select_related("grant__resource", "grant__grantee", "grant__client").get(
            pk=subscription_id
        )
        delivered += _send_to(subscription, pushes, pool)
    return delivered


def _send_to(subscription: Subscription, pushes: Sequence[Due], pool: ThreadPoolExecutor) -> int:
    """The rule is asked for each batch, and again while it is being sent: a withdrawal stops what has not left."""
    rule = bodies.rule_of(subscription)
    if rule is None:
        end(subscription, "授权已收回、暂停或到期")
        return 0
    messages = bodies.messages(subscription, rule, [each.change_id for each in pushes])
    fresh = [messages[each.change_id] for each in pushes if each.attempts == 0 and each.change_id in messages]
    bodies.log_use(subscription, rule, fresh)
    is_over = threading.Event()
    address = posting.Address(subscription.url)
    chains = [
        pool.submit(_chain, address, subscription.secret, [(each, messages.get(each.change_id)) for each in row], is_over)
        for row in _grouped(pushes, lambda each: each.subject).values()
    ]
    outcomes: list[Outcome] = []
    waiting = set(chains)
    while waiting:
        try:
            for done in as_completed(waiting, timeout=LOOK_AGAIN_S):
                waiting.discard(done)
                outcomes += done.result()
        except TimeoutError:
            pass
        # What is known is noted while the slow ones are waited for; a kill now costs only what is still under way.
        _record(subscription, outcomes)
        outcomes = []
        if waiting and not rules.still_holds([rule]):
            is_over.set()
    return sum(1 for chain in chains for each in chain.result() if each.state == "delivered")


def _chain(
    address: posting.Address, secret: str, row: list[tuple[Due, Message | None]], is_over: threading.Event
) -> list[Outcome]:
    """The changes of one row, one after the other, until one fails. Runs in a thread and uses no database."""
    made: list[Outcome] = []
    for push, message in row:
        if is_over.is_set():
            break
        if message is None:
            made.append(Outcome(push, "outside"))
            continue
        answer = address.post(secret, message)
        if answer.is_taken:
            _taken_at[push.subscription_id] = time.monotonic()
            made.append(Outcome(push, "delivered", message.op, answer=answer))
            continue
        made.append(_failed(push, answer))
        break
    return made


def _failed(push: Due, answer: Answer) -> Outcome:
    if push.attempts >= len(WAITS_S) or answer.is_gone:
        return Outcome(push, "parked", answer=answer)
    wait = WAITS_S[push.attempts]
    is_alive = time.monotonic() - _taken_at.get(push.subscription_id, -ALIVE_S) < ALIVE_S
    if is_alive and push.attempts < NEAR_TRIES and not 400 <= (answer.status or 0) < 429:
        wait = min(wait, NEAR_S)
    pause = max(wait * random.uniform(0.8, 1.2), answer.retry_after_s)
    return Outcome(push, "waiting", next_at=clock.now() + timedelta(seconds=pause), answer=answer)


def _record(subscription: Subscription, outcomes: Iterable[Outcome]) -> None:
    made = list(outcomes)
    if not made:
        return
    now = clock.now()
    failed = next((each.answer for each in made if each.state == "parked"), None)
    is_news = failed is not None and not subscription.pushes.filter(state="parked").exists()
    with connection.cursor() as cursor:
        cursor.execute(RECORD, {
            "at": now,
            "ids": [each.push.id for each in made], "states": [each.state for each in made],
            "ops": [each.op for each in made],
            "attempts": [each.push.attempts + (each.answer is not None) for each in made],
            "nexts": [each.next_at or now for each in made],
            "statuses": [each.answer.status if each.answer else None for each in made],
            "errors": [(each.answer.error if each.answer and not each.answer.is_taken else "")[:200] for each in made],
        })  # fmt: skip
    if any(each.answer is not None and each.answer.is_gone for each in made):
        end(subscription, "接收方答复 410，地址已停用")
    if is_news and failed is not None:
        telling.tell_parked(subscription, failed.error)


def end(subscription: Subscription, reason: str) -> None:
    """Nothing more is sent; what waits is dropped."""
    subscription.state, subscription.reason = SubscriptionState.ENDED, reason[:300]
    subscription.save(update_fields=["state", "reason"])
    Push.objects.filter(subscription=subscription, state__in=("waiting", "parked")).update(
        state="dropped", done_at=clock.now(), error=reason[:200]
    )


def _grouped(items: Iterable[Any], key: Any) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups
