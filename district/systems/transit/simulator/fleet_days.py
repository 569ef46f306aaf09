"""The service days that matter now, each computed once and anew when the platform has changed it."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from district.kernel.clock import CHINA

from ..plane import Plane
from .service_day import Itinerary, day_of, swapped
from .town import Town

log = logging.getLogger(__name__)
KEPT_DAYS = 4


class FleetDays:
    """Itineraries by day and bus. `numbers`: of the buses that are to run, None all."""

    def __init__(self, town: Town, seed: int, faults: frozenset[str], numbers: frozenset[str] | None = None) -> None:
        self._town, self._seed, self._faults, self._numbers = town, seed, faults, numbers
        self._days: dict[date, tuple[tuple[object, ...], dict[str, Itinerary]]] = {}
        self.plane = Plane(0.0, 0.0)

    def refresh(self, now: datetime) -> None:
        """Reads the platform again where it has changed; may touch the database, so not in the loop."""
        today = now.astimezone(CHINA).date()
        for day in (today - timedelta(days=1), today):
            if day not in self._days or self._town.print_of(day) != self._days[day][0]:
                self.load(day)
        for old in [day for day in self._days if day < today - timedelta(days=KEPT_DAYS)]:
            del self._days[old]

    def load(self, day: date) -> dict[str, Itinerary]:
        plan = self._town.plan_of(day)
        if plan is None:
            self._days[day] = (self._town.print_of(day), {})
            return {}
        self.plane = plan.plane
        found = day_of(plan.planned, plan.bus_of, day, self._seed, self._faults)
        if "swap" in self._faults:
            found = swapped(found, self._seed, day)
        if self._numbers is not None:
            found = {number: each for number, each in found.items() if number in self._numbers}
        self._days[day] = (plan.print, found)
        log.info("%s：%d 班，%d 车", day, len(plan.planned), len(found))
        return found

    def itinerary(self, bus: str, at: float) -> Itinerary | None:
        """What the bus does at an instant, None when it stands in the yard."""
        day = datetime.fromtimestamp(at, CHINA).date()
        for each in (day, day - timedelta(days=1)):
            found = self._days.get(each, ((), {}))[1].get(bus)
            if found is not None and found.begins_at <= at < found.ends_at:
                return found
        return None

    def between(self, begin: float, end: float) -> list[dict[str, Itinerary]]:
        """Every service day that touches a span, oldest first."""
        day = datetime.fromtimestamp(begin, CHINA).date() - timedelta(days=1)
        last = datetime.fromtimestamp(end, CHINA).date()
        found = []
        while day <= last:
            found.append(self._days[day][1] if day in self._days else self.load(day))
            day += timedelta(days=1)
        return found
