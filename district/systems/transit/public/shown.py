"""Boards as rows for templates: what script does on the device, for those without it and for the first sight."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from district.kernel.clock import now

from ..forecasts.planned import plan_of
from .board import alert_of, concerning
from .instants import clock_of
from .network import Way
from .words import crowd_words, mark_words, reason_words, state_words

MOST_OF_A_LINE = 3
SOON_S = 45


@dataclass(frozen=True)
class Shown:
    """An arrival in words. `minutes`: whole ones, so that nobody comes too late; None when it is at the stop or about to be.

    `is_live`: counted down; `notes`: why it is not like others.
    """

    is_live: bool
    minutes: int | None
    clock: str
    planned: str
    between: tuple[int, int] | None
    notes: tuple[str, ...]
    crowd: str
    row: dict[str, Any]


@dataclass
class Group:
    """The next buses of a line in one direction from one stop."""

    row: dict[str, Any]
    arrivals: list[Shown] = field(default_factory=list)


def groups_of(board: dict[str, Any], stop_ids: tuple[str, ...]) -> list[Group]:
    """By line and direction, the soonest first; a skipped stop is told, but never as an arrival."""
    at = board["made_at"]
    found: dict[tuple[str, str, str], Group] = {}
    for row in board["arrivals"]:
        group = found.setdefault((row["line"], row["direction"], row["stop"]), Group(row))
        if len(group.arrivals) < MOST_OF_A_LINE:
            group.arrivals.append(shown(row, at))
    return list(found.values())


def shown(row: dict[str, Any], at: int) -> Shown:
    ahead = row["expected"] - at
    notes = [words for words in (_state(row), _mark(row), *_reasons(row)) if words]
    is_live = is_counted_down(row)
    between = None
    if is_live and row["earliest"] is not None and row["latest"] is not None and ahead >= 120:
        low, high = max((row["earliest"] - at) // 60, 0), -((at - row["latest"]) // 60)
        between = (low, high) if high > low else None
    minutes = None if ahead < SOON_S else max(ahead // 60, 1)
    return Shown(is_live, minutes, clock_of(row["expected"]), clock_of(row["planned"]), between,
                 tuple(dict.fromkeys(notes)), crowd_words(row["occupancy"]), row)  # fmt: skip


def is_counted_down(row: dict[str, Any]) -> bool:
    """Not what is only planned, cancelled, or will hardly come."""
    if row["cancelled"] or row["skipped"] or row["state"] == "unlikely":
        return False
    return row["mark"] not in ("timetable_only", "unlikely")


def _state(row: dict[str, Any]) -> str:
    return state_words()["cancelled"] if row["cancelled"] else state_words().get(row["state"], "")


def _mark(row: dict[str, Any]) -> str:
    return "" if row["cancelled"] else mark_words().get(row["mark"], "")


def _reasons(row: dict[str, Any]) -> list[str]:
    return [] if row["cancelled"] else [reason_words()[key] for key in row.get("reasons", ()) if key in reason_words()]


def ride_of(way: Way, board: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Stop id → the buses that come to it next, of one direction."""
    found: dict[str, list[dict[str, Any]]] = {}
    for bus in board["buses"]:
        if bus["direction"] == way.direction:
            age = max(board["made_at"] - (bus["seen"] or board["made_at"]), 0)
            notes = [words for words in (state_words().get(bus["state"]), mark_words().get(bus["mark"])) if words]
            found.setdefault(bus["next"], []).append({**bus, "age_minutes": age // 60, "notes": list(dict.fromkeys(notes))})
    return found


@dataclass(frozen=True)
class Departure:
    """`state`: scheduled, cancelled, added, modified; `is_skipped`: it does not halt at the stop."""

    at: int
    minute: str
    state: str
    is_skipped: bool
    is_accessible: bool | None
    is_short: bool


@dataclass(frozen=True)
class Timetable:
    """`hours`: hour of the service day (may pass 24) → departures. `first`, `last`: clock of those that run, "" without."""

    hours: dict[int, list[Departure]]
    first: str
    last: str
    left: int


def timetable_of(way: Way, stop_id: str, day: date) -> Timetable:
    plan = plan_of(day)
    visits = plan.by_stop.get(stop_id, ()) if plan else ()
    hours: dict[int, list[Departure]] = {}
    running = []
    for visit in sorted(visits, key=lambda each: each.leaves):
        trip = visit.planned.trip
        if trip.route_id != way.line.route_id or trip.direction != way.direction or visit.place == len(trip.pattern.stop_ids) - 1:
            continue
        seconds = int(visit.leaves - visit.planned.midnight)
        is_short = trip.pattern.stop_ids[-1] != way.pattern.stop_ids[-1]
        is_skipped = visit.place in visit.planned.skipped
        hours.setdefault(seconds // 3600, []).append(Departure(
            round(visit.leaves), f"{seconds % 3600 // 60:02d}", visit.planned.state, is_skipped, trip.is_accessible, is_short
        ))  # fmt: skip
        if visit.planned.state != "cancelled" and not is_skipped:
            running.append(visit.leaves)
    at = now().timestamp()
    first, last = (clock_of(running[0]), clock_of(running[-1])) if running else ("", "")
    return Timetable(hours, first, last, sum(leaves >= at for leaves in running))


def alerts_of_lines(*route_ids: str) -> list[dict[str, Any]]:
    return [alert_of(change) for change in concerning(route_ids, ())]
