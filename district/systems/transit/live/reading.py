"""New positions of buses from the table, each once, whatever order their transactions commit in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from ..models import Bus
from .fixes import Fix

ROWS = """
    SELECT number, device_id, extract(epoch FROM at)::float8, extract(epoch FROM received_at)::float8, lat, lon,
        speed_kmh::float8, direction, mark, extra
    FROM devices_position WHERE at > %(since)s AND at < %(until)s AND {which}
"""
NEW = " UNION ALL ".join((ROWS.format(which="number > %(after)s"), ROWS.format(which="number = ANY(%(gaps)s)")))
NEW += " ORDER BY 1 LIMIT %(most)s"
OF_PERIOD = ROWS.format(which="number <= %(upto)s") + " ORDER BY at, number"
MOST = 20_000
GAP_KEPT_S = 30.0
MOST_GAPS = 5_000
"""A number not seen yet may belong to a transaction that is still open; or it was used up by a row that was there already."""


@dataclass(frozen=True)
class BusFacts:
    """What the process needs of a bus."""

    bus_id: int
    lines: tuple[str, ...]
    capacity: int


def buses() -> dict[int, BusFacts]:
    """Buses in service by the id of their terminal."""
    rows = Bus.objects.exclude(state=Bus.State.RETIRED).filter(device__isnull=False)
    return {device: BusFacts(pk, tuple(lines or ()), capacity)
            for pk, device, lines, capacity in rows.values_list("pk", "device_id", "lines", "capacity")}  # fmt: skip


@dataclass
class Reader:
    """`after`: the highest number read; `gaps`: numbers below it not seen, with the instant from which they are missed."""

    after: int = 0
    gaps: dict[int, float] = field(default_factory=dict)

    def start(self) -> int:
        """Reads what is stored from now on; the number it starts after."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT last_value, is_called FROM devices_position_number")
            last, is_called = cursor.fetchone()
        self.after = int(last) if is_called else int(last) - 1
        return self.after

    def new(self, since: datetime, until: datetime, now: float) -> list[tuple[Any, ...]]:
        """Rows not read before, by number."""
        with connection.cursor() as cursor:
            cursor.execute(NEW, {"after": self.after, "gaps": list(self.gaps), "since": since, "until": until, "most": MOST})
            rows = cursor.fetchall()
        self._note([row[0] for row in rows], now)
        return rows

    def _note(self, numbers: list[int], now: float) -> None:
        for number in numbers:
            self.gaps.pop(number, None)
        above = [number for number in numbers if number > self.after]
        if above:
            highest = above[-1]
            if highest - self.after - len(above) <= MOST_GAPS:
                seen = set(above)
                self.gaps |= {number: now for number in range(self.after + 1, highest) if number not in seen}
            self.after = highest
        if self.gaps:
            self.gaps = {number: since for number, since in self.gaps.items() if now - since < GAP_KEPT_S}


def of_period(since: datetime, until: datetime, upto: int) -> list[tuple[Any, ...]]:
    """Rows of a time already stored, in order of time."""
    with connection.cursor() as cursor:
        cursor.execute(OF_PERIOD, {"since": since, "until": until, "upto": upto})
        return cursor.fetchall()


def fixes(rows: Iterable[tuple[Any, ...]], known: dict[int, BusFacts]) -> list[Fix]:
    """Positions of the buses among the rows."""
    found = []
    for number, device, at, received_at, lat, lon, speed, bearing, mark, extra in rows:
        bus = known.get(device)
        if bus is None:
            continue
        said: dict[str, Any] = extra if isinstance(extra, dict) else {}
        found.append(Fix(
            number, bus.bus_id, at, received_at, lat, lon, speed, float(bearing), mark, str(said.get("trip_id") or ""),
            str(said.get("start_time") or ""), str(said.get("route_id") or ""), _occupancy(said, bus.capacity),
        ))  # fmt: skip
    return found


def _occupancy(said: dict[str, Any], capacity: int) -> int | None:
    told = said.get("occupancy_percentage", said.get("occupancy"))
    if isinstance(told, int | float):
        return max(0, min(int(told), 200))
    aboard = said.get("aboard")
    return min(round(100 * aboard / capacity), 200) if isinstance(aboard, int | float) and capacity else None


def instant(seconds: float) -> datetime:
    """Unix seconds as an aware instant."""
    return datetime.fromtimestamp(seconds, UTC)
