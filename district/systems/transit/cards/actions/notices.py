"""What comes to the door of payments: every message is kept with what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F

from district.kernel.clock import now

from ...models import PaymentNotice
from ..ports import Forged, Notice, Stale, Unreadable, provider_of
from .booking import BOOKED, REPEATED, UNREADABLE, book

MOST_BYTES = 16_384
FORGED, STALE = "forged", "stale"


@dataclass(frozen=True)
class Received:
    """`is_taken`: the provider need not send it again."""

    outcome: str

    @property
    def is_taken(self) -> bool:
        return self.outcome in (BOOKED, REPEATED)


def receive(provider_key: str, headers: Mapping[str, str], body: bytes) -> Received:
    """Raises KeyError for a provider that there is not. Answer the provider only after this has returned."""
    provider = provider_of(provider_key)
    try:
        notice = provider.read(headers, body, now())
    except Forged:
        return _kept(provider_key, None, body, FORGED)
    except Stale:
        return _kept(provider_key, None, body, STALE)
    except Unreadable:
        return _kept(provider_key, None, body, UNREADABLE)
    outcome = book(provider_key, notice)
    return _kept(provider_key, notice, body, outcome)


def _kept(provider: str, notice: Notice | None, body: bytes, outcome: str) -> Received:
    """One row for each event, counted; all that is not believed is a row of its own."""
    text = body[:MOST_BYTES].decode("utf-8", "replace").replace("\x00", "�")
    if notice is not None:
        known = PaymentNotice.objects.filter(provider=provider, event=notice.event).exclude(outcome__in=(FORGED, STALE))
        if known.update(times=F("times") + 1):
            return Received(outcome)
    row = {"body": text, "outcome": outcome, "about": notice.about if notice else ""}
    if notice is None:
        PaymentNotice.objects.create(provider=provider, **row)
    else:
        PaymentNotice.objects.get_or_create(provider=provider, event=notice.event, defaults=row)
    return Received(outcome)
