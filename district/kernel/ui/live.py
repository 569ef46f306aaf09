"""Live update. A process tells; the live door passes it on to the pages that listen.

    from district.kernel.ui.live import tell
    tell("environment.latest", {"series": 7, "value": 35.0})

Without Django the same is one statement: `SELECT pg_notify('live', '{"topic": "…", "data": {…}}')`.
A notice may have 7,000 bytes; it goes out when the transaction commits, and never when it does not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from district.kernel.people.access import may

CHANNEL = "live"
LARGEST_BYTES = 7_000


class TooLarge(ValueError):
    """A notice over 7,000 bytes: tell which record changed, and let the page fetch it."""


@dataclass(frozen=True)
class Topic:
    """Something pages may listen to, and the roles that may."""

    name: str
    roles: frozenset[str]


_topics: dict[str, Topic] = {}


def topic(name: str, roles: tuple[str, ...]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declares a topic. Also a decorator, for the function that tells it:

    @topic("environment.latest", roles=("environment.reader",))
    def tell_latest(series): …
    """
    _topics[name] = Topic(name, frozenset(roles))
    return lambda telling: telling


NOTICES = "notices."
"""`notices.<account id>` is heard by that account alone; alerts tells it."""


def hears(account: Any, name: str) -> bool:
    """Whether an account may listen to a topic. One that nobody has declared is heard by nobody."""
    if name.startswith(NOTICES):
        return account.pk is not None and name == f"{NOTICES}{account.pk}"
    known = _topics.get(name)
    return known is not None and may(account, *known.roles)


def message(topic_name: str, data: Mapping[str, Any]) -> str:
    """The payload of a notice; TooLarge over 7,000 bytes."""
    payload = orjson.dumps({"topic": topic_name, "data": dict(data)}, default=str)
    if len(payload) > LARGEST_BYTES:
        raise TooLarge(f"{topic_name}: {len(payload)} bytes, at most {LARGEST_BYTES}")
    return payload.decode()


def tell(topic_name: str, data: Mapping[str, Any]) -> None:
    """Tells all pages that listen to the topic, once the current transaction has committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, message(topic_name, data)])


def door_url(request: HttpRequest) -> str:
    """The origin of the live door as the reader's browser reaches it."""
    if settings.LIVE_URL:
        return str(settings.LIVE_URL).rstrip("/")
    host = request.get_host()
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return f"{request.scheme}://{name}:{settings.LIVE_PORT}"
