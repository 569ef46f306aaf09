"""How a message gets from who publishes to who listens. One transport is in use at a time.

The default keeps messages in PostgreSQL (`events.postgres`). For a cluster, a transport over NATS JetStream
would implement the same protocol: `send` writes the message to an outbox table in the caller's transaction, a
relay publishes the outbox to a stream with the row's id as `Nats-Msg-Id`, and one durable consumer for each
listener calls `delivery.deliver` and acknowledges when that returns. It is not built.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from district.kernel.events.codec import Json

DEFAULT = "district.kernel.events.postgres.PostgresTransport"


class Transport(Protocol):
    """What a transport must promise.

    `send` takes part in the current database transaction: rolled back, nothing is ever delivered;
    committed, every listener named gets the message at least once, independently of the others.
    """

    def send(self, event: str, payload: Json, listeners: list[str]) -> None: ...


@cache
def transport() -> Transport:
    """The transport in use, from the setting EVENT_TRANSPORT."""
    return import_string(getattr(settings, "EVENT_TRANSPORT", DEFAULT))()
