"""Chains of trips: which bus drives which trips of a day one after another (车次链). Pure."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ..changes.applying import PlannedTrip
from ..plane import METRES_OF_A_DEGREE
from ..schedule import Stop

LAYOVER_S = 300.0
"""Rest at the end of a line at least; a project setting."""
NEAR_M = 700.0
"""A trip that begins so near to where the last one ended needs no way without passengers."""

Key = tuple[object, str, str]


@dataclass
class _Used:
    """A bus on the road: free from `free_at` (Unix seconds) at `stop`."""

    bus: str
    free_at: float
    stop: Stop


def chains(
    planned: Sequence[PlannedTrip],
    stops: Mapping[str, Stop],
    buses: Mapping[str, Sequence[str]],
    fixed: Mapping[Key, str] | None = None,
) -> dict[Key, str]:
    """`PlannedTrip.key` → bus for every trip that a bus is left for; cancelled trips get none.

    `buses`: those of each line in the order in which they leave the yard, "" those of any line. `fixed`: what is
    settled already. Trips of one block of the feed get one bus. The bus that has rested longest goes first.
    """
    told = dict(fixed or {})
    lines = {planned_trip.trip.route_id for planned_trip in planned}
    waiting = {line: [*buses.get(line, ()), *buses.get("", ())] for line in lines}
    busy: dict[str, _Used] = {}
    of_block: dict[tuple[str, str], str] = {}
    found: dict[Key, str] = {}
    for each in planned:
        if each.state == "cancelled":
            continue
        trip = each.trip
        block = (trip.service_id, trip.block_id)
        bus = told.get(each.key) or (of_block.get(block) if trip.block_id else None)
        first, last = stops[trip.pattern.stop_ids[0]], stops[trip.pattern.stop_ids[-1]]
        if bus is None:
            bus = _free(busy, waiting[trip.route_id], each.begins_at, first, told.values())
        if bus is None:
            continue
        found[each.key] = bus
        busy[bus] = _Used(bus, each.ends_at, last)
        if trip.block_id:
            of_block.setdefault(block, bus)
    return found


def _free(
    busy: Mapping[str, _Used], buses: Sequence[str], at: float, stop: Stop, held: Collection[str]
) -> str | None:
    """The bus of the line that rests here longest, else the next from the yard."""
    rested = [busy[bus] for bus in buses if bus in busy and busy[bus].free_at + LAYOVER_S <= at]
    here = [used for used in rested if apart_m(used.stop, stop) < NEAR_M]
    if here:
        return min(here, key=lambda used: used.free_at).bus
    taken = set(held)
    return next((bus for bus in buses if bus not in busy and bus not in taken), None)


def apart_m(one: Stop, other: Stop) -> float:
    east = (other.lon - one.lon) * math.cos(math.radians(one.lat))
    return math.hypot(east, other.lat - one.lat) * METRES_OF_A_DEGREE
