"""What is said of a run: expected, running, standing, off its route, silent, unlikely to come, ended. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .board import Board, RunState
from .drives import Drive
from .holds import is_held
from .vehicles import Vehicle

SILENT_S, SILENT_GAPS = 90.0, 3.5
LOST_S = 900.0
"""A bus not heard of for so long will hardly come as a forecast of it says."""
NOT_BEGUN_S = 240.0
"""A trip that no bus has begun so long after its time, on a line whose buses are seen, is unlikely to come."""
WATCHED_SHARE, WATCHED_S, FEWEST_WATCHED = 0.6, 5400.0, 3
STANDING_S, STANDING_M, HOLDING_M = 270.0, 50.0, 120.0
OFF_ROUTE_S, OFF_ROUTE_COUNT = 60.0, 3
CARRIED_S = 180.0
"""What was said of the beginning of a trip whose bus is still on the one before holds for so long."""
BUNCHED_SHARE, BUNCHED_S, LEAST_HEADWAY_S = 0.25, 120.0, 240.0


def state_of(run: RunState, vehicle: Vehicle | None, now: float, is_watched: bool) -> str:
    """The state of a run at an instant. `is_watched`: the buses of its line are seen as a rule."""
    planned = run.planned
    if planned.state == "cancelled":
        return "cancelled"
    if run.is_ended:
        return "ended"
    if run.is_broken_off:
        return "unlikely" if now < planned.ends_at + 900.0 else "ended"
    drive = run.drive
    if drive is None or vehicle is None:
        if now > planned.ends_at + 600.0:
            return "ended"
        return "unlikely" if is_watched and now > _begins_at(run, now) + NOT_BEGUN_S else "expected"
    age = now - (drive.seen_at if drive.seen_at is not None else vehicle.last_at)
    heard = now - max(vehicle.last_at, drive.seen_at or 0.0)
    if heard > LOST_S:
        return "unlikely"
    if heard > max(SILENT_S, SILENT_GAPS * vehicle.gap_s):
        return "silent"
    if drive.waits:
        late = now - planned.begins_at
        return "unlikely" if late > LOST_S else "expected"
    if drive.off_since is not None and drive.off_count >= OFF_ROUTE_COUNT and vehicle.last_at - drive.off_since >= OFF_ROUTE_S:
        return "off_route"
    return "standing" if age < LOST_S and stands(drive) and not is_held(run, now) else "running"


def _begins_at(run: RunState, now: float) -> float:
    """As planned; of a trip whose bus is on its way, when that will have come."""
    planned = run.planned.begins_at
    if run.carried_start is None or now - run.carried_start[0] > CARRIED_S:
        return planned
    return max(planned, run.carried_start[1])


def stands(drive: Drive) -> bool:
    """Whether it has not moved for minutes, where it does not wait for its time."""
    if not drive.at or drive.is_at_end:
        return False
    before = drive.along_at(drive.at[-1] - STANDING_S)
    if before is None or drive.along_m - before > STANDING_M:
        return False
    trip = drive.planned.trip
    holds = trip.pattern.stops_at[trip.is_timepoint]
    is_early = (drive.delay_s or 0.0) - STANDING_S < 0
    return not (is_early and len(holds) and np.abs(holds - drive.along_m).min() < HOLDING_M)


def watched(runs: Iterable[RunState], now: float) -> frozenset[str]:
    """Lines whose trips of the last ninety minutes mostly had a bus that was seen."""
    begun: dict[str, int] = {}
    seen: dict[str, int] = {}
    for run in runs:
        if run.planned.state == "cancelled" or not NOT_BEGUN_S < now - run.planned.begins_at < WATCHED_S:
            continue
        route = run.planned.trip.route_id
        begun[route] = begun.get(route, 0) + 1
        seen[route] = seen.get(route, 0) + (run.bus_id is not None)
    return frozenset(route for route, count in begun.items()
                     if count >= FEWEST_WATCHED and seen[route] >= WATCHED_SHARE * count)  # fmt: skip


def put_headways(board: Board) -> set[int]:
    """Sets the time to the bus ahead at the same place, and who is bunched; ids (python) of runs whose bunching changed."""
    by_pattern: dict[int, list[RunState]] = {}
    for run in board.under_way():
        if run.drive is not None and not run.drive.waits:
            by_pattern.setdefault(id(run.planned.trip.pattern), []).append(run)
    changed = set()
    for runs in by_pattern.values():
        runs.sort(key=lambda run: -run.drive.along_m if run.drive else 0.0)
        for ahead, run in zip([None, *runs[:-1]], runs, strict=True):
            was = run.is_bunched
            run.headway_s, run.is_bunched = _headway(ahead, run)
            if was != run.is_bunched:
                changed.add(id(run))
    return changed


def _headway(ahead: RunState | None, run: RunState) -> tuple[float | None, bool]:
    if ahead is None or ahead.drive is None or run.drive is None:
        return None, False
    there = ahead.drive.when_at(run.drive.along_m)
    if there is None:
        return None, False
    headway = max(run.drive.at[-1] - there, 0.0)
    planned = abs(run.drive.plan_at(run.drive.along_m) - ahead.drive.plan_at(run.drive.along_m))
    return headway, planned >= LEAST_HEADWAY_S and headway < min(BUNCHED_SHARE * planned, BUNCHED_S)


def settle(board: Board, now: float) -> list[RunState]:
    """Puts the state of every run; those whose state or bunching changed."""
    lines = watched(board.runs.values(), now)
    changed = put_headways(board)
    found = []
    for run in board.runs.values():
        vehicle = board.vehicles.get(run.bus_id) if run.bus_id is not None else None
        state = state_of(run, vehicle, now, run.planned.trip.route_id in lines)
        if state != run.state:
            run.state, run.since = state, now
            found.append(run)
        elif id(run) in changed:
            found.append(run)
    return found
