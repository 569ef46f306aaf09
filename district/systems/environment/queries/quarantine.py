"""Refused messages: which there are, and how many for which reason."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, QuerySet, Sum

from district.kernel.devices.models import Device, QuarantinedMessage
from district.kernel.people.access import scope_of
from district.kernel.people.models import Account

from ..manifest import SYSTEM

PORTS = tuple(listen.port for listen in SYSTEM.listens)
MOST_SHOWN_BYTES = 4_096


def quarantine_visible_to(account: Account) -> QuerySet[QuarantinedMessage]:
    """Refused messages of this system's port. Those of unknown devices only for duties over the whole district."""
    rows = QuarantinedMessage.objects.filter(protocol__in=[listen.protocol for listen in SYSTEM.listens])
    scope = scope_of(account, SYSTEM.name)
    if scope.is_whole:
        return rows
    known = scope.filter(Device.objects.filter(system=SYSTEM.name), division_field="division_code")
    return rows.filter(device_code__in=known.values("code"))


def counts_by_reason(rows: QuerySet[QuarantinedMessage], since: datetime) -> list[tuple[str, int]]:
    """(reason, messages) since a moment, repeats included, most first."""
    found = (
        rows.filter(received_at__gte=since)
        .order_by()
        .values("reason")
        .annotate(kept=Count("pk"), more=Sum("repeats"))
    )
    counts = [(row["reason"], row["kept"] + (row["more"] or 0)) for row in found]
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))


def raw_text(message: QuarantinedMessage) -> str:
    """The bytes as text for people: what cannot be shown stands as `\\x..`."""
    data = bytes(message.raw)[:MOST_SHOWN_BYTES]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="backslashreplace")
    return "".join(sign if sign.isprintable() or sign == "\n" else f"\\x{ord(sign):02x}" for sign in text)
