"""Partitions of positions: made ahead of time, dropped when the retention has passed."""

from __future__ import annotations

import os
from datetime import date, timedelta

from django.db import connection, transaction

from district.kernel import clock
from district.kernel.devices.handover import HandoverError
from district.kernel.devices.partitions import POSITIONS, ensure_partitions, existing_days
from district.kernel.devices.position_handover import drop_handed_over

DAYS_AHEAD = 7


def keep_days() -> int:
    """How long positions stay, `DISTRICT_KEEP_POSITION_DAYS` or 400 days; the law asks for six months of vehicles."""
    return int(os.environ.get("DISTRICT_KEEP_POSITION_DAYS") or 400)


@transaction.atomic
def make_position_partitions(first: date | None = None, last: date | None = None) -> list[date]:
    """Makes those of the days from `first` to `last`; by default of today and the days that follow."""
    first = first or clock.today()
    with connection.cursor() as cursor:
        return ensure_partitions(cursor, first, last or first + timedelta(DAYS_AHEAD), POSITIONS)


def drop_old_positions() -> list[date]:
    """Drops the days that are past their retention and safe in the lake; gives them.

    A day that is not safe stays, and HandoverError says so after the others.
    """
    oldest = clock.today() - timedelta(keep_days())
    with connection.cursor() as cursor:
        days = sorted(day for day in existing_days(cursor, POSITIONS) if day < oldest)
    dropped, troubles = [], []
    for day in days:
        try:
            drop_handed_over(day)
            dropped.append(day)
        except (HandoverError, OSError) as error:
            troubles.append(f"{day}: {error}")
    if troubles:
        raise HandoverError("；".join(troubles))
    return dropped
