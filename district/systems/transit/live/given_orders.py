"""The dispatcher's words to wait, as the live process goes by them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from ..forecasts.day_plans import Key
from ..models import Order
from .holds import Hold

VALID = timedelta(hours=2)
NOT_TAKEN = frozenset({"failed", "refused", "timed_out", "cancelled"})


def holds_of(days: Sequence[date], now: datetime) -> dict[Key, tuple[Hold, ...]]:
    """By trip, those of the last hours that have not failed to reach the bus."""
    orders = Order.objects.filter(kind=Order.Kind.HOLD, day__in=days, place__isnull=False, made_at__gt=now - VALID,
                                  made_at__lte=now).select_related("command").order_by("pk")  # fmt: skip
    found: dict[Key, dict[int, Hold]] = {}
    for order in orders:
        state = order.command.state if order.command else ""
        if state in NOT_TAKEN or order.place is None:
            continue
        key = (order.day, order.trip_id, order.start_time)
        # A second word about the same stop takes the place of the first.
        found.setdefault(key, {})[order.place] = Hold(order.place, order.hold_s, order.made_at.timestamp(), state == "done")
    return {key: tuple(holds.values()) for key, holds in found.items()}
