"""Noting changes: into the log, and for every receiver that follows the resource, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from district.kernel import clock
from district.kernel.datasets.models import Resource
from district.kernel.feeds import keeping
from district.kernel.feeds.models import Change, Push, PushState, Subscription, SubscriptionState
from district.kernel.jobs.work import job
from district.kernel.ui.live import tell

KEEP_DAYS = 14
CHUNK = 5_000
LOCK_SPACE = 0x66656564
"""Advisory locks of this package: (LOCK_SPACE, resource)."""

NOTE = """
    WITH noted AS (
        INSERT INTO feeds_change (resource_id, subject, op, row, before, at)
        SELECT %(resource)s, subject, op, row::jsonb, before::jsonb, %(at)s
        FROM unnest(%(subjects)s::text[], %(ops)s::text[], %(rows)s::text[], %(befores)s::text[])
            WITH ORDINALITY AS new (subject, op, row, before, n)
        ORDER BY n
        RETURNING id, subject
    )
    INSERT INTO feeds_push (subscription_id, change_id, subject, state, sent_op, attempts, next_at, error)
    SELECT follower.id, noted.id, noted.subject, 'waiting', '', 0, %(at)s, ''
    FROM noted CROSS JOIN feeds_subscription AS follower
    JOIN grants_grant AS held ON held.id = follower.grant_id
    WHERE held.resource_id = %(resource)s AND follower.state <> 'ended'
"""


@dataclass(frozen=True)
class RowChange:
    """`row` maps names of items to JSON values, for a removed row what it was; `before` what it was, where known.
    `subject` is the key of the row as text, or its keyed hash where `is_hashed`."""

    subject: str
    row: dict[str, Any]
    op: str = "put"
    before: dict[str, Any] | None = None
    is_hashed: bool = False


@transaction.atomic
def note(resource: Resource, changes: Iterable[RowChange]) -> int:
    """Notes changes in their order; returns how many. Receivers are told once the transaction has committed."""
    told = 0
    chunk: list[RowChange] = []
    is_sealed = keeping.is_personal(resource)
    with connection.cursor() as cursor:
        # One writer of a resource at a time: a lower number never appears after a higher one was read.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, resource.pk])
        for change in changes:
            chunk.append(change)
            if len(chunk) == CHUNK:
                told += _write(cursor, resource, chunk, is_sealed=is_sealed)
                chunk = []
        if chunk:
            told += _write(cursor, resource, chunk, is_sealed=is_sealed)
    if told:
        tell(topic_of(resource.pk), {"changes": told})
        transaction.on_commit(wake)
    return told


def _write(cursor: Any, resource: Resource, chunk: list[RowChange], *, is_sealed: bool) -> int:
    cursor.execute(NOTE, {
        "resource": resource.pk, "at": clock.now(), "ops": [each.op for each in chunk],
        "subjects": [each.subject if each.is_hashed else keeping.subject_hash(resource.pk, each.subject) for each in chunk],
        "rows": [keeping.kept(each.row, is_sealed=is_sealed) for each in chunk],
        "befores": [None if each.before is None else keeping.kept(each.before, is_sealed=is_sealed) for each in chunk],
    })  # fmt: skip
    return len(chunk)


def topic_of(resource_id: int) -> str:
    """The live topic that says a resource has new changes, and nothing of what they are."""
    return f"feeds-{resource_id}"


@job(name="feeds.send")
def send_waiting() -> None:
    """Sends what waits."""
    from district.kernel.feeds.sending import send_all

    send_all()


def wake() -> None:
    """Has the worker send, unless it has been told and has not begun.

    Called after the commit: a job that waits now will see what was written; one that runs may not, so another is asked.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo' AND scheduled_at IS NULL LIMIT 1",
            [send_waiting.name],
        )
        if cursor.fetchone() is None:
            send_waiting.start()


def is_followed(resource: Resource) -> bool:
    return Subscription.objects.filter(grant__resource=resource).exclude(state=SubscriptionState.ENDED).exists()


def forget_old_changes() -> int:
    """Changes older than KEEP_DAYS go, but for those that still wait for a receiver."""
    before = clock.now() - timedelta(days=KEEP_DAYS)
    waiting = Push.objects.filter(state__in=(PushState.WAITING, PushState.PARKED)).values("change")
    return Change.objects.filter(at__lt=before).exclude(pk__in=waiting).delete()[0]
