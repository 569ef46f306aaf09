"""All buses and all trips of now: which bus drives which trip, where, and what state that is. Pure: positions and now come in.

A bus gets its trip, in this order: from its own positions when they name it, from the dispatcher, from where it has driven
lately (`finding`), or as the next departure at the terminal where it stands. A trip has one bus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..changes.applying import PlannedTrip
from ..forecasts.day_plans import DayPlan, Key
from .drives import Drive
from .finding import Way, away_s, delay_along, off_plan_m, trace
from .fixes import Fix
from .holds import Hold
from .vehicles import Vehicle

SEEK_EVERY_S = 20.0
OFF_LOST_S, OFF_LOST_COUNT = 180.0, 4
TURNED_S = 60.0
LONGEST_OVER_S = 3 * 3600.0
STRANGE_LINE = 1.0
"""What it costs to find a bus on a line that is not its own."""
TOLD_TO_ANOTHER = 1.2
"""And on a trip that the dispatcher gave to another bus."""
LEAST_DRIVEN = 0.35
"""Of its way: a trip that was found for a bus and left before that was not its trip."""
OVER_S = 600.0
BEGINS_SOON_S = 2700.0
TOLD_BEFORE_S, TOLD_AFTER_S = 1800.0, 2700.0
FAR_TOO_EARLY_S, TOLD_TOO_EARLY_S = -1200.0, -600.0
"""A trip found may be the wrong one of a line and is judged mildly; no dispatcher sends a bus ten minutes before its time."""
NEAR_M = 500.0


@dataclass
class RunState:
    """A trip of a day in the process's memory; `pk` of its row once there is one. `holds`: the dispatcher's word to wait.
    `carried_start`: when its bus, still on the trip before, was said to begin it (said at, begins at)."""

    planned: PlannedTrip
    edition_id: int
    pk: int | None = None
    bus_id: int | None = None
    is_told: bool = False
    drive: Drive | None = None
    is_ended: bool = False
    is_broken_off: bool = False
    state: str = "expected"
    since: float = 0.0
    headway_s: float | None = None
    is_bunched: bool = False
    holds: tuple[Hold, ...] = ()
    carried_start: tuple[float, float] | None = None
    kept: dict[str, Any] = field(default_factory=dict)


class Board:
    """`runs` by key, `vehicles` by bus. `told`: bus → trips the dispatcher gave it."""

    def __init__(self, lines_of: Callable[[int], tuple[str, ...]] = lambda _bus: ()) -> None:
        self.runs: dict[Key, RunState] = {}
        self.vehicles: dict[int, Vehicle] = {}
        self.told: dict[int, list[Key]] = {}
        self._told_to: dict[Key, int] = {}
        self._lines_of = lines_of
        self._plans: list[DayPlan] = []
        self._ways: list[Way] = []
        self._planned: dict[Key, tuple[PlannedTrip, int]] = {}
        self._by_trip: dict[str, list[Key]] = {}
        self._by_block: dict[tuple[date, str], list[Key]] = {}

    def plan(self, plans: list[DayPlan]) -> bool:
        """Goes by these service days from now on; False when they are the ones it goes by already."""
        if [id(each) for each in plans] == [id(each) for each in self._plans]:
            return False
        self._plans = plans
        if not plans:
            # No timetable is in force any more: nobody drives anything of it.
            self.runs, self.told, self._told_to = {}, {}, {}
            for vehicle in self.vehicles.values():
                vehicle.drive = None
        self._planned = {key: (planned, day.edition_id) for day in plans for key, planned in day.by_key.items()}
        self._by_trip = {}
        self._by_block = {}
        for key, (planned, _edition) in self._planned.items():
            self._by_trip.setdefault(key[1], []).append(key)
            if planned.trip.block_id and planned.is_driven:
                self._by_block.setdefault((key[0], planned.trip.block_id), []).append(key)
        for keys in self._by_block.values():
            keys.sort(key=lambda key: self._planned[key][0].begins_at)
        schedules = {id(day.schedule): day.schedule for day in plans}
        self._ways = [Way(schedule, [planned for day in plans if day.schedule is schedule for planned in day.trips])
                      for schedule in schedules.values()]  # fmt: skip
        for key, run in self.runs.items():
            if key in self._planned:
                self._replan(run, *self._planned[key])
        return True

    def _replan(self, run: RunState, planned: PlannedTrip, edition_id: int) -> None:
        before, run.planned, run.edition_id = run.planned, planned, edition_id
        if run.drive is None:
            return
        if planned.trip.pattern is before.trip.pattern:
            run.drive.planned = planned
            return
        # Another way: it is followed along that one from where it is.
        vehicle = self.vehicles.get(run.bus_id or -1)
        run.drive = Drive.of(planned, run.drive.is_told)
        if vehicle is not None:
            vehicle.drive = run.drive

    def keys_of(self, trip_id: str) -> list[Key]:
        """The trips of the days with this id."""
        return self._by_trip.get(trip_id, [])

    def ensure(self, now: float) -> list[RunState]:
        """Runs of the trips that may begin soon or are under way; those that are new."""
        made = []
        for key, (planned, edition_id) in self._planned.items():
            if key not in self.runs and planned.begins_at - BEGINS_SOON_S < now < planned.ends_at + 600.0:
                self.runs[key] = RunState(planned, edition_id, since=now)
                made.append(self.runs[key])
        return made

    def forget(self, now: float) -> None:
        """Runs that ended long ago."""
        for key in [key for key, run in self.runs.items() if run.is_ended and run.planned.ends_at < now - LONGEST_OVER_S]:
            del self.runs[key]

    def take(self, fix: Fix) -> Key | None:
        """A position. The key of the run it moved, if any; what cannot be believed moves none."""
        vehicle = self.vehicle(fix.bus_id)
        vehicle.heard_at = max(vehicle.heard_at, fix.received_at)
        if fix.is_nowhere:
            return None
        if fix.when <= vehicle.last_at:
            if vehicle.drive is not None and fix.when < vehicle.last_at and not fix.has_bad_clock:
                vehicle.drive.insert(self._place(vehicle.drive, fix), fix.when)
            return None
        if not vehicle.believes(fix):
            return None
        vehicle.keep(fix)
        if fix.trip_id:
            self._feed_says(vehicle, fix)
        if vehicle.drive is None:
            self._seek(vehicle, fix.when)
            return vehicle.drive.key if vehicle.drive else None
        drive = vehicle.drive
        waited = drive.waits
        is_on = drive.see(self._place(drive, fix), fix.when)
        if waited and not drive.waits and drive.was_seen_waiting:
            self._departed(vehicle, drive)
        key = drive.key
        if is_on and not drive.waits and (drive.delay_s or 0.0) < (TOLD_TOO_EARLY_S if drive.is_told else FAR_TOO_EARLY_S):
            self._disown(vehicle, drive, fix.when)
            return key
        if is_on and self._is_over(vehicle, drive, fix):
            return key
        if not is_on or drive.back_since is not None:
            self._strayed(vehicle, drive, fix)
        return key

    def vehicle(self, bus_id: int) -> Vehicle:
        """What is kept of a bus."""
        vehicle = self.vehicles.get(bus_id)
        if vehicle is None:
            vehicle = self.vehicles[bus_id] = Vehicle(bus_id, self._lines_of(bus_id))
        return vehicle

    def _place(self, drive: Drive, fix: Fix) -> NDArray[np.float64]:
        plane = self._way_of(drive.planned).schedule.plane
        place: NDArray[np.float64] = plane.metres(np.array([fix.lat]), np.array([fix.lon]))[0]
        return place

    def _way_of(self, planned: PlannedTrip) -> Way:
        return next((way for way in self._ways if id(planned.trip.pattern) in way.patterns), self._ways[0])

    def give(self, vehicle: Vehicle, planned: PlannedTrip, *, is_told: bool) -> Drive | None:
        """The bus drives this trip from now on. None when the trip has no run, or another bus that was told to."""
        run = self.runs.get(planned.key)
        if run is None:
            held = self._planned.get(planned.key)
            if held is None:
                return None
            run = self.runs[planned.key] = RunState(*held)
        if run.bus_id is not None and run.bus_id != vehicle.bus_id:
            other = self.vehicles.get(run.bus_id)
            if other is not None and other.drive is run.drive:
                other.drive = None
        if vehicle.drive is not None and vehicle.drive.key != planned.key:
            self.release(vehicle)
        run.bus_id, run.is_told, run.is_ended, run.is_broken_off = vehicle.bus_id, is_told, False, False
        run.drive = vehicle.drive = Drive.of(planned, is_told)
        return run.drive

    def release(self, vehicle: Vehicle, *, is_broken_off: bool = False) -> None:
        """The bus does not drive its trip any more: at its end, or before (`is_broken_off`); a trip not begun is free again."""
        drive, vehicle.drive = vehicle.drive, None
        if drive is None:
            return
        run = self.runs.get(drive.key)
        if run is None or run.drive is not drive:
            return
        if drive.waits or len(drive.at) < 2:
            run.drive, run.bus_id, run.is_told = None, None, False
            return
        if is_broken_off and not drive.is_told and drive.share_seen < LEAST_DRIVEN:
            # Found on it by mistake: on streets that lines share a bus looks like one of another line for a while.
            run.drive, run.bus_id = None, None
            vehicle.done.add(drive.key)
            return
        vehicle.done.add(drive.key)
        run.is_ended = drive.is_at_end
        run.is_broken_off = is_broken_off and not drive.is_at_end
        if not run.is_broken_off:
            run.is_ended = True

    def _disown(self, vehicle: Vehicle, drive: Drive, at: float) -> None:
        """No bus is so early: it drives another trip, and this one is free again."""
        run = self.runs.get(drive.key)
        vehicle.drive = None
        vehicle.done.add(drive.key)
        if run is not None and run.drive is drive:
            run.drive, run.bus_id, run.is_told = None, None, False
        vehicle.sought_at = -1e18
        self._seek(vehicle, at)

    def _feed_says(self, vehicle: Vehicle, fix: Fix) -> None:
        if vehicle.drive is not None and vehicle.drive.planned.trip.trip_id == fix.trip_id:
            return
        keys = [key for key in self._by_trip.get(fix.trip_id, ()) if not fix.start_time or key[2] == fix.start_time]
        near = [(abs((self._planned[key][0].begins_at + self._planned[key][0].ends_at) / 2 - fix.when), key)
                for key in keys]  # fmt: skip
        if near:
            planned = self._planned[min(near)[1]][0]
            if planned.state != "cancelled" and planned.begins_at - 3600 < fix.when < planned.ends_at + 2 * 3600:
                self._begin(vehicle, planned, is_told=True)

    def _begin(self, vehicle: Vehicle, planned: PlannedTrip, *, is_told: bool) -> None:
        """Gives the trip and follows what was seen lately along it."""
        drive = self.give(vehicle, planned, is_told=is_told)
        if drive is None:
            return
        at, places = vehicle.trace(self._way_of(planned).schedule.plane)
        first = len(at) - 1 if is_told else 0
        for place, when in zip(places[first:], at[first:], strict=True):
            drive.see(place, float(when))

    def _seek(self, vehicle: Vehicle, at: float) -> None:
        if at - vehicle.sought_at < SEEK_EVERY_S or not self._ways:
            return
        vehicle.sought_at = at
        told = self._told_now(vehicle, at)
        if told is not None:
            self._begin(vehicle, told, is_told=True)
            return
        allowed = self._allowed(vehicle)
        for way in self._ways:
            when, places = vehicle.trace(way.schedule.plane)
            rows = trace(when, places, at)
            if len(rows) >= 3:
                found = way.found(places[rows], when[rows], allowed)
                if found is not None:
                    self._begin(vehicle, found.planned, is_told=False)
                    return
            if vehicle.lines or vehicle.done:
                due = way.due(places[-1], at, self._allowed(vehicle, None))
                if due is not None and self._stands(when, places):
                    vehicle.forget_trace()
                    self._begin(vehicle, due, is_told=False)
                    return

    @staticmethod
    def _stands(at: NDArray[np.float64], places: NDArray[np.float64]) -> bool:
        lately = at >= at[-1] - 60.0
        return bool(np.hypot(*(places[lately] - places[-1]).T).max() < 100.0)

    def _told_now(self, vehicle: Vehicle, at: float) -> PlannedTrip | None:
        """Of the trips the dispatcher gave the bus that which it has driven lately, else that which is due."""
        due = [planned for key in self.told.get(vehicle.bus_id, ()) if (planned := self._may_begin(key, vehicle, at)) is not None]
        if len(due) < 2:
            return due[0] if due else None
        way = self._way_of(due[0])
        when, places = vehicle.trace(way.schedule.plane)
        rows = trace(when, places, at)
        driven = [(abs(delay), planned.begins_at, planned) for planned in due
                  if (delay := delay_along(planned, places[rows], when[rows])) is not None]  # fmt: skip
        if driven:
            return min(driven, key=lambda each: each[:2])[2]
        # One place says little: it is the trip that has the bus nearest to it now, by plan.
        return min(due, key=lambda planned: (off_plan_m(planned, places[-1], at) // NEAR_M, away_s(planned, at)))

    def _may_begin(self, key: Key, vehicle: Vehicle, at: float) -> PlannedTrip | None:
        held = self._planned.get(key)
        if held is None or key in vehicle.done or held[0].state == "cancelled":
            return None
        run = self.runs.get(key)
        if run is not None and (run.is_ended or (run.bus_id not in (None, vehicle.bus_id) and not self._is_idle(run))):
            return None
        return held[0] if held[0].begins_at - TOLD_BEFORE_S < at < held[0].ends_at + TOLD_AFTER_S else None

    def _is_idle(self, run: RunState) -> bool:
        return run.drive is None or (run.drive.waits and not run.is_told)

    def _allowed(self, vehicle: Vehicle, strange: float | None = STRANGE_LINE) -> Callable[[PlannedTrip], float | None]:
        feed_route = vehicle.last.route_id if vehicle.last else ""

        def more(planned: PlannedTrip) -> float | None:
            run = self.runs.get(planned.key)
            if planned.state == "cancelled" or planned.key in vehicle.done:
                return None
            if feed_route and planned.trip.route_id != feed_route:
                return None
            if run is not None and (run.is_ended or run.is_broken_off):
                return None
            if run is not None and run.bus_id not in (None, vehicle.bus_id) and not self._is_idle(run):
                return None
            cost = 0.3 if run is not None and run.bus_id not in (None, vehicle.bus_id) else 0.0
            if self._told_to.get(planned.key, vehicle.bus_id) != vehicle.bus_id:
                cost += TOLD_TO_ANOTHER
            if not vehicle.lines or planned.trip.route_id in vehicle.lines:
                return cost
            return cost + strange if strange is not None else None

        return more

    def _departed(self, vehicle: Vehicle, drive: Drive) -> None:
        """The bus that leaves first takes the departure that is due, whichever of those waiting was meant to."""
        if drive.is_told:
            return
        own = self.runs.get(drive.key)
        at = drive.at[-1] if drive.at else 0.0

        def off_plan(planned: PlannedTrip) -> float:
            late = at - planned.begins_at
            return late / 900.0 if late >= 0 else -late / 300.0

        same = [run for run in self.runs.values() if run.planned.trip.pattern is drive.planned.trip.pattern
                and not run.is_ended and not run.is_broken_off and run.planned.state != "cancelled"
                and (run.drive is None or run.drive is drive or (run.drive.waits and not run.is_told))]  # fmt: skip
        best = min(same, key=lambda run: off_plan(run.planned), default=None)
        if best is None or own is None or best is own or off_plan(best.planned) >= off_plan(own.planned) - 0.05:
            return
        other, other_bus = best.drive, best.bus_id
        best.drive, best.bus_id, drive.planned = drive, vehicle.bus_id, best.planned
        own.drive, own.bus_id = other, other_bus
        if other is not None:
            other.planned = own.planned

    def _is_over(self, vehicle: Vehicle, drive: Drive, fix: Fix) -> bool:
        """At the end: the trip has ended, and the bus is free for the next."""
        if not drive.is_at_end or drive.waits:
            return False
        vehicle.came_to_end_at = fix.when
        self.release(vehicle)
        vehicle.forget_trace()
        vehicle.sought_at = -1e18
        return True

    def _strayed(self, vehicle: Vehicle, drive: Drive, fix: Fix) -> None:
        """Off its line, or back along it: another trip is looked for; one that turned back has broken off its trip."""
        if drive.back_since is not None and fix.when - drive.back_since >= TURNED_S and not drive.waits:
            self.release(vehicle, is_broken_off=True)
            self._seek(vehicle, fix.when)
            return
        if drive.off_since is None or drive.off_count < OFF_LOST_COUNT or fix.when - drive.off_since < OFF_LOST_S:
            return
        if drive.waits:
            if not drive.is_told or fix.when > drive.planned.begins_at + OVER_S:
                vehicle.done.add(drive.key)
            self.release(vehicle)
            self._seek(vehicle, fix.when)
            return
        if fix.when - vehicle.sought_at < SEEK_EVERY_S:
            return
        vehicle.sought_at = fix.when
        allowed = self._allowed(vehicle)
        for way in self._ways:
            when, places = vehicle.trace(way.schedule.plane)
            rows = trace(when, places, fix.when)
            found = way.found(places[rows], when[rows], allowed) if len(rows) >= 3 else None
            if found is not None and found.planned.key != drive.key:
                self.release(vehicle, is_broken_off=True)
                self._begin(vehicle, found.planned, is_told=False)
                return

    def assign(self, told: dict[int, list[Key]]) -> None:
        """The dispatcher's word. A bus that waits for another trip, or drives none, takes it."""
        self.told = told
        self._told_to = {key: bus_id for bus_id, keys in told.items() for key in keys}
        for bus_id in told:
            vehicle = self.vehicles.get(bus_id)
            if vehicle is not None and vehicle.drive is not None and vehicle.drive.waits:
                wanted = self._told_now(vehicle, vehicle.last_at)
                if wanted is not None and wanted.key != vehicle.drive.key:
                    self._begin(vehicle, wanted, is_told=True)

    def following(self, run: RunState, bus_id: int | None) -> RunState | None:
        """The trip that the bus has after this one: as the dispatcher gave it, else as the timetable strings it. None when
        another bus drives it already, or it may not begin so soon that it has a run."""
        told = [key for key in self.told.get(bus_id, ())] if bus_id is not None else []
        strung = self._by_block.get((run.planned.day, run.planned.trip.block_id), []) if run.planned.trip.block_id else []
        later = [(held[0].begins_at, key) for key in told or strung if (held := self._planned.get(key)) is not None
                 and held[0].is_driven and held[0].begins_at > run.planned.begins_at]  # fmt: skip
        found = self.runs.get(min(later)[1]) if later else None
        if found is None or found.drive is not None or found.is_ended or found.is_broken_off:
            return None
        return found if self._told_to.get(found.planned.key, bus_id) == bus_id else None

    def under_way(self) -> Iterable[RunState]:
        """Runs that a bus drives or waits to drive."""
        return (run for run in self.runs.values() if run.drive is not None and not run.is_ended and not run.is_broken_off)
