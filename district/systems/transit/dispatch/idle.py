"""Buses that are heard of but drive no trip."""

from __future__ import annotations

from datetime import datetime, timedelta

from district.kernel.clock import now
from district.kernel.devices.models import LatestPosition

from ..forecasts.queries import ACTIVE
from ..models import Bus, Run

HEARD_WITHIN = timedelta(minutes=30)


def idle_buses() -> list[tuple[Bus, float, float, datetime]]:
    """(bus, longitude, latitude, when) by number."""
    at = now()
    driving = Run.objects.filter(
        state__in=ACTIVE, day__gte=(at - timedelta(days=1)).date(), bus__isnull=False
    )
    waiting = Bus.objects.filter(device__isnull=False).exclude(pk__in=driving.values("bus"))
    buses = {bus.device_id: bus for bus in waiting}
    places = LatestPosition.objects.filter(
        device_id__in=buses, at__gte=at - HEARD_WITHIN, at__lte=at + HEARD_WITHIN
    )
    found = [(buses[each.device_id], each.lon, each.lat, each.at) for each in places]
    return sorted(found, key=lambda row: row[0].number)
