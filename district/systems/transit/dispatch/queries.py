"""The board: a day's trips with what was ordered and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, now

from ..changes.applying import PlannedTrip
from ..forecasts.planned import DayPlan
from ..models import Assignment, Run
from .chains import Key
from .words import span_words

AROUND_S = 3600.0
"""A trip is near when it is under way now, or begins or ended within such a time."""
SOON_S = 900.0
"""A trip that begins so soon without a bus is wanting."""


@dataclass(frozen=True)
class Row:
    """A trip of the day; `assigned`: the bus told, `bus`: the one its positions show. Empty texts: unknown."""

    day: date
    trip_id: str
    start_time: str
    planned: str
    line: str
    towards: str
    assigned: str
    bus: str
    state: str
    departed_at: datetime | None
    delay_min: float | None
    next_stop: str
    headway: str
    passed: str
    note: str
    is_wanting: bool
    is_near: bool
    run_id: int | None

    @property
    def key(self) -> Key:
        return self.day, self.trip_id, self.start_time


def board_rows(plan: DayPlan) -> list[Row]:
    """By planned departure. Two queries."""
    runs = {
        (run.day, run.trip_id, run.start_time): run
        for run in Run.objects.filter(day=plan.day).select_related("bus")
    }
    told = {
        (each.day, each.trip_id, each.start_time): each.bus.number
        for each in Assignment.objects.filter(day=plan.day).select_related("bus")
    }
    at = now().timestamp()
    return [
        _row(plan, planned, runs.get(planned.key), told.get(planned.key, ""), at) for planned in plan.trips
    ]


def _row(plan: DayPlan, planned: PlannedTrip, run: Run | None, assigned: str, at: float) -> Row:
    trip = planned.trip
    line = plan.schedule.lines.get(trip.route_id)
    stops = trip.pattern.stop_ids
    state = "cancelled" if planned.state == "cancelled" else run.state if run else "expected"
    is_over = planned.ends_at < at - 1800
    bus = run.bus.number if run and run.bus else ""
    passed = [each for each in run.passed_at if each is not None] if run else []
    notes = []
    if planned.state == "added":
        notes.append(_("加开"))
    if planned.skipped:
        notes.append(_("%(n)s 站不停") % {"n": len(planned.skipped)})
    if planned.state == "modified":
        notes.append(_("绕行"))
    if run and run.is_bunched:
        notes.append(_("串车"))
    if assigned and bus and assigned != bus:
        notes.append(_("实际车辆与派车不符"))
    if is_over and not passed and state not in ("cancelled", "running"):
        notes.append(_("未见运行"))
    is_driving = run is not None and state in ("running", "standing", "off_route", "silent", "unlikely")
    following = stops[min(run.next_stop, len(stops) - 1)] if run and is_driving else ""
    begins = run.passed_at[0] if run and run.passed_at else None
    return Row(
        planned.day,
        trip.trip_id,
        planned.start_time,
        planned.start_time[:5],
        line.name if line else trip.route_id,
        trip.headsign or plan.schedule.stops[stops[-1]].name,
        assigned,
        bus,
        state,
        begins.astimezone(CHINA) if begins else None,
        round(run.delay_s / 60, 1) if run and run.delay_s is not None else None,
        plan.stop_name(following) if following else "",
        span_words(run.headway_s) if run and is_driving else "",
        f"{len(passed)}/{len(stops)}" if run else "",
        "，".join(notes),
        not assigned and not bus and state == "expected" and -SOON_S < planned.begins_at - at < SOON_S,
        planned.begins_at < at + AROUND_S and planned.ends_at > at - AROUND_S,
        run.pk if run else None,
    )
