"""Sources of kind `mqtt` and `nats` as deliveries of the messages that wait.

Not each message makes a version: one is made when the oldest has waited for a minute or so, or when many wait. The
lake puts the small files of such versions together by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import numpy as np
from django.db.models import Exists, OuterRef

from district.kernel.clock import now
from district.kernel.connectors.deliveries import resume, start
from district.kernel.connectors.http.answers import flat, value_at
from district.kernel.connectors.models import Kind, Run, RunState, Source, StreamMessage
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.rows import Rows, UnreadRow
from district.kernel.connectors.schedule import pause
from district.kernel.connectors.streams.description import Wanted, wanted_of

IS_REPLAYED = False
READ_AT_ONCE = 5_000
KEEP_DELIVERED = timedelta(days=3)
PLACES = 1_000
"""Positions of a message's records: its number times this, and the place of the record."""


def goes_on(delivery: Run) -> bool:
    checkpoint = delivery.checkpoint or {}
    return bool(checkpoint.get("cursor") or checkpoint.get("done"))


def open_run(delivery: Run) -> Iterator[Rows]:
    """All messages that were there when it began."""
    source = delivery.source
    wanted = wanted_of(str(source.kind), source.settings, source.pk)
    cursor = delivery.checkpoint["cursor"] if goes_on(delivery) else source.cursor
    return _rows(source, wanted, after_of(cursor))


def after_of(cursor: Any) -> int:
    return int(cursor.get("after", 0)) if isinstance(cursor, dict) else 0


def _rows(source: Source, wanted: Wanted, after: int) -> Iterator[Rows]:
    waiting, mapped = source.messages.filter(pk__gt=after), source.settings.get("mapping", {})
    last = waiting.order_by("-pk").values_list("pk", flat=True).first() or after
    while messages := list(waiting.filter(pk__gt=after, pk__lte=last).order_by("pk")[:READ_AT_ONCE]):
        rows, places, unread, size = [], [], [], 0
        for message in messages:
            payload = bytes(message.payload)
            size += len(payload)
            try:
                records = records_of(payload, wanted)
            except Refused as refusal:
                raw = {
                    "topic": message.topic,
                    "payload": payload[:2000].decode("utf-8", "replace").replace("\x00", ""),
                }
                unread.append(UnreadRow(message.pk * PLACES, raw, refusal.code, str(refusal)))
                continue
            for place, record in enumerate(records):
                rows.append({**_told(message, mapped), **record})
                places.append(message.pk * PLACES + place)
        after = messages[-1].pk
        yield Rows(rows, np.array(places, dtype=np.int64), tuple(unread), {"after": after}, size)


def _told(message: StreamMessage, mapped: dict[str, str]) -> dict[str, str]:
    """What the broker says of a message, where a person has mapped it to an item."""
    told = {"_topic": message.topic, "_received_at": message.received_at.isoformat()}
    return {name: value for name, value in told.items() if name in mapped}


def records_of(payload: bytes, wanted: Wanted) -> list[dict[str, Any]]:
    """The records of one message. Raises Refused for a poison message."""
    try:
        data = json.loads(_text(payload))
    except (ValueError, RecursionError):
        raise Refused("not_json", "消息不是完整的 JSON") from None
    found = value_at(data, wanted.record_path) if wanted.record_path else data
    records = found if isinstance(found, list) else [found]
    if not all(isinstance(record, dict) for record in records):
        raise Refused("not_a_record", "消息里没有由字段组成的记录")
    if len(records) > PLACES:
        raise Refused("too_many_records", f"一条消息里超过 {PLACES} 条记录")
    return [flat(record) for record in records]


def _text(payload: bytes) -> str:
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        return payload.decode("gb18030")


def deliver_waiting() -> list[Run]:
    """Starts a delivery for each stream whose messages have waited long enough, or are many enough."""
    busy = Run.objects.filter(
        source=OuterRef("pk"), state__in=(RunState.WAITING, RunState.RUNNING, RunState.BLOCKED)
    )
    streams = Source.objects.filter(kind__in=(Kind.MQTT, Kind.NATS), is_active=True).exclude(Exists(busy))
    return [_begun(source) for source in streams.select_related("resource", "state") if is_due(source)]


def _begun(source: Source) -> Run:
    """What failed goes on, with what has come since."""
    last = source.runs.filter(corrects=None).first()
    return resume(last, None) if last is not None and last.state == RunState.FAILED else start(source)


def is_due(source: Source) -> bool:
    wanted = wanted_of(str(source.kind), source.settings, source.pk)
    waiting = source.messages.filter(pk__gt=after_of(source.cursor)).order_by("pk")
    oldest = waiting.values_list("received_at", flat=True).first()
    if oldest is None or _is_put_off(source):
        return False
    return (
        now() - oldest >= timedelta(seconds=wanted.every_s)
        or waiting[: wanted.most_rows].count() >= wanted.most_rows
    )


def _is_put_off(source: Source) -> bool:
    failures = source.state.failures if hasattr(source, "state") else 0
    last = source.runs.filter(corrects=None).first() if failures else None
    return last is not None and last.ended_at is not None and now() < last.ended_at + pause(failures)


def forget_delivered() -> int:
    """Messages that have been in a version for days; how many."""
    count = 0
    for source in Source.objects.filter(kind__in=(Kind.MQTT, Kind.NATS)):
        old = StreamMessage.objects.filter(
            source=source, pk__lte=after_of(source.cursor), received_at__lt=now() - KEEP_DELIVERED
        )
        count += old.delete()[0]
    return count
