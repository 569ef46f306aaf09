"""The trips of a day as they will be driven: the timetable with the temporary changes of that day. Pure.

Whatever order changes are given in, they are applied in the order of `PHASES` and, within one, of their ids, so that
everybody who asks gets the same day. Nothing here raises for details that make no sense: such a change does nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from ..schedule import Pattern, Schedule, Stop, Trip
from ..service_time import hhmmss
from .detours import Way, detour_stops, driven, moved_pattern, way_round

PHASES = ("extra", "detour", "moved", "skip", "suspend", "cancel", "early_last", "delay", "notice")
FEWEST_STOPS = 2
"""A trip that serves fewer takes nobody anywhere: it is cancelled."""
NIGHT_S = 3 * 3600
"""A last departure told before this hour is one after midnight of the same service day."""


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
    """A trip of a day. `state`: scheduled, cancelled, added (not in the timetable), modified (another way or place).

    `midnight`: noon minus twelve hours of the service day, Unix seconds; planned instants are `midnight + trip.arrivals`.
    `skipped`: places in `trip.pattern` not served. `changes`: ids of what concerns it. `original`: of a modified trip
    as the timetable has it, of an added one the trip it is like; `origin`: for each place of `trip.pattern` that of
    `original` (-1: a stop of the detour), empty when they are the same. `later_s`: how much later than planned it is
    told to be; planned instants do not hold it.
    """

    trip: Trip
    day: date
    midnight: float
    start_time: str
    state: str = "scheduled"
    skipped: frozenset[int] = frozenset()
    changes: tuple[int, ...] = ()
    original: Trip | None = None
    origin: tuple[int, ...] = ()
    later_s: float = 0.0

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

    @property
    def is_driven(self) -> bool:
        return self.state != "cancelled"

    @property
    def is_added(self) -> bool:
        """Not in the timetable, cancelled since or not."""
        return self.original is not None and self.original.trip_id != self.trip.trip_id

    @property
    def served(self) -> list[int]:
        """Places of the pattern where it stops; none when it is cancelled."""
        return [place for place in range(len(self.trip.pattern.stop_ids)) if place not in self.skipped] if self.is_driven else []

    @property
    def left_out(self) -> list[int]:
        """Places of the timetable's own pattern that are not served, those a detour passes by too."""
        if not self.origin:
            return sorted(self.skipped)
        served = {self.origin[place] for place in range(len(self.origin)) if place not in self.skipped}
        return [place for place in range(len((self.original or self.trip).pattern.stop_ids)) if place not in served]


def midnight_of_day(schedule: Schedule, day: date) -> float:
    """Noon minus twelve hours of a service day, Unix seconds."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(schedule.timezone)).timestamp() - 43200


def seconds_of_day(text: object) -> float | None:
    """`HH:MM` or `HH:MM:SS`, past 24:00 too; None when it is no time."""
    found = re.fullmatch(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?", str(text).strip())
    return int(found[1]) * 3600.0 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def planned_on(schedule: Schedule, day: date, changes: Sequence[Told] = ()) -> list[PlannedTrip]:
    """All trips of a service day, cancelled ones too, by planned beginning."""
    midnight = midnight_of_day(schedule, day)
    runs = {service: schedule.calendar.runs(service, day) for service in {trip.service_id for trip in schedule.trips.values()}}
    found = [
        PlannedTrip(trip, day, midnight, hhmmss(float(trip.departures[0])))
        for trip in schedule.trips.values() if runs[trip.service_id]
    ]  # fmt: skip
    for change in in_order(changes):
        if change.kind == "extra":
            found += _extra(schedule, day, midnight, change)
        else:
            change_one = _CHANGES.get(change.kind, _noted)(schedule, change)
            found = [change_one(planned) if concerns(change, planned) else planned for planned in found]
    return sorted((_worth_driving(planned) for planned in found), key=lambda one: (one.begins_at, one.trip.trip_id))


def in_order(changes: Iterable[Told]) -> list[Told]:
    """As they are applied; an unknown kind last."""
    phase = {kind: number for number, kind in enumerate(PHASES)}
    return sorted(changes, key=lambda change: (phase.get(change.kind, len(phase)), change.change_id))


def concerns(change: Told, planned: PlannedTrip) -> bool:
    """Whether a change is about a trip at all: its line, direction, trip, stops, and time."""
    trip = planned.trip
    if change.lines and trip.route_id not in change.lines:
        return False
    if change.direction and trip.direction != change.direction:
        return False
    if change.trips and trip.trip_id not in change.trips:
        return False
    if change.stops and not change.stops.intersection(trip.pattern.stop_ids):
        return False
    return planned.begins_at < change.end and planned.ends_at >= change.begin


def stops_with(schedule: Schedule, changes: Iterable[Told]) -> dict[str, Stop]:
    """All stops as they stand under these changes: moved ones at their places for a time, stops of detours added."""
    found = dict(schedule.stops)
    for change in in_order(changes):
        if change.kind == "detour":
            found |= {stop.stop_id: stop for stop in _usable(detour_stops, schedule, change.change_id, change.details) or ()}
        elif change.kind == "moved" and (place := _usable(_place_told, change)):
            found |= {
                stop_id: replace(found[stop_id], lat=place[0], lon=place[1]) for stop_id in change.stops if stop_id in found
            }
    return found


ChangeOne = Callable[[PlannedTrip], PlannedTrip]


def _noted(_schedule: Schedule, change: Told) -> ChangeOne:
    return lambda planned: _with(planned, change)


def _with(planned: PlannedTrip, change: Told, **fields: Any) -> PlannedTrip:
    return replace(planned, changes=tuple(sorted({*planned.changes, change.change_id})), **fields)


def _extra(schedule: Schedule, day: date, midnight: float, change: Told) -> list[PlannedTrip]:
    """Trips at the times told, each with the running times of the one they are like."""
    like = schedule.trips.get(str(change.details.get("like", "")))
    starts = change.details.get("starts")
    starts = starts if isinstance(starts, list | tuple) else ()
    times = {seconds for each in starts if (seconds := seconds_of_day(each)) is not None}
    return [
        PlannedTrip(trip, day, midnight, hhmmss(seconds), "added", changes=(change.change_id,), original=like)
        for seconds in sorted(times) if change.begin <= midnight + seconds < change.end and like is not None
        for trip in (_shifted(like, seconds - float(like.departures[0]), change.change_id),)
    ]  # fmt: skip


def _shifted(like: Trip, by: float, change_id: int) -> Trip:
    departs = hhmmss(float(like.departures[0]) + by).replace(":", "")
    name = f"{like.trip_id}-extra{change_id}-{departs}"
    arrivals, departures = like.arrivals + by, like.departures + by
    return replace(like, trip_id=name, block_id="", of="", is_headway=False, arrivals=arrivals, departures=departures)


def _detour(schedule: Schedule, change: Told) -> ChangeOne:
    ways: dict[int, Way | None] = {}

    def one(planned: PlannedTrip) -> PlannedTrip:
        pattern = planned.trip.pattern
        if pattern.key not in ways:
            ways[pattern.key] = _usable(way_round, schedule, pattern, change.change_id, change.details)
        way = ways[pattern.key]
        if way is None or not change.begin <= planned.midnight + float(planned.trip.departures[way.leaves]) < change.end:
            return planned
        before = planned.origin or tuple(range(len(pattern.stop_ids)))
        origin = tuple(before[place] if place >= 0 else -1 for place in way.origin)
        state = planned.state if planned.state == "added" else "modified"
        return _with(planned, change, trip=driven(planned.trip, way), state=state, origin=origin,
                     original=planned.original or planned.trip)  # fmt: skip

    return one


def _moved(schedule: Schedule, change: Told) -> ChangeOne:
    place = _usable(_place_told, change)
    patterns: dict[int, Pattern] = {}

    def one(planned: PlannedTrip) -> PlannedTrip:
        trip = planned.trip
        if place is None or not _within(planned, change, change.stops):
            return planned
        if trip.pattern.key not in patterns:
            moved = dict.fromkeys(change.stops, place)
            patterns[trip.pattern.key] = moved_pattern(schedule, trip.pattern, change.change_id, moved)
        state = "modified" if planned.state == "scheduled" else planned.state
        return _with(planned, change, trip=replace(trip, pattern=patterns[trip.pattern.key]), state=state,
                     original=planned.original or trip)  # fmt: skip

    return one


def _place_told(change: Told) -> tuple[float, float]:
    lat, lon = float(change.details["lat"]), float(change.details["lon"])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError("no place on earth")
    return lat, lon


def _skip(_schedule: Schedule, change: Told) -> ChangeOne:
    def one(planned: PlannedTrip) -> PlannedTrip:
        skipped = _within(planned, change, change.stops)
        return _with(planned, change, skipped=planned.skipped | skipped) if skipped else planned

    return one


def _suspend(schedule: Schedule, change: Told) -> ChangeOne:
    """No trip begins; one on its way ends at the last stop it reaches before. With stops: those stops only."""
    if change.stops:
        return _skip(schedule, change)

    def one(planned: PlannedTrip) -> PlannedTrip:
        if planned.begins_at >= change.begin:
            return _with(planned, change, state="cancelled")
        at = planned.midnight + planned.trip.arrivals
        left = frozenset(np.flatnonzero(at >= change.begin).tolist())
        return _with(planned, change, skipped=planned.skipped | left) if left else planned

    return one


def _cancel(_schedule: Schedule, change: Told) -> ChangeOne:
    """Trips that begin in its time; one that is on its way already is driven to its end."""
    return lambda planned: (
        _with(planned, change, state="cancelled") if change.begin <= planned.begins_at < change.end else planned
    )


def _early_last(_schedule: Schedule, change: Told) -> ChangeOne:
    """Trips that would depart after the last one."""
    last = seconds_of_day(change.details.get("last", ""))
    if last is not None and last < NIGHT_S:
        last += 86400

    def one(planned: PlannedTrip) -> PlannedTrip:
        is_after = last is not None and float(planned.trip.departures[0]) > last
        return _with(planned, change, state="cancelled") if is_after and planned.begins_at >= change.begin else planned

    return one


def _delay(_schedule: Schedule, change: Told) -> ChangeOne:
    later = _usable(lambda: float(change.details["minutes"]) * 60) or 0.0
    return lambda planned: _with(planned, change, later_s=max(planned.later_s, later))


def _within(planned: PlannedTrip, change: Told, stops: frozenset[str]) -> frozenset[int]:
    """Places of the pattern that are one of the stops and are planned to be reached in the change's time."""
    at = planned.midnight + planned.trip.arrivals
    return frozenset(
        place for place, stop in enumerate(planned.trip.pattern.stop_ids)
        if stop in stops and change.begin <= at[place] < change.end
    )  # fmt: skip


def _worth_driving(planned: PlannedTrip) -> PlannedTrip:
    if planned.is_driven and planned.skipped and len(planned.served) < FEWEST_STOPS:
        return replace(planned, state="cancelled")
    return planned


def _usable(make: Callable[..., Any], *given: Any) -> Any:
    """What `make` gives, None for details that cannot be used (the door refuses them; older rows may hold any)."""
    try:
        return make(*given)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


_CHANGES: dict[str, Callable[[Schedule, Told], ChangeOne]] = {
    "detour": _detour, "moved": _moved, "skip": _skip, "suspend": _suspend, "cancel": _cancel,
    "early_last": _early_last, "delay": _delay, "notice": _noted,
}  # fmt: skip
