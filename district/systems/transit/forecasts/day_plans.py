"""A service day with its changes as columns: trips by key, visits by stop. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ..changes.applying import PlannedTrip
from ..schedule import Schedule, Stop

Key = tuple[date, str, str]


@dataclass(frozen=True)
class Visit:
    """A planned stop: `place` (0-based) of the pattern; `arrives`, `leaves` Unix seconds as planned; `is_last`: no later bus
    of the line and direction comes to the stop that day."""

    planned: PlannedTrip
    place: int
    arrives: float
    leaves: float
    is_last: bool


@dataclass(frozen=True)
class DayPlan:
    """A service day with its changes. `by_key`: as of Run (day, trip_id, start_time); `by_stop` in order of arrival; `stops`:
    as they stand that day, temporary ones of detours too."""

    day: date
    edition_id: int
    schedule: Schedule
    trips: tuple[PlannedTrip, ...]
    by_key: dict[Key, PlannedTrip] = field(repr=False)
    by_stop: dict[str, list[Visit]] = field(repr=False)
    stops: dict[str, Stop] = field(default_factory=dict, repr=False)

    def stop_name(self, stop_id: str) -> str:
        stop = self.stops.get(stop_id) or self.schedule.stops.get(stop_id)
        return stop.name if stop else stop_id


def day_plan(edition_id: int, schedule: Schedule, day: date, trips: list[PlannedTrip], stops: dict[str, Stop]) -> DayPlan:
    """The columns of a day's trips."""
    by_key = {planned.key: planned for planned in trips}
    return DayPlan(day, edition_id, schedule, tuple(trips), by_key, _by_stop(trips), stops)


def _by_stop(trips: list[PlannedTrip]) -> dict[str, list[Visit]]:
    latest: dict[tuple[str, str, str], float] = {}
    rows = []
    for planned in trips:
        trip, midnight = planned.trip, planned.midnight
        times = zip(trip.pattern.stop_ids, trip.arrivals.tolist(), trip.departures.tolist(), strict=True)
        for place, (stop, arrives, leaves) in enumerate(times):
            rows.append((stop, planned, place, midnight + arrives, midnight + leaves))
            key = (stop, trip.route_id, trip.direction)
            if planned.state != "cancelled":
                latest[key] = max(latest.get(key, 0.0), midnight + arrives)
    found: dict[str, list[Visit]] = {}
    for stop, planned, place, arrives, leaves in sorted(rows, key=lambda row: row[3]):
        last = latest.get((stop, planned.trip.route_id, planned.trip.direction))
        found.setdefault(stop, []).append(Visit(planned, place, arrives, leaves, arrives == last))
    return found
