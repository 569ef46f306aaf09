"""The next trip of a bus that is still on the one before: it begins when the bus has come and has turned. Pure.

What is late carries on to the following trips of the block, less the rest that the timetable gives at the terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from ..changes.applying import PlannedTrip
from .board import Board, RunState
from .foresight import EARLY_LEAVING_S, Foreseen
from .holds import with_holds
from .knowledge import Knowledge

Floats = NDArray[np.float64]
SOURCE = "block"
LEAST_TURN_S, TURNING_M_S = 60.0, 7.0
"""Of its rest a bus that is late takes so much, and the way to another stop at this speed."""
LATEST_CARRIED_S = 2700.0
"""Whoever is later than that is hardly waited for: the dispatcher sends another bus."""
MOST_CARRIED = 2
LATE_START_S = 90.0
EARLY_SHARE, LATE_SHARE = 0.11, 0.20
"""The interval grows by these shares of the time since the departure."""
STALE_S = 300.0
"""A bus not seen for so long may have ended its trip unseen: what it was late says nothing about the next."""
NEARLY_THERE_M, LAST_METRES_S = 400.0, 120.0
"""Positions often end a little before the last stop: a bus seen so near to it is there after so long, seen again or not."""
DOUBTED = frozenset({"off_route", "silent", "unlikely"})
MOVED_S = 20.0


def onward(board: Board, told: Iterable[Foreseen], knowledge: Knowledge, now: float, every_s: float,
           day_type_of: Callable[[RunState], int]) -> list[tuple[Foreseen, Foreseen]]:  # fmt: skip
    """Forecasts of the trips that follow those told, each with the one it comes from; of each at most every `every_s`, but
    at once when it has moved."""
    found: list[tuple[Foreseen, Foreseen]] = []
    taken: set[int] = set()
    for each in told:
        before = each
        if not _is_trusted(each, now):
            continue
        for _number in range(MOST_CARRIED):
            run = board.following(before.run, each.run.bus_id)
            if run is None or id(run) in taken:
                break
            carried = _carried(before, run, knowledge, now, day_type_of(run))
            if carried is None:
                break
            taken.add(id(run))
            begins = float(carried.departures[0])
            last_at, last_begins = run.kept.get("carried", (-1e18, -1e18))
            if now - last_at >= every_s or abs(begins - last_begins) >= MOVED_S:
                run.kept["carried"] = (now, begins)
                found.append((carried, each))
            run.carried_start = (now, begins)
            before = carried
    return found


def _is_trusted(each: Foreseen, now: float) -> bool:
    drive = each.run.drive
    return drive is not None and drive.seen_at is not None and now - drive.seen_at <= STALE_S and each.run.state not in DOUBTED


def _ends(each: Foreseen, column: Floats) -> float:
    """When the trip before is over, by one of its forecasts."""
    drive, last = each.run.drive, float(column[-1])
    if drive is None or drive.seen_at is None or drive.waits:
        return last
    is_near = drive.planned.trip.pattern.length_m - drive.along_m <= NEARLY_THERE_M
    return min(last, drive.seen_at + LAST_METRES_S) if is_near else last


def turn_s(before: PlannedTrip, after: PlannedTrip) -> float:
    """The least time between the end of a trip and the beginning of the bus's next one."""
    ends, begins = before.trip.pattern.line[-1], after.trip.pattern.line[0]
    needed = max(LEAST_TURN_S, float(np.hypot(*(begins - ends))) / TURNING_M_S)
    return min(needed, max(after.begins_at - before.ends_at, 0.0))


def _carried(before: Foreseen, run: RunState, knowledge: Knowledge, now: float, day_type: int) -> Foreseen | None:
    planned, turning = run.planned, turn_s(before.run.planned, run.planned)
    due = planned.begins_at + planned.later_s
    ends = (before.arrivals, before.earliest, before.latest)
    begins, soonest, last = (max(due, _ends(before, column) + turning) for column in ends)
    if begins - planned.begins_at > LATEST_CARRIED_S or begins < now - LATE_START_S:
        return None
    trip = planned.trip
    way = _way_s(run, knowledge, begins - planned.midnight, day_type)
    arrivals = begins + way
    for place in np.flatnonzero(trip.is_timepoint[1:-1]) + 1:
        leaves = planned.midnight + float(trip.departures[place])
        arrivals[place + 1 :] += max(leaves - arrivals[place] - float(trip.departures[place] - trip.arrivals[place]), 0.0)
    departures = arrivals + (trip.departures - trip.arrivals)
    departures[0], departures[-1] = begins, arrivals[-1]
    departures[:-1] = np.minimum(departures[:-1], np.maximum(arrivals[1:], arrivals[:-1]))
    earliest = arrivals - (begins - min(soonest, begins)) - EARLY_LEAVING_S - EARLY_SHARE * way
    latest = arrivals + (last - begins) + LATE_START_S + LATE_SHARE * way
    arrivals = np.maximum(np.maximum.accumulate(arrivals), now)
    earliest = np.minimum(np.maximum(earliest, now), arrivals)
    reason = {
        "follows": before.run.planned.trip.trip_id, "delay_s": round(begins - planned.begins_at), "turn_s": round(turning),
        "history_s": round(float(way[-1] - (trip.arrivals[-1] - trip.departures[0]))),
    }  # fmt: skip
    made = Foreseen(run, 0, arrivals, np.maximum(departures, arrivals), earliest, np.maximum(latest, arrivals), SOURCE, reason)
    return with_holds(made, now)


def _way_s(run: RunState, knowledge: Knowledge, begins_s: float, day_type: int) -> Floats:
    """Seconds from the departure to each stop, by plan and what was learnt of it at the hour it will be driven."""
    trip = run.planned.trip
    later = begins_s - float(trip.departures[0])
    slots = ((trip.arrivals[:-1] + later) // 3600).astype(np.int64)
    excess = knowledge.excess(trip, slots, day_type, run.planned.day)
    hops = np.diff(trip.arrivals)
    hops[0] = trip.arrivals[1] - trip.departures[0]
    way: Floats = np.append(0.0, np.cumsum(np.maximum(hops + excess, 1.0)))
    return way
