"""Alarms written without Django are announced as events here, each exactly once."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from district.kernel.alerts.actions import announce_cleared, announce_raised
from district.kernel.alerts.models import Alarm

BATCH = 200
WAITING = Q(is_announced=False) | Q(cleared_at__isnull=False, is_clear_announced=False)


@transaction.atomic
def announce_waiting() -> int:
    """Publishes what waits, oldest first, and returns for how many alarms. Several workers may call it at once.

    The note that an alarm is announced and the event are one transaction: neither is lost, neither comes twice.
    """
    waiting = Alarm.objects.filter(WAITING).order_by("pk").select_for_update(skip_locked=True)[:BATCH]
    alarms = list(waiting)
    for alarm in alarms:
        if not alarm.is_announced:
            announce_raised(alarm)
        if alarm.cleared_at is not None and not alarm.is_clear_announced:
            announce_cleared(alarm)
    return len(alarms)
