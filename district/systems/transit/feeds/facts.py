"""What our own feeds are made of, from the tables as they stand."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..changes import queries as changes
from ..changes.applying import PlannedTrip
from ..changes.words import Words
from ..editions import queries as editions
from ..forecasts.planned import plan_of, plans_around
from ..forecasts.queries import ACTIVE, usable
from ..models import Bus, Change, Run
from ..schedule import Schedule
from .building import ToldAlert
from .told import BusFacts, ForecastFacts, PlaceFacts, RunFacts

AHEAD = timedelta(hours=24)
"""Changed trips are told so long before they begin."""
ALERTS_AHEAD = timedelta(days=7)
LATE_S = 3600.0
"""A changed trip that nothing is seen of is told for so long after its planned end."""
AT_STOP_M, AT_STOP_KMH = 30.0, 5.0


def schedule_told(at: datetime) -> tuple[Schedule | None, str]:
    """The timetable that the feeds speak of, and its number."""
    edition = editions.in_force(at.date())
    return (editions.schedule_of(edition.pk), str(edition.pk)) if edition else (None, "")


def runs_told(at: datetime) -> list[RunFacts]:
    """Runs of the service days around an instant, and trips that changes make different from the timetable. Three queries
    beside those of the plans."""
    plans = plans_around(at)
    if plans and changes.in_force(at, at + AHEAD) and (tomorrow := plan_of(plans[-1].day + timedelta(days=1))):
        plans.append(tomorrow)
    of_days = Run.objects.filter(day__in=[plan.day for plan in plans])
    rows = of_days.exclude(state=Run.State.ENDED).select_related("bus", "forecast")
    runs = {(run.day, run.trip_id, run.start_time): run for run in rows}
    ended = set(of_days.filter(state=Run.State.ENDED).values_list("day", "trip_id", "start_time"))
    found = []
    for plan in plans:
        for planned in plan.trips:
            run = runs.get(planned.key)
            if run is not None:
                found.append(_facts(run, planned, at))
            elif planned.key not in ended and _is_told(planned, at):
                found.append(RunFacts(planned))
    return found


def _is_told(planned: PlannedTrip, at: datetime) -> bool:
    """Without a run: when it differs from the timetable and is not over."""
    differs = planned.state in ("cancelled", "added") or bool(planned.left_out) or planned.later_s > 0
    soon = (at + AHEAD).timestamp()
    return differs and planned.begins_at < soon and planned.ends_at + LATE_S > at.timestamp()


def _facts(run: Run, planned: PlannedTrip, at: datetime) -> RunFacts:
    told = usable(run, at)
    forecast = None
    if told is not None:
        forecast = ForecastFacts(
            told.made_at.timestamp(), told.first_stop, told.arrivals, told.departures, told.earliest, told.latest, told.mark
        )
    return RunFacts(
        planned, bus=bus_facts(run.bus) if run.bus else None, forecast=forecast, place=_place(run, planned),
        is_driven=run.state in ACTIVE, is_off_route=run.state == Run.State.OFF_ROUTE,
    )  # fmt: skip


def bus_facts(bus: Bus) -> BusFacts:
    return BusFacts(str(bus.pk), bus.number, bus.plate, bus.is_accessible)


def _place(run: Run, planned: PlannedTrip) -> PlaceFacts | None:
    if run.seen_at is None or run.lat is None or run.lon is None:
        return None
    stops_at = planned.trip.pattern.stops_at
    next_stop = min(run.next_stop, len(stops_at) - 1)
    near = [place for place in (next_stop, next_stop - 1)
            if place >= 0 and run.along_m is not None and abs(run.along_m - float(stops_at[place])) <= AT_STOP_M]  # fmt: skip
    is_at_stop = bool(near) and (run.speed_kmh or 0.0) <= AT_STOP_KMH
    return PlaceFacts(
        run.seen_at.timestamp(), run.lat, run.lon, run.bearing, run.speed_kmh / 3.6 if run.speed_kmh is not None else None,
        near[0] if is_at_stop else next_stop, is_at_stop, run.occupancy,
    )  # fmt: skip


def alerts_told(at: datetime) -> list[ToldAlert]:
    """Changes that hold now or within a week."""
    found = [each for each in changes.in_force(at, at + ALERTS_AHEAD) if each.state == Change.State.PUBLISHED]
    return [
        ToldAlert(changes.told(each), Words(each.title, each.text, each.title_en, each.text_en), each.cause, each.severity)
        for each in found
    ]
