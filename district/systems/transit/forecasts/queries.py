"""When buses come, as it is known now: for stops, for one run, and where all buses are.

What a bus's positions do not tell comes from the timetable, with the mark `timetable_only`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Q

from district.kernel.clock import CHINA, now

from ..changes.applying import PlannedTrip
from ..models import Forecast, Run
from ..schedule import Line
from .day_plans import DayPlan, Key, Visit
from .planned import plan_of, plans_around

TIMETABLE_ONLY = "timetable_only"
OLD_POSITION = "old_position"
FRESH_S, USELESS_S = 120.0, 900.0
"""A forecast not renewed for so long is marked as old, and then not told any more: the timetable is."""
OVERDUE_S = 60.0
"""A planned arrival that nothing is known of is told for so long after its time."""
ACTIVE = (Run.State.RUNNING, Run.State.STANDING, Run.State.OFF_ROUTE, Run.State.SILENT, Run.State.UNLIKELY)


@dataclass(frozen=True)
class Arrival:
    """A bus at a stop. `planned_at`, `expected_at`: arrival; `departs_at`: leaving, later where it waits for its time.

    `earliest`…`latest`: 90 % of such buses come in between; None from the timetable alone. `delay_s`: expected less planned.
    `source`: model, ahead, history, delay, timetable. `mark`: why it is not to be trusted like others ("" when it is):
    timetable_only, old_position, bad_clock, off_route, unlikely, no_model. `state`: of Run. `is_cancelled`, `is_skipped`:
    the bus or its stop here was cancelled: shown as such, never as coming. `stops_away`: 0 next stop; None unknown.
    `occupancy`: per cent. `is_last`: no later bus of the line today. `is_ending`: passengers only get out here.
    `changes`: ids of Change. `seen_at`: the position it is made from. `reason`: what it is made of, see Forecast.
    """

    line: Line
    direction: str
    headsign: str
    day: date
    trip_id: str
    start_time: str
    run_id: int | None
    bus: str
    stop_id: str
    place: int
    planned_at: datetime
    expected_at: datetime
    departs_at: datetime
    earliest: datetime | None = None
    latest: datetime | None = None
    delay_s: float = 0.0
    source: str = "timetable"
    mark: str = TIMETABLE_ONLY
    state: str = "expected"
    stops_away: int | None = None
    metres_away: float | None = None
    is_accessible: bool | None = None
    occupancy: int | None = None
    is_last: bool = False
    is_ending: bool = False
    is_cancelled: bool = False
    is_skipped: bool = False
    changes: tuple[int, ...] = ()
    seen_at: datetime | None = None
    made_at: datetime | None = None
    reason: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Vehicle:
    """A bus on a trip, where it was last believed. `age_s` of that position; `next_stop`: place in the pattern."""

    run_id: int
    day: date
    trip_id: str
    start_time: str
    route_id: str
    direction: str
    headsign: str
    bus_id: int | None
    bus: str
    plate: str
    state: str
    since: datetime
    lon: float
    lat: float
    bearing: float | None
    speed_kmh: float | None
    seen_at: datetime
    age_s: float
    along_m: float | None
    next_stop: int
    next_stop_id: str
    delay_s: float | None
    headway_s: float | None
    is_bunched: bool
    occupancy: int | None
    is_accessible: bool | None
    mark: str


@dataclass(frozen=True)
class StopAhead:
    """A stop of one run: passed (`passed_at`) or to come (`expected_at`, `departs_at`, `earliest`, `latest`)."""

    place: int
    stop_id: str
    name: str
    planned_at: datetime
    planned_departs_at: datetime
    passed_at: datetime | None = None
    expected_at: datetime | None = None
    departs_at: datetime | None = None
    earliest: datetime | None = None
    latest: datetime | None = None
    is_passed: bool = False
    is_skipped: bool = False
    is_timepoint: bool = False


def arrivals_at(stop_ids: list[str] | tuple[str, ...], at: datetime | None = None, horizon_s: float = 5400, limit: int = 20, *,
                with_ending: bool = False, line: str = "") -> list[Arrival]:  # fmt: skip
    """The next buses at these stops, by expected arrival; cancelled ones too. Four small queries.

    `with_ending`: also buses that end their trip here. `line`: of this route id alone.
    """
    at = at or now()
    wanted = [
        (plan, stop, visit) for plan in plans_around(at) for stop in dict.fromkeys(stop_ids)
        for visit in plan.by_stop.get(stop, ())
        if -7200 < visit.arrives - at.timestamp() < horizon_s + 7200 and (not line or visit.planned.trip.route_id == line)
    ]  # fmt: skip
    runs = _runs({plan.day for plan, _stop, _visit in wanted}, {visit.planned.trip.route_id for _p, _s, visit in wanted})
    found = []
    for plan, stop, visit in wanted:
        arrival = _arrival(plan, stop, visit, runs.get(visit.planned.key), at)
        if arrival is None or not (arrival.expected_at.timestamp() < at.timestamp() + horizon_s):
            continue
        if with_ending or not arrival.is_ending:
            found.append(arrival)
    return sorted(found, key=lambda arrival: (arrival.expected_at, arrival.trip_id))[:limit]


def vehicles(line: str | None = None, at: datetime | None = None) -> list[Vehicle]:
    """Buses on the road, of one line (route id) or all."""
    at = at or now()
    plans = {plan.day: plan for plan in plans_around(at)}
    chosen = Run.objects.filter(day__in=plans, state__in=ACTIVE, seen_at__isnull=False, lon__isnull=False)
    if line is not None:
        chosen = chosen.filter(route_id=line)
    found = []
    for run in chosen.select_related("bus", "forecast").order_by("route_id", "direction", "along_m"):
        planned = plans[run.day].by_key.get((run.day, run.trip_id, run.start_time))
        if planned is not None:
            found.append(_vehicle(run, planned, at))
    return found


def run_ahead(run_id: int, at: datetime | None = None) -> list[StopAhead]:
    """All stops of a run; empty when there is no such run, or its edition holds its trip no more."""
    run = Run.objects.select_related("forecast").filter(pk=run_id).first()
    plan = plan_of(run.day) if run else None
    planned = plan.by_key.get((run.day, run.trip_id, run.start_time)) if run and plan else None
    if run is None or plan is None or planned is None:
        return []
    told = usable(run, at or now())
    trip = planned.trip
    found = []
    for place, stop in enumerate(trip.pattern.stop_ids):
        passed = run.passed_at[place] if place < len(run.passed_at) else None
        part: dict[str, Any] = {}
        number = place - told.first_stop if told else -1
        if told is not None and 0 <= number < len(told.arrivals):
            part = {
                "expected_at": moment(told.arrivals[number]), "departs_at": moment(told.departures[number]),
                "earliest": moment(told.earliest[number]), "latest": moment(told.latest[number]),
            }  # fmt: skip
        found.append(StopAhead(
            place, stop, plan.stop_name(stop), moment(planned.midnight + trip.arrivals[place]),
            moment(planned.midnight + trip.departures[place]), passed_at=passed,
            is_passed=passed is not None or (told is not None and number < 0) or run.state == Run.State.ENDED,
            is_skipped=place in planned.skipped, is_timepoint=bool(trip.is_timepoint[place]), **part,
        ))  # fmt: skip
    return found


def usable(run: Run, at: datetime) -> Forecast | None:
    """The run's forecast, unless there is none or nobody has renewed it for a long time."""
    told = getattr(run, "forecast", None)
    return told if told is not None and (at - told.made_at).total_seconds() <= USELESS_S else None


def moment(seconds: float) -> datetime:
    """Unix seconds as an instant in China Standard Time."""
    return datetime.fromtimestamp(float(seconds), UTC).astimezone(CHINA)


def _runs(days: set[date], routes: set[str]) -> dict[Key, Run]:
    if not days:
        return {}
    chosen = Run.objects.filter(Q(day__in=days), route_id__in=routes).select_related("bus", "forecast")
    return {(run.day, run.trip_id, run.start_time): run for run in chosen}


def _arrival(plan: DayPlan, stop: str, visit: Visit, run: Run | None, at: datetime) -> Arrival | None:
    """None when the bus has passed, or has gone by all that is known."""
    planned, trip = visit.planned, visit.planned.trip
    about: dict[str, Any] = {
        "line": plan.schedule.lines.get(trip.route_id) or Line(trip.route_id, "", ""), "direction": trip.direction,
        "headsign": trip.headsign or plan.schedule.stops[trip.pattern.stop_ids[-1]].name, "day": plan.day,
        "trip_id": trip.trip_id, "start_time": planned.start_time, "run_id": run.pk if run else None,
        "bus": run.bus.number if run and run.bus else "", "stop_id": stop, "place": visit.place,
        "planned_at": moment(visit.arrives), "is_last": visit.is_last,
        "is_ending": visit.place == len(trip.pattern.stop_ids) - 1, "changes": planned.changes,
        "is_accessible": run.bus.is_accessible if run and run.bus else trip.is_accessible,
        "is_skipped": visit.place in planned.skipped,
    }  # fmt: skip
    is_cancelled = planned.state == "cancelled" or bool(run and run.state == Run.State.CANCELLED)
    by_plan = {"expected_at": moment(visit.arrives), "departs_at": moment(visit.leaves)}
    is_gone = visit.arrives < at.timestamp() - OVERDUE_S
    if is_cancelled:
        return None if is_gone else Arrival(**about, **by_plan, is_cancelled=True, state="cancelled")
    if run is None:
        return None if is_gone else Arrival(**about, **by_plan)
    if run.state == Run.State.ENDED or _has_passed(run, visit.place):
        return None
    about |= {"state": run.state, "occupancy": run.occupancy, "seen_at": run.seen_at}
    told = usable(run, at)
    if told is None:
        return None if is_gone else Arrival(**about, **by_plan)
    number = visit.place - told.first_stop
    if not 0 <= number < len(told.arrivals):
        return None
    expected = max(float(told.arrivals[number]), at.timestamp())
    stops_at = trip.pattern.stops_at
    is_seen = run.along_m is not None and run.state != Run.State.EXPECTED
    return Arrival(
        **about, expected_at=moment(expected), departs_at=moment(max(told.departures[number], expected)),
        earliest=moment(told.earliest[number]), latest=moment(max(told.latest[number], expected)),
        delay_s=expected - visit.arrives, source=told.source, mark=_mark(told, at), made_at=told.made_at, reason=told.reason,
        stops_away=max(visit.place - run.next_stop, 0) if is_seen else None,
        metres_away=max(float(stops_at[visit.place]) - (run.along_m or 0.0), 0.0) if is_seen else None,
    )  # fmt: skip


def _has_passed(run: Run, place: int) -> bool:
    return place < len(run.passed_at) and run.passed_at[place] is not None


def _mark(told: Forecast, at: datetime) -> str:
    if not told.mark and (at - told.made_at).total_seconds() > FRESH_S:
        return OLD_POSITION
    return told.mark


def _vehicle(run: Run, planned: PlannedTrip, at: datetime) -> Vehicle:
    pattern = planned.trip.pattern
    told = getattr(run, "forecast", None)
    next_stop = min(run.next_stop, len(pattern.stop_ids) - 1)
    assert run.seen_at is not None
    assert run.lon is not None
    assert run.lat is not None
    return Vehicle(
        run.pk, run.day, run.trip_id, run.start_time, run.route_id, run.direction, planned.trip.headsign, run.bus_id,
        run.bus.number if run.bus else "", run.bus.plate if run.bus else "", run.state, run.since, run.lon, run.lat,
        run.bearing, run.speed_kmh, run.seen_at, (at - run.seen_at).total_seconds(), run.along_m, next_stop,
        pattern.stop_ids[next_stop], run.delay_s, run.headway_s, run.is_bunched, run.occupancy,
        run.bus.is_accessible if run.bus else None, _mark(told, at) if told else "",
    )  # fmt: skip
