"""From one place to another by bus and on foot: what nothing else beats, as journeys people can follow. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from ..changes.applying import PlannedTrip
from .day_rides import WALK_FACTOR, WALK_SPEED_M_S, DayNetwork, Live, Served
from .raptor import Found, Searcher
from .raptor.search import Way

LEVELS = 16
MOST_RIDES = 4
CHANGE_S = 60
SPANS_S = (3600, 3 * 3600, 20 * 3600)
"""How far ahead is looked, until there is something to choose from."""
ENOUGH = 3
FARTHEST_ON_FOOT_M = 3000.0
MOST_SHOWN = 6


@dataclass(frozen=True)
class Spot:
    """Where from or to: a place on the earth, and where it is a stop, its ids (it may have several)."""

    lat: float
    lon: float
    name: str = ""
    stop_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """`at`: Unix seconds, to leave at or, with `is_arrival`, to be there by. `most_walk_m`: on foot altogether."""

    begin: Spot
    end: Spot
    at: float
    is_arrival: bool = False
    most_walk_m: float = 1500.0


@dataclass(frozen=True)
class Call:
    """A stop of a ride. Unix seconds; `planned`: as the timetable has the departure (arrival at the last)."""

    stop_id: str
    at: float
    planned: float


@dataclass(frozen=True)
class Leg:
    """A walk (`trip` None) or a ride. `calls`: of a ride, from getting on to getting off. Names "" where nothing is named."""

    begin_id: str
    end_id: str
    leaves: float
    arrives: float
    metres: int = 0
    trip: PlannedTrip | None = None
    places: tuple[int, int] = (0, 0)
    calls: tuple[Call, ...] = ()
    live: Live | None = None

    @property
    def is_live(self) -> bool:
        return self.live is not None and bool(self.live.arrivals) and self.live.mark != "timetable_only"


@dataclass(frozen=True)
class Journey:
    """`labels`: what it is best in: fastest, fewest_changes, least_walking, latest (leaves last)."""

    legs: tuple[Leg, ...]
    labels: tuple[str, ...] = ()

    @property
    def leaves(self) -> float:
        return self.legs[0].leaves

    @property
    def arrives(self) -> float:
        return self.legs[-1].arrives

    @property
    def rides(self) -> int:
        return sum(leg.trip is not None for leg in self.legs)

    @property
    def walk_m(self) -> int:
        return sum(leg.metres for leg in self.legs if leg.trip is None)


def journeys(net: DayNetwork, asked: Asked) -> list[Journey]:
    """At most MOST_SHOWN, by arrival (those that must arrive in time: latest leaving first); on foot alone too when near."""
    found: list[Journey] = []
    for span in SPANS_S:
        found = worth_showing([*_ridden(net, asked, span), *_on_foot(net, asked)], asked)
        if sum(each.rides > 0 for each in found) >= ENOUGH:
            break
    return found


def _ridden(net: DayNetwork, asked: Asked, span_s: int) -> list[Journey]:
    unit_m = asked.most_walk_m / (LEVELS - 1)
    begin, end = _way(net, asked.begin, asked.most_walk_m), _way(net, asked.end, asked.most_walk_m)
    at = round(asked.at - net.zero)
    searcher = _searcher(net, asked.is_arrival, unit_m)
    if asked.is_arrival:
        found = [_forwards(net, each) for each in searcher.between(end, begin, -at, span_s - at)]
    else:
        found = searcher.between(begin, end, at, at + span_s)
    return [_journey(net, asked, each) for each in found]


def _searcher(net: DayNetwork, is_backwards: bool, unit_m: float) -> Searcher:
    key = f"{is_backwards} {unit_m:.1f}"
    if key not in net.kept:
        network = net.network.turned if is_backwards else net.network
        net.kept[key] = Searcher(network, MOST_RIDES, LEVELS, unit_m, CHANGE_S)
    return net.kept[key]


def _forwards(net: DayNetwork, found: Found) -> Found:
    """What was found in the network that runs backwards, in the one that does not."""
    turned, legs = net.network.turned, []
    for ride, on, off in reversed(found.legs):
        last = len(turned.stops_of(ride)) - 1
        legs.append((len(turned.tags) - 1 - ride, last - off, last - on))
    return Found(-found.arrives, -found.leaves, found.walked, tuple(legs))


def _way(net: DayNetwork, spot: Spot, farthest_m: float) -> Way:
    """The stops that can be walked to."""
    here = net.schedule.plane.metres(np.array([spot.lat]), np.array([spot.lon]))[0]
    metres = np.hypot(*(net.metres - here).T) * WALK_FACTOR
    for stop_id in spot.stop_ids:
        if stop_id in net.numbers:
            metres[net.numbers[stop_id]] = 0.0
    near = np.flatnonzero(metres <= farthest_m)
    return Way(near.astype(np.int32), np.ceil(metres[near] / WALK_SPEED_M_S).astype(np.int32),
               np.rint(metres[near]).astype(np.int32))  # fmt: skip


def _metres(net: DayNetwork, spot: Spot, number: int) -> float:
    if net.stop_ids[number] in spot.stop_ids:
        return 0.0
    here = net.schedule.plane.metres(np.array([spot.lat]), np.array([spot.lon]))[0]
    return float(np.hypot(*(net.metres[number] - here))) * WALK_FACTOR


def _journey(net: DayNetwork, asked: Asked, found: Found) -> Journey:
    rides = [_ride(net, *leg) for leg in found.legs]
    legs: list[Leg] = []
    first, last = net.numbers[rides[0].begin_id], net.numbers[rides[-1].end_id]
    metres = _metres(net, asked.begin, first)
    if metres > 0:
        legs.append(_walk("", rides[0].begin_id, rides[0].leaves - math.ceil(metres / WALK_SPEED_M_S), metres))
    for number, ride in enumerate(rides):
        if number:
            before = rides[number - 1]
            if before.end_id != ride.begin_id:
                apart = net.metres[net.numbers[before.end_id]] - net.metres[net.numbers[ride.begin_id]]
                legs.append(_walk(before.end_id, ride.begin_id, before.arrives, float(np.hypot(*apart)) * WALK_FACTOR))
        legs.append(ride)
    metres = _metres(net, asked.end, last)
    if metres > 0:
        legs.append(_walk(rides[-1].end_id, "", rides[-1].arrives, metres))
    return Journey(tuple(legs))


def _walk(begin_id: str, end_id: str, leaves: float, metres: float) -> Leg:
    return Leg(begin_id, end_id, leaves, leaves + math.ceil(metres / WALK_SPEED_M_S), round(metres))


def _ride(net: DayNetwork, ride: int, on: int, off: int) -> Leg:
    served: Served = net.network.tags[ride]
    row, trip, planned = int(net.network.row[ride]), served.planned.trip, served.planned
    calls = []
    for place in range(on, off + 1):
        times = (net.network.arrivals, trip.arrivals) if place == off else (net.network.departures, trip.departures)
        own = served.places[place]
        as_planned = planned.midnight + float(times[1][own])
        calls.append(Call(trip.pattern.stop_ids[own], net.zero + int(times[0][row + place]), as_planned))
    begin, end = served.places[on], served.places[off]
    metres = float(trip.pattern.stops_at[end] - trip.pattern.stops_at[begin])
    return Leg(calls[0].stop_id, calls[-1].stop_id, calls[0].at, calls[-1].at, round(metres), planned, (begin, end),
               tuple(calls), served.live)  # fmt: skip


def _on_foot(net: DayNetwork, asked: Asked) -> list[Journey]:
    """The whole way on foot, where that is not too far."""
    ends = net.schedule.plane.metres(np.array([asked.begin.lat, asked.end.lat]), np.array([asked.begin.lon, asked.end.lon]))
    metres = float(np.hypot(*(ends[1] - ends[0]))) * WALK_FACTOR
    if metres > min(FARTHEST_ON_FOOT_M, max(asked.most_walk_m, 1.0) * 2):
        return []
    leaves = asked.at - math.ceil(metres / WALK_SPEED_M_S) if asked.is_arrival else asked.at
    return [Journey((_walk("", "", leaves, metres),))]


def worth_showing(found: Sequence[Journey], asked: Asked) -> list[Journey]:
    """Without those nobody would take: beaten in all by another, on foot sooner, or far slower than the fastest."""
    kept = [each for each in found if not any(_beats(other, each) for other in found)]
    kept = [each for each in kept if _is_travelled(each)]
    if not kept:
        return []
    fastest = min(each.arrives - each.leaves for each in kept)
    kept = [each for each in kept if each.arrives - each.leaves <= 2 * fastest + 1800]
    def order(each: Journey) -> tuple[float, float]:
        return (-each.leaves, each.arrives) if asked.is_arrival else (each.arrives, -each.leaves)

    kept.sort(key=order)
    best = _best(kept)
    chosen: list[Journey] = []
    for each in (*best.values(), *kept):
        if not any(each is other for other in chosen):
            chosen.append(each)
    chosen = chosen[:MOST_SHOWN]
    labelled = [replace(each, labels=tuple(label for label, one in best.items() if one is each)) for each in chosen]
    return sorted(labelled, key=order)


def _best(kept: Sequence[Journey]) -> dict[str, Journey]:
    """What each is the best of, told only where another is worse."""
    measures: dict[str, Any] = {
        "fastest": lambda each: (each.arrives - each.leaves, each.arrives),
        "fewest_changes": lambda each: (each.rides, each.arrives - each.leaves, each.arrives),
        "least_walking": lambda each: (each.walk_m, each.arrives - each.leaves, each.arrives),
    }
    return {label: min(kept, key=measure) for label, measure in measures.items()
            if len({measure(each)[0] for each in kept}) > 1}  # fmt: skip


def _beats(one: Journey, other: Journey) -> bool:
    """No worse in all, better in one. A walk beats what leaves no later, arrives no sooner and walks as far at least."""
    if one.rides == 0 and other.rides:
        return one.arrives - one.leaves <= other.arrives - other.leaves and one.arrives <= other.arrives
    pairs = ((-one.leaves, -other.leaves), (one.arrives, other.arrives), (one.rides, other.rides), (one.walk_m, other.walk_m))
    return all(mine <= theirs for mine, theirs in pairs) and any(mine < theirs for mine, theirs in pairs)


def _is_travelled(journey: Journey) -> bool:
    """Whether no stop is come to twice and no line is left only to be boarded again in the same direction at the same stop."""
    ends = [leg.begin_id for leg in journey.legs if leg.trip] + [leg.end_id for leg in journey.legs[-1:] if leg.trip]
    if len(set(ends)) < len(ends):
        return False
    rides = [leg for leg in journey.legs if leg.trip is not None]
    return not any(
        one.trip is not None and other.trip is not None and one.trip.trip.pattern.key == other.trip.trip.pattern.key
        and one.end_id == other.begin_id and other.trip.trip.trip_id == one.trip.trip.trip_id
        for one, other in pairwise(rides)
    )  # fmt: skip
