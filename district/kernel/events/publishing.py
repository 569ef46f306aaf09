"""The one way to tell the rest of the house that something happened."""

from __future__ import annotations

from district.kernel.events.codec import encoded
from district.kernel.events.listeners import listeners_of
from district.kernel.events.transport import transport
from district.kernel.vocabulary import Event


def publish(event: Event) -> None:
    """Tells every listener of this kind of event, if and when the current transaction commits.

    Raises EventError when a field cannot be told, whether or not anybody listens.
    """
    payload = encoded(event)
    names = [listener.name for listener in listeners_of(type(event))]
    if names:
        transport().send(event.name, payload, names)
