"""Partitions of positions: made ahead of time, dropped when the retention has passed."""

from __future__ import annotations

import os
from datetime import date, timedelta

from django.db import connection, transaction

from district.kernel import clock
from district.kernel.devices.partitions import POSITIONS, drop_partition, ensure_partitions, existing_days

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


@transaction.atomic
def drop_old_positions() -> list[date]:
    """Drops the days that are past their retention; gives them."""
    oldest = clock.today() - timedelta(keep_days())
    with connection.cursor() as cursor:
        days = sorted(day for day in existing_days(cursor, POSITIONS) if day < oldest)
        for day in days:
            drop_partition(cursor, day, POSITIONS)
    return days
