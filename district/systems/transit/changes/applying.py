"""The trips of a day as they will be driven: the timetable with the temporary changes of that day. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ..schedule import Schedule, Trip


@dataclass(frozen=True)
class Told:
    """A published change as data; fields as of the model `Change`. `begin`, `end`: Unix seconds, end infinite when open."""

    change_id: int
    kind: str
    lines: frozenset[str]
    direction: str
    stops: frozenset[str]
    trips: frozenset[str]
    begin: float
    end: float
    details: dict[str, Any] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True)
class PlannedTrip:
    """A trip of a day. `state`: scheduled, cancelled, added (not in the timetable), modified (another way).

    `midnight`: noon minus twelve hours of the service day, Unix seconds; planned instants are `midnight + trip.arrivals`.
    `skipped`: places in the pattern not served. `changes`: ids of what was applied. `original`: of a modified trip.
    """

    trip: Trip
    day: date
    midnight: float
    start_time: str
    state: str = "scheduled"
    skipped: frozenset[int] = frozenset()
    changes: tuple[int, ...] = ()
    original: Trip | None = None

    @property
    def key(self) -> tuple[date, str, str]:
        """What a Run of it is found by."""
        return self.day, self.trip.trip_id, self.start_time

    @property
    def begins_at(self) -> float:
        return self.midnight + float(self.trip.departures[0])

    @property
    def ends_at(self) -> float:
        return self.midnight + float(self.trip.arrivals[-1])


def midnight_of_day(schedule: Schedule, day: date) -> float:
    """Noon minus twelve hours of a service day, Unix seconds."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(schedule.timezone)).timestamp() - 43200


def hhmmss(seconds: float) -> str:
    """Seconds of the service day as GTFS writes them; may pass 24:00:00."""
    whole = round(seconds)
    return f"{whole // 3600:02d}:{whole % 3600 // 60:02d}:{whole % 60:02d}"


def planned_on(schedule: Schedule, day: date, changes: Sequence[Told] = ()) -> list[PlannedTrip]:
    """All trips of a service day, cancelled ones too, by planned beginning."""
    midnight = midnight_of_day(schedule, day)
    runs = {service: schedule.calendar.runs(service, day) for service in {trip.service_id for trip in schedule.trips.values()}}
    found = [
        PlannedTrip(trip, day, midnight, hhmmss(float(trip.departures[0])))
        for trip in schedule.trips.values() if runs[trip.service_id]
    ]  # fmt: skip
    for change in changes:
        found = [_changed(planned, change) for planned in found]
    return sorted(found, key=lambda planned: (planned.begins_at, planned.trip.trip_id))


def concerns(change: Told, planned: PlannedTrip) -> bool:
    """Whether a change is about a trip at all: its line, direction, trip, and time."""
    trip = planned.trip
    if change.lines and trip.route_id not in change.lines:
        return False
    if change.direction and trip.direction != change.direction:
        return False
    if change.trips and trip.trip_id not in change.trips:
        return False
    return planned.begins_at < change.end and planned.ends_at >= change.begin


def _changed(planned: PlannedTrip, change: Told) -> PlannedTrip:
    if not concerns(change, planned):
        return planned
    applied = (*planned.changes, change.change_id)
    if change.kind in ("cancel", "suspend"):
        return replace(planned, state="cancelled", changes=applied)
    if change.kind == "skip":
        at = planned.midnight + planned.trip.arrivals
        skipped = {
            place for place, stop in enumerate(planned.trip.pattern.stop_ids)
            if stop in change.stops and change.begin <= at[place] < change.end
        }  # fmt: skip
        return replace(planned, skipped=planned.skipped | skipped, changes=applied) if skipped else planned
    return replace(planned, changes=applied)
