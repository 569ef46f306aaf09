"""The network of now: timetable, changes and forecasts as they stand, made at most every few seconds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from district.kernel.clock import CHINA, now

from ..changes.applying import PlannedTrip
from ..editions.queries import schedule_of
from ..forecasts.planned import DayPlan, plan_of
from ..forecasts.queries import usable
from ..models import Run
from ..public.kept import Kept
from .day_rides import DayNetwork, Ground, Key, Live, day_network, ground_of
from .planning import Asked, Journey, journeys

KEPT_S = 8.0
LATE_S = 3600
"""A bus of yesterday's service day may still be on the road so long after midnight plus its planned end."""

networks: Kept[DayNetwork] = Kept(KEPT_S, most=6)


def find_journeys(asked: Asked, only_accessible: bool = False) -> list[Journey] | None:
    """None when no timetable is in force on that day."""
    day = datetime.fromtimestamp(asked.at, UTC).astimezone(CHINA).date()
    net = network_of_day(day, only_accessible)
    return journeys(net, asked) if net is not None else None


def network_of_day(day: date, only_accessible: bool = False) -> DayNetwork | None:
    """The day's network with what of the days around may be ridden too; None without a timetable.

    `only_accessible`: only stops that are known to be, and trips whose bus, or else whose timetable, is known to be.
    """
    plan = plan_of(day)
    if plan is None:
        return None
    around = [each for each in (plan_of(day - timedelta(days=1)), plan, plan_of(day + timedelta(days=1)))
              if each is not None and each.edition_id == plan.edition_id]  # fmt: skip
    key = (day, only_accessible, *(id(each.trips) for each in around))
    return networks.get(key, lambda: _made(plan, around, only_accessible))


def _made(plan: DayPlan, around: list[DayPlan], only_accessible: bool) -> DayNetwork:
    zero = datetime(plan.day.year, plan.day.month, plan.day.day, tzinfo=CHINA).timestamp()
    first, last = zero - LATE_S, zero + 36 * 3600
    trips = [each for one in around for each in one.trips if each.ends_at >= first and each.begins_at <= last]
    stops = plan.schedule.stops

    def is_wanted(planned: PlannedTrip, live: Live | None) -> bool:
        known = live.is_accessible if live is not None else None
        return (planned.trip.is_accessible if known is None else known) is True

    return day_network(
        plan.schedule, _ground(plan.edition_id), trips, live_runs({each.day for each in around}), zero,
        is_wanted if only_accessible else None,
        (lambda stop_id: stops[stop_id].is_accessible is True) if only_accessible else None,
    )  # fmt: skip


def live_runs(days: set[date]) -> dict[Key, Live]:
    """What is known of the runs of these days that are not as planned or have a bus."""
    at = now()
    gone = {Run.State.CANCELLED, Run.State.ENDED, Run.State.UNLIKELY}
    found: dict[Key, Live] = {}
    for run in Run.objects.filter(day__in=days).select_related("forecast", "bus"):
        told = usable(run, at)
        about = {"state": str(run.state), "is_gone": run.state in gone,
                 "is_accessible": run.bus.is_accessible if run.bus else None}  # fmt: skip
        if told is None:
            found[run.day, run.trip_id, run.start_time] = Live(run.pk, **about)
            continue
        found[run.day, run.trip_id, run.start_time] = Live(
            run.pk, told.first_stop, tuple(told.arrivals), tuple(told.departures), told.made_at.timestamp(), told.mark, **about
        )  # fmt: skip
    return found


@lru_cache(maxsize=2)
def _ground(edition_id: int) -> Ground:
    return ground_of(schedule_of(edition_id))
