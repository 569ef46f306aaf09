"""Hands one message to one listener, so that its effect on the database happens once."""

from __future__ import annotations

from django.db import transaction

from district.kernel.events.codec import EventError, Json, decoded
from district.kernel.events.listeners import listener
from district.kernel.events.models import Receipt


def deliver(message: str, listener_name: str, event: str, payload: Json) -> bool:
    """Calls the listener inside a transaction; False when this message had been handled before.

    The receipt is written in that same transaction: a worker that dies after the commit and before it could
    say so leads to a second call here, and not to a second effect. Raises what the listener raises.
    """
    found = listener(listener_name)
    if found.event.name != event:
        raise EventError(f"{listener_name} listens to {found.event.name}, the message tells {event}")
    with transaction.atomic():
        _, is_new = Receipt.objects.get_or_create(message=message, defaults={"listener": listener_name})
        if is_new:
            found.handle(decoded(found.event, payload))
    return is_new
