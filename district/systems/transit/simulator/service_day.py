"""The day of the whole fleet: every bus from the yard over its trips and back. Pure, the same for the same seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from ..changes.applying import PlannedTrip
from .chance import chance
from .driving import Mishap, drive, places, street_of, streets
from .leg import Floats, Leg, Moment, resting, straight

MISHAPS = {"breakdown": 0.003, "detour": 0.004, "short_turn": 0.003}
"""Chance for each trip."""
LATE_START = 0.04
REST_S = 180.0
BROKEN_S = 2400.0
WAITS_S = 480.0
"""A bus stands at its first stop so long before the day's first trip, and so long after the last."""
YARD_M = np.array([650.0, -420.0])
YARD_S = 300.0


@dataclass
class Itinerary:
    """A bus's day: legs in order of time. `gaps`: (from, to) without a line; `no_fix`: without satellites."""

    bus: str
    legs: list[Leg] = field(default_factory=list)
    gaps: list[tuple[float, float]] = field(default_factory=list)
    no_fix: list[tuple[float, float]] = field(default_factory=list)
    sos: list[float] = field(default_factory=list)

    @property
    def begins_at(self) -> float:
        return self.legs[0].begins_at

    @property
    def ends_at(self) -> float:
        return self.legs[-1].ends_at

    def leg_at(self, at: float) -> Leg | None:
        """None outside of the day."""
        if not self.legs or not self.begins_at <= at < self.ends_at:
            return None
        return next(leg for leg in reversed(self.legs) if leg.begins_at <= at)

    def moment(self, at: float) -> Moment | None:
        leg = self.leg_at(at)
        return leg.moment(min(at, leg.ends_at)) if leg is not None else None

    def is_cut(self, at: float) -> bool:
        """Whether there is no line to the platform."""
        return any(begin <= at < end for begin, end in self.gaps)

    def is_blind(self, at: float) -> bool:
        """Whether no satellites are seen."""
        return any(begin <= at < end for begin, end in self.no_fix)


def day_of(planned: Sequence[PlannedTrip], bus_of: Mapping[tuple, str], day: date, seed: int,
           faults: frozenset[str]) -> dict[str, Itinerary]:  # fmt: skip
    """Itineraries by bus. `planned` in order of their beginning; `bus_of` by key. Trips without a bus are not driven."""
    found: dict[str, Itinerary] = {}
    known = streets()
    free_at: dict[str, float] = {}
    for each in planned:
        bus = bus_of.get(each.key)
        if bus is None or each.state == "cancelled":
            continue
        luck = chance(seed, day, each.trip.trip_id, "start")
        late = luck.uniform(180.0, 420.0) if luck.random() < LATE_START and "bunching" in faults else luck.exponential(18.0)
        starts_at = max(each.begins_at + late, free_at.get(bus, 0.0) + REST_S)
        if starts_at > each.begins_at + 1500.0:
            continue
        itinerary = found.setdefault(bus, Itinerary(bus))
        mishap = _mishap(each, luck, faults)
        until = starts_at + 7200.0 if mishap is None else each.ends_at + BROKEN_S
        leg = drive(each, starts_at, street_of(known, each), seed, mishap, until)
        _bring(itinerary, places(each)[0], each.begins_at, starts_at)
        itinerary.legs.append(leg)
        free_at[bus] = leg.ends_at
    for itinerary in found.values():
        _finish(itinerary, day, seed, faults)
    return found


def _mishap(each: PlannedTrip, luck: np.random.Generator, faults: frozenset[str]) -> Mishap | None:
    for kind, share in MISHAPS.items():
        is_drawn = luck.random() < share
        stop = int(luck.integers(2, max(len(each.trip.pattern.stop_ids) - 4, 3)))
        if is_drawn and kind in faults and len(each.trip.pattern.stop_ids) > 7:
            return Mishap(kind, stop)
    return None


def _bring(itinerary: Itinerary, first: Floats, planned_at: float, starts_at: float) -> None:
    """The bus comes to its first stop: from the yard, or from where the last trip ended, and waits there."""
    if not itinerary.legs:
        there = min(planned_at, starts_at) - WAITS_S
        itinerary.legs += [straight("depot", first + YARD_M, first, there - YARD_S, there), resting(first, there, starts_at)]
        return
    last = itinerary.legs[-1]
    here = _end(last)
    gap = starts_at - last.ends_at
    if np.hypot(*(first - here)) > 30.0:
        arrives = last.ends_at + min(gap * 0.9, max(60.0, float(np.hypot(*(first - here))) / 6.0))
        itinerary.legs += [straight("depot", here, first, last.ends_at, arrives), resting(first, arrives, starts_at)]
    else:
        itinerary.legs.append(resting(here, last.ends_at, starts_at))


def _end(leg: Leg) -> Floats:
    along = float(leg.where[-1])
    return np.array([np.interp(along, leg.at, leg.line[:, axis]) for axis in (0, 1)])


def _finish(itinerary: Itinerary, day: date, seed: int, faults: frozenset[str]) -> None:
    """Back to the yard; and the mishaps of the terminal."""
    last = itinerary.legs[-1]
    here = _end(last)
    leaves = last.ends_at + 120.0
    itinerary.legs += [resting(here, last.ends_at, leaves), straight("depot", here, here + YARD_M, leaves, leaves + YARD_S)]
    luck = chance(seed, day, itinerary.bus, "terminal")
    span = itinerary.ends_at - itinerary.begins_at
    if "gap" in faults:
        for begin in itinerary.begins_at + span * luck.random(luck.poisson(span / 36_000.0)):
            itinerary.gaps.append((float(begin), float(begin + luck.uniform(90.0, 720.0))))
    if "no_fix" in faults:
        for begin in itinerary.begins_at + span * luck.random(luck.poisson(span / 25_000.0)):
            itinerary.no_fix.append((float(begin), float(begin + luck.uniform(20.0, 90.0))))
    if "alarm" in faults and luck.random() < 0.04:
        itinerary.sos.append(float(itinerary.begins_at + span * luck.random()))


def swapped(days: dict[str, Itinerary], seed: int, day: date, share: float = 0.1) -> dict[str, Itinerary]:
    """Some pairs of buses drive each other's day: what the dispatcher wrote is wrong then."""
    luck = chance(seed, day, "swap")
    names = sorted(days)
    order = list(luck.permutation(len(names)))
    found = dict(days)
    for _pair in range(max(1, int(len(names) * share / 2)) if len(names) > 1 else 0):
        one, other = names[order.pop()], names[order.pop()]
        found[one], found[other] = _named(days[other], one), _named(days[one], other)
    return found


def _named(itinerary: Itinerary, bus: str) -> Itinerary:
    return Itinerary(bus, itinerary.legs, itinerary.gaps, itinerary.no_fix, itinerary.sos)
