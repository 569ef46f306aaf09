"""One turn after the other: new positions in, runs and forecasts out. What it knows is rebuilt from the tables at the start."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import numpy as np
from django.db.models import F

from district.kernel.cases.calendar import is_working_day

from ..forecasts.day_plans import Key
from ..forecasts.planned import plans_around
from ..models import Assignment, Run
from ..notices.queries import weather_kinds
from . import reading
from .board import Board, RunState
from .calibration import recalibrate, sample
from .drives import Drive
from .foresight import Foreseen, foreseen
from .given_orders import holds_of
from .holds import Hold
from .knowledge import Knowledge
from .learnt import newest, newest_version
from .marks import mark_of
from .onward import onward
from .states import settle, state_of
from .writing import Told, Writer

PLAN_EVERY_S, STATES_EVERY_S, RENEW_EVERY_S, LEARN_EVERY_S, CALIBRATE_EVERY_S = 10.0, 2.0, 30.0, 60.0, 900.0
REBUILT_S, THIN_S = 600.0, 15.0
OLDEST = timedelta(hours=20)
AHEAD = timedelta(hours=2)


class Live:
    """`now` is given to every call, so that a recorded day can be replayed through it."""

    def __init__(self) -> None:
        self.knowledge = Knowledge()
        self.reader = reading.Reader()
        self.writer = Writer()
        self.buses: dict[int, reading.BusFacts] = {}
        self.board = Board(self._lines_of)
        self._lines: dict[int, tuple[str, ...]] = {}
        self._due: dict[str, float] = {}

    def _lines_of(self, bus_id: int) -> tuple[str, ...]:
        return self._lines.get(bus_id, ())

    def start(self, now: datetime) -> None:
        """Takes up the runs there are, and the last minutes of positions."""
        upto = self.reader.start()
        self._learn()
        self._plan(now)
        rows = reading.of_period(now - timedelta(seconds=REBUILT_S), now + AHEAD, upto)
        self._resume()
        last: dict[int, float] = {}
        for fix in reading.fixes(rows, self.buses):
            if fix.when - last.get(fix.bus_id, -1e18) >= THIN_S:
                last[fix.bus_id] = fix.when
                self._take(fix)
        for run in self.board.under_way():
            drive = run.drive
            if drive is not None and not drive.at and drive.prior is not None:
                drive.following.resume(*drive.prior)
                drive.along, drive.at, drive.waits = [drive.prior[0]], [drive.prior[1]], False
        settle(self.board, now.timestamp())

    def turn(self, now: datetime) -> int:
        """Everything new until now; the number of positions taken."""
        at = now.timestamp()
        if self._is_due("learn", at, LEARN_EVERY_S):
            self._learn()
        changed: dict[Key, RunState] = {}
        if self._is_due("plan", at, PLAN_EVERY_S):
            self._plan(now)
        taken = reading.fixes(self.reader.new(now - OLDEST, now + AHEAD, at), self.buses)
        for fix in taken:
            for run in self._take(fix):
                changed[run.planned.key] = run
        if self._is_due("states", at, STATES_EVERY_S):
            changed |= {run.planned.key: run for run in settle(self.board, at)}
        else:
            self._settle(changed.values(), at)
        if self._is_due("calibrate", at, CALIBRATE_EVERY_S):
            recalibrate(self.board.runs.values(), self.knowledge, at)
        self._write(changed, at)
        return len(taken)

    def _is_due(self, what: str, at: float, every_s: float) -> bool:
        if at - self._due.get(what, -1e18) < every_s:
            return False
        self._due[what] = at
        return True

    def _take(self, fix: reading.Fix) -> list[RunState]:
        """The runs that a position changed: the one it moved, and one it left."""
        vehicle = self.board.vehicles.get(fix.bus_id)
        before = vehicle.drive if vehicle else None
        stop = before.next_stop if before else 0
        self.board.take(fix)
        after = self.board.vehicles[fix.bus_id].drive
        found = []
        for drive in dict.fromkeys((id(before), id(after))):
            held = before if before is not None and id(before) == drive else after
            if held is None or id(held) != drive:
                continue
            run = self.board.runs.get(held.key)
            if run is not None:
                found.append(run)
                if not held.waits and held.at:
                    self._note(held, max(stop - 1, 0) if held is before else 0)
        return found

    def _note(self, drive: Drive, first: int) -> None:
        until = min(drive.next_stop, len(drive.passed)) - 1
        if until > first:
            self.knowledge.note(drive, first, until)

    def _settle(self, runs: Iterable[RunState], at: float) -> None:
        for run in runs:
            vehicle = self.board.vehicles.get(run.bus_id) if run.bus_id is not None else None
            state = state_of(run, vehicle, at, False)
            if state != run.state:
                run.state, run.since = state, at

    def _plan(self, now: datetime) -> None:
        self.buses = reading.buses()
        self._lines = {bus.bus_id: bus.lines for bus in self.buses.values()}
        for vehicle in self.board.vehicles.values():
            vehicle.lines = self._lines_of(vehicle.bus_id) or vehicle.lines
        plans = plans_around(now)
        self.board.plan(plans)
        self.writer.make_runs(self.board.ensure(now.timestamp()))
        self.board.forget(now.timestamp())
        told: dict[int, list[Key]] = {}
        days = [plan.day for plan in plans]
        for row in Assignment.objects.filter(day__in=days).order_by("pk"):
            keys = [key for key in self.board.keys_of(row.trip_id) if key[0] == row.day]
            told.setdefault(row.bus_id, []).extend(key for key in keys if not row.start_time or key[2] == row.start_time)
        for keys in told.values():
            keys.sort(key=lambda key: (key[0], key[2]))
        self.board.assign(told)
        self._hold(holds_of(days, now))
        self.knowledge.weather = weather_kinds(days)

    def _hold(self, holds: dict[Key, tuple[Hold, ...]]) -> None:
        for key, run in self.board.runs.items():
            if run.holds != holds.get(key, ()):
                run.holds = holds.get(key, ())
                run.kept.pop("told_at", None)

    def _learn(self) -> None:
        if newest_version() not in (None, self.knowledge.version):
            self.knowledge.learn(*newest())

    def _resume(self) -> None:
        """Which bus drives what, as the rows have it: of a bus's runs not ended the one it was seen on last."""
        board, busy = self.board, set()
        for row in Run.objects.filter(day__in={key[0] for key in board.runs}).order_by(F("seen_at").desc(nulls_last=True)):
            run = board.runs.get((row.day, row.trip_id, row.start_time))
            if run is None:
                continue
            run.state, run.since = row.state, row.since.timestamp()
            run.is_ended = row.state == Run.State.ENDED
            if row.bus_id is None or row.seen_at is None or run.planned.state == "cancelled":
                continue
            vehicle = board.vehicle(row.bus_id)
            if run.is_ended or row.bus_id in busy:
                vehicle.done.add(run.planned.key)
                run.bus_id, run.is_broken_off = row.bus_id, not run.is_ended
                continue
            busy.add(row.bus_id)
            drive = board.give(vehicle, run.planned, is_told=row.assigned_by == "told")
            if drive is not None:
                known = [each.timestamp() if each else np.nan for each in row.passed_at]
                if len(known) == len(drive.passed):
                    drive.passed = np.array(known)
                drive.prior = (row.along_m or 0.0, row.seen_at.timestamp())

    def _write(self, changed: dict[Key, RunState], at: float) -> None:
        """The runs that changed; forecasts of those, and of others whose forecast grows old."""
        active = [run for run in self.board.under_way() if run.pk is not None]
        wanted = [run for run in active if run.planned.key in changed or at - run.kept.get("told_at", -1e18) >= RENEW_EVERY_S]
        told: list[Told] = []
        found: list[Foreseen] = []
        for day_type in (0, 1):
            of_type = [run for run in wanted if self._day_type(run) == day_type]
            found += foreseen(of_type, self.knowledge, at, day_type)
        for each in found:
            told.append(Told.of(each, self._mark(each.run)))
            sample(each, at)
        for each, before in onward(self.board, found, self.knowledge, at, RENEW_EVERY_S, self._day_type):
            told.append(Told.of(each, self._mark(before.run), before.run))
        doubted = [run for run in self.board.runs.values()
                   if run.state == "unlikely" and (run.drive is None or run.is_broken_off)
                   and not any(one.run is run for one in told)]  # fmt: skip
        told += [_doubted(run) for run in doubted if at - run.kept.get("told_at", -1e18) >= RENEW_EVERY_S]
        for one in told:
            one.run.kept["told_at"] = at
        runs = {run.planned.key: run for run in [*changed.values(), *(one.run for one in told)]}
        self.writer.write(list(runs.values()), self.board.vehicles, told, at)

    def _mark(self, run: RunState) -> str:
        vehicle = self.board.vehicles.get(run.bus_id or -1)
        return mark_of(run, vehicle, has_model=self.knowledge.model is not None)

    @staticmethod
    def _day_type(run: RunState) -> int:
        if "day_type" not in run.kept:
            run.kept["day_type"] = 0 if is_working_day(run.planned.day) else 1
        return int(run.kept["day_type"])


def _doubted(run: RunState) -> Told:
    """By the timetable, of a run that will hardly come."""
    planned = run.planned
    first = run.drive.next_stop if run.drive is not None else 0
    first = min(first, len(planned.trip.arrivals) - 1)
    arrivals, departures = planned.midnight + planned.trip.arrivals[first:], planned.midnight + planned.trip.departures[first:]
    return Told(run, "unlikely", None, first, arrivals, departures, arrivals, arrivals, "timetable", {})

