"""Messages are kept in the database before they are acknowledged; one that comes again is known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import F

from district.kernel.clock import now
from district.kernel.connectors.models import SourceState, StreamMessage
from district.kernel.connectors.streams.description import Wanted
from district.kernel.connectors.streams.message import Incoming

SENT_AGAIN_WITHIN = timedelta(hours=1)
LOCK_SPACE = 737_004
"""Advisory locks of sources that somebody listens to: (this, number of the source)."""


def keep(source_id: int, messages: Sequence[Incoming], wanted: Wanted) -> int:
    """Writes the messages and commits; how many were new. Only then may they be acknowledged."""
    with transaction.atomic():
        rows = [
            StreamMessage(
                source_id=source_id,
                key=key_of(source_id, each, wanted),
                topic=each.topic[:400],
                payload=each.payload,
            )
            for each in messages
        ]
        before = StreamMessage.objects.filter(source=source_id, key__in=[row.key for row in rows])
        known = set(before.values_list("key", flat=True))
        fresh = {row.key: row for row in reversed(rows) if row.key not in known}
        new = [fresh.pop(row.key) for row in rows if row.key in fresh]
        StreamMessage.objects.bulk_create(new, ignore_conflicts=True)
        SourceState.objects.filter(source=source_id).update(
            received=F("received") + len(messages),
            repeated=F("repeated") + len(messages) - len(new),
            last_message_at=now(),
        )
    return len(new)


def key_of(source_id: int, message: Incoming, wanted: Wanted) -> str:
    """The message's own identity, or the broker's. Without either two messages alike are two messages, unless the
    broker says that it sends the second again: then it is the one that came within the last hour."""
    own = _own_identity(message, wanted)
    if own:
        return f"own:{own}"[:200]
    if message.identity:
        return message.identity[:200]
    digest = hashlib.sha256(message.topic.encode() + b"\x00" + message.payload).hexdigest()
    if message.is_again:
        since = now() - SENT_AGAIN_WITHIN
        alike = StreamMessage.objects.filter(source=source_id, key__startswith=digest, received_at__gte=since)
        last = alike.order_by("-pk").values_list("key", flat=True).first()
        if last is not None:
            return last
    return f"{digest}:{uuid4().hex}"


def _own_identity(message: Incoming, wanted: Wanted) -> str:
    if not wanted.id_path:
        return ""
    from district.kernel.connectors.http.answers import value_at

    try:
        found = value_at(json.loads(message.payload), wanted.id_path)
    except (ValueError, RecursionError):
        return ""
    if found in (None, ""):
        return ""
    text = json.dumps(found, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= 120 else hashlib.sha256(text.encode()).hexdigest()


def hold(source_id: int) -> bool:
    """Takes the source for this connection of the database; False when another process listens to it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_SPACE, source_id])
        return bool(cursor.fetchone()[0])


def let_go(source_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_SPACE, source_id])


def note_connection(source_id: int, *, is_connected: bool, code: str = "", problem: str = "") -> None:
    """What the page of sources shows."""
    SourceState.objects.update_or_create(
        source_id=source_id,
        defaults={
            "is_connected": is_connected, "connection_code": code[:60], "connection_problem": problem[:300],
            "looked_at": now(),
        },
    )  # fmt: skip
