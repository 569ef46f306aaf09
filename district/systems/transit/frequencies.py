"""Headway lines: trips that frequencies.txt repeats, each repetition as a trip of its own.

Source: GTFS Schedule reference, frequencies.txt. With `exact_times` 0 no timetable is promised, only the headway; with 1 the
repetitions are a timetable written shortly. A trip named there does not run at its own times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from .service_time import hhmmss

if TYPE_CHECKING:
    from .schedule import Trip

MOST = 200_000
"""Repetitions of a whole feed; more is a mistake in its headways."""


@dataclass(frozen=True)
class Headway:
    """A row of frequencies.txt: departures at `first`, `first + every`, … before `until`, seconds of the service day."""

    first: float
    until: float
    every: float
    is_exact: bool

    @property
    def count(self) -> int:
        return max(0, int(-(-(self.until - self.first) // self.every)))

    def starts(self) -> Iterator[float]:
        for number in range(self.count):
            yield self.first + number * self.every


def headways_of(table: pd.DataFrame, first: pd.Series, until: pd.Series) -> dict[str, list[Headway]]:
    """trip_id → its rows by time; `first`, `until`: the table's two times as seconds. Unusable rows are left out."""
    if table.empty:
        return {}
    every = pd.to_numeric(table["headway_secs"], errors="coerce")
    exact = table["exact_times"].str.strip() == "1" if "exact_times" in table else pd.Series(False, table.index)
    found: dict[str, list[Headway]] = {}
    for trip_id, begin, end, seconds, is_exact in zip(table["trip_id"], first, until, every, exact, strict=True):
        if begin < end and seconds > 0:
            found.setdefault(trip_id, []).append(Headway(float(begin), float(end), float(seconds), bool(is_exact)))
    return {trip_id: sorted(rows, key=lambda row: row.first) for trip_id, rows in found.items()}


def repeated(trips: dict[str, Trip], headways: dict[str, list[Headway]]) -> dict[str, Trip]:
    """The trips with those of `headways` in place of the trip they repeat, called `trip@HH:MM:SS`."""
    found: dict[str, Trip] = {}
    for trip_id, trip in trips.items():
        if trip_id not in headways:
            found[trip_id] = trip
            continue
        for row in headways[trip_id]:
            for start in row.starts():
                key = f"{trip_id}@{hhmmss(start)}"
                later = start - float(trip.departures[0])
                found[key] = replace(
                    trip, trip_id=key, arrivals=trip.arrivals + later, departures=trip.departures + later,
                    of=trip_id, is_headway=not row.is_exact, headway_s=row.every, block_id="",
                )  # fmt: skip
    return found
