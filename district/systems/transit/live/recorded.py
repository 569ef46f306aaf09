"""A recorded day driven through the live process's own parts, position by position, as if it were now. No database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .. import baselines, forecast
from ..changes.applying import planned_on
from ..forecasts.day_plans import day_plan
from ..hops import Ahead, History, Names, day_types_of, traversals
from ..learning.storage import lean
from ..moments import moments
from ..passages import Run
from ..schedule import Schedule
from ..scores.kept import Said, put_to
from ..scoring import Score, judged
from .board import Board, RunState
from .calibration import recalibrate, sample
from .fixes import Fix
from .foresight import Foreseen, foreseen
from .knowledge import Knowledge, LearntHops
from .onward import onward

Floats = NDArray[np.float64]
TURN_S = 60.0
CALIBRATE_TURNS = 15


def score_live(schedule: Schedule, learn: Sequence[Run], judge: Sequence[Run], positions: pd.DataFrame) -> Score:
    """Learns from some runs, follows the judged day's `positions` live, and judges what was forecast at every minute.

    `judge`: the day's runs with their passages, known afterwards. Raises ValueError with too little of either.
    """
    names = Names()
    learnt, driven = traversals(learn, names), traversals(judge, names)
    history, ahead = History(learnt, len(names)), Ahead(driven)
    model = forecast.learnt(moments(learn, names, history, Ahead(learnt), is_learnt=True))
    knowledge = Knowledge()
    knowledge.learn(lean(model), LearntHops(names.pairs, history.times), 1)
    rows = moments(judge, names, history, ahead, is_learnt=False)
    if not len(rows):
        raise ValueError("评分日没有可判定的到站：位置太稀，或不在时刻表的线路上")
    said = _followed(schedule, positions, knowledge)
    by_run = {number: said.get((run.vehicle, run.trip.trip_id), ()) for number, run in enumerate(judge)}
    told, earliest, latest = put_to(rows, by_run)
    times = baselines.PathTimes(learnt)
    methods = {
        "ours": told, "timetable": baselines.timetable(rows), "last_delay": baselines.last_delay(rows),
        "historical": baselines.by_paths(rows, judge, names, times, ahead, is_kalman=False),
        "kalman": baselines.by_paths(rows, judge, names, times, ahead, is_kalman=True),
    }  # fmt: skip
    out = np.flatnonzero(np.isfinite(told))
    return judged(rows.taken(out), {name: each[out] for name, each in methods.items()}, earliest[out], latest[out], judge)


def _followed(schedule: Schedule, positions: pd.DataFrame, knowledge: Knowledge) -> dict[tuple[str, str], list[Said]]:
    """What the live parts said every minute, by vehicle and trip."""
    positions = positions.sort_values(["at", "vehicle"], kind="stable")
    vehicles = {name: number for number, name in enumerate(sorted(positions["vehicle"].unique()), 1)}
    name_of = {number: name for name, number in vehicles.items()}
    zone = ZoneInfo(schedule.timezone)
    board = Board()
    said: dict[tuple[str, str], list[Said]] = {}
    at, begin, day = positions["at"].to_numpy(), float(positions["at"].min()), None
    rows = list(positions.itertuples(index=False))
    row, turn = 0, 0
    while row < len(rows):
        now = begin + (turn + 1) * TURN_S
        turn += 1
        today = datetime.fromtimestamp(now, UTC).astimezone(zone).date()
        if today != day:
            day = today
            days = (today - timedelta(days=1), today)
            board.plan([day_plan(0, schedule, each, planned_on(schedule, each), schedule.stops) for each in days])
        last = int(np.searchsorted(at, now, side="right"))
        for each in rows[row:last]:
            _take(board, knowledge, Fix(0, vehicles[each.vehicle], each.at, each.at, each.lat, each.lon, trip_id=each.trip_id,
                                        route_id=each.route_id))  # fmt: skip
        row = last
        if turn % CALIBRATE_TURNS == 0:
            recalibrate(board.runs.values(), knowledge, now)
            board.forget(now)
        board.ensure(now)
        active = [run for run in board.under_way() if run.drive is not None and run.drive.seen_at is not None]
        found: list[Foreseen] = []
        for day_type in (0, 1):
            found += foreseen([run for run in active if _day_type(run) == day_type], knowledge, now, day_type)
        for told in found:
            sample(told, now)
        following = onward(board, found, knowledge, now, TURN_S / 2, _day_type)
        for told, before in [*((each, each) for each in found), *following]:
            key = (name_of[before.run.bus_id or 0], told.run.planned.trip.trip_id)
            said.setdefault(key, []).append(_said(told.first_stop, now, told.arrivals, told.earliest, told.latest))
    return said


def _day_type(run: RunState) -> int:
    return int(day_types_of(np.array([run.planned.midnight]))[0])


def _take(board: Board, knowledge: Knowledge, fix: Fix) -> None:
    vehicle = board.vehicle(fix.bus_id)
    before = vehicle.drive
    stop = before.next_stop if before else 0
    board.take(fix)
    for drive in {id(each): each for each in (before, vehicle.drive) if each is not None}.values():
        first = max(stop - 1, 0) if drive is before else 0
        until = min(drive.next_stop, len(drive.passed)) - 1
        if not drive.waits and drive.at and until > first:
            knowledge.note(drive, first, until)


def _said(first: int, now: float, arrivals: Floats, earliest: Floats, latest: Floats) -> Said:
    near = int(np.searchsorted(arrivals, now + 1800.0))
    offsets = (np.rint(column[:near] - now).astype(int).tolist() for column in (arrivals, earliest, latest))
    return Said(now, first, *offsets)
