"""The trips that may be on the road at an instant, by stop: yesterday's service day too, which may end after midnight."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.forms.models import model_to_dict

from ..changes import queries as changes
from ..changes.applying import PlannedTrip, planned_on, stops_with
from ..editions import queries as editions
from ..models import Change
from ..schedule import Schedule, Stop

Key = tuple[date, str, str]
MOST_PLANS = 6


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


_plans: dict[tuple[int, date, str], DayPlan] = {}


def plan_of(day: date) -> DayPlan | None:
    """The plan of a service day as it stands now, None without an edition; kept until the edition or a change changes."""
    edition = editions.in_force(day)
    if edition is None:
        return None
    schedule = editions.schedule_of(edition.pk)
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(schedule.timezone))
    in_force = changes.in_force(midnight - timedelta(hours=1), midnight + timedelta(hours=30))
    key = (edition.pk, day, json.dumps([_facts(each) for each in in_force], default=str))
    if key not in _plans:
        while len(_plans) >= MOST_PLANS:
            _plans.pop(next(iter(_plans)), None)
        told = [changes.told(each) for each in in_force]
        _plans[key] = day_plan(edition.pk, schedule, day, planned_on(schedule, day, told), stops_with(schedule, told))
    return _plans[key]


def plans_around(at: datetime) -> list[DayPlan]:
    """The service days whose trips may be driven at an instant: yesterday and today, where the timetable is."""
    edition = editions.in_force(at.date())
    here = at.astimezone(ZoneInfo(editions.schedule_of(edition.pk).timezone)).date() if edition else at.date()
    return [plan for day in (here - timedelta(days=1), here) if (plan := plan_of(day)) is not None]


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


def _facts(change: Change) -> dict[str, object]:
    return model_to_dict(change, exclude=["made_by", "made_at"])
