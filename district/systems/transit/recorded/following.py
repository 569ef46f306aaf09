"""A day whose positions are stored, gone through by the live process's own turns as if it were then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from ..live import reading
from ..live.turns import Live

BETWEEN = reading.ROWS.format(which="true") + " ORDER BY at, number"


class Clocked(reading.Reader):
    """Reads by the time that positions are of, not by the order in which they were stored: each comes when it was told."""

    def __init__(self, begin: datetime) -> None:
        super().__init__()
        self._until = begin

    def start(self) -> int:
        """Nothing is taken up from before: what is stored reaches into what then was the future."""
        return 0

    def new(self, since: datetime, until: datetime, now: float) -> list[tuple[Any, ...]]:
        """Rows since the last asking. What is stored tells when we received it, which here is long after."""
        upto = reading.instant(now)
        with connection.cursor() as cursor:
            cursor.execute(BETWEEN, {"since": self._until, "until": upto})
            rows = cursor.fetchall()
        self._until = upto
        return [(row[0], row[1], row[2], row[2], *row[4:]) for row in rows]


def follow(begin: datetime, end: datetime, every_s: float, progress: Callable[[datetime, int], None]) -> int:
    """Turn by turn from `begin` to `end`; forecasts are published and kept as ever. The number of positions taken."""
    live = Live()
    live.reader = Clocked(begin)
    live.start(begin)
    taken, at = 0, begin
    while at < end:
        at += timedelta(seconds=every_s)
        taken += live.turn(at)
        progress(at, taken)
    return taken
