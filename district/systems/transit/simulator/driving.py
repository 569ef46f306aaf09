"""A trip as it is driven: traffic by street and hour, passengers by headway, holding at timepoints, mishaps. Pure.

Passengers come evenly, so a bus behind a long gap takes more of them, stands longer and falls back further, while the
one behind it catches up: bunching comes by itself, as it does on the road.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..changes.applying import PlannedTrip
from .chance import chance
from .leg import Floats, Leg

COME_EVERY_S = 340.0
"""A passenger at a stop of an even day."""
OPENING_S, BOARDING_S, ALIGHTING_S = 7.0, 2.4, 1.3
FASTEST_M_S = 13.8
FOLLOWS_S = 20.0
"""Buses of one way do not overtake."""
CAPACITY = 75
RAMP = ((0.0, 0.0), (0.10, 0.045), (0.90, 0.955), (1.0, 1.0))
"""Share of the time between two stops and of the way: setting off, rolling, braking."""


@dataclass
class Street:
    """What the buses before left behind on a way: when each stop was left last (Unix seconds, -inf never)."""

    left_at: Floats


@dataclass(frozen=True)
class Mishap:
    """What befalls a trip: breakdown, detour or short_turn, from a place in its pattern on."""

    kind: str
    stop: int


def drive(planned: PlannedTrip, starts_at: float, street: Street, seed: int, mishap: Mishap | None = None,
          stops_until: float = np.inf) -> Leg:  # fmt: skip
    """The leg of a trip; `street` is brought up to date. A broken bus stands until `stops_until`."""
    trip, day = planned.trip, planned.day
    luck = chance(seed, day, trip.trip_id, planned.start_time)
    pattern = trip.pattern
    stops_at, count = pattern.stops_at, len(pattern.stop_ids)
    planned_at = planned.midnight + np.stack((trip.arrivals, trip.departures))
    takes = _takes(planned, luck, seed)
    rate = _passengers(pattern.route_id, pattern.stop_ids, starts_at, seed)
    when, where = [starts_at], [float(stops_at[0])]
    stood = np.empty((count, 2))
    on, off, aboard = (np.zeros(count, dtype=np.int64) for _each in range(3))
    load, at = 0, starts_at
    # A trip that the dispatcher has shortened turns at the last stop it still serves.
    last = max([place for place in range(count) if place not in planned.skipped], default=count - 1)
    if mishap is not None and mishap.kind in ("breakdown", "short_turn"):
        last = min(mishap.stop, last)
    for stop in range(last + 1):
        if stop:
            at = _rolled(when, where, at, float(takes[stop - 1]), float(stops_at[stop - 1]), float(stops_at[stop]), luck)
        came = at
        is_served = stop not in planned.skipped
        gap = min(max(came - street.left_at[stop], 0.0), 1800.0)
        is_last = stop == last and (mishap is None or mishap.kind != "breakdown")
        on[stop] = 0 if is_last or not is_served else min(luck.poisson(rate[stop] * gap), CAPACITY - load)
        off[stop] = load if is_last else (luck.binomial(load, min(1.6 / (count - stop), 0.6)) if is_served else 0)
        load += int(on[stop] - off[stop])
        aboard[stop] = load
        if is_served and (on[stop] or off[stop] or stop in (0, count - 1)):
            at += OPENING_S + max(BOARDING_S * on[stop], ALIGHTING_S * off[stop])
        at = max(at, street.left_at[stop] + FOLLOWS_S)
        if trip.is_timepoint[stop] and stop < count - 1 and luck.random() < 0.9:
            at = max(at, float(planned_at[1, stop]))
        street.left_at[stop] = at
        stood[stop] = came, at
        _put(when, where, at, float(stops_at[stop]))
    breaks_at = np.inf
    if mishap is not None and mishap.kind == "breakdown":
        breaks_at = at = _rolled(when, where, at, float(takes[last]) / 2, float(stops_at[last]),
                                 float(stops_at[last] + stops_at[min(last + 1, count - 1)]) / 2, luck)  # fmt: skip
        _put(when, where, max(stops_until, at + 60.0), where[-1])
    aside = None
    if mishap is not None and mishap.kind == "detour":
        aside = float(stops_at[mishap.stop]) + 60.0, float(stops_at[min(mishap.stop + 4, count - 1)]) - 60.0, 320.0
    seen = slice(0, last + 1)
    return Leg("trip", pattern.line, pattern.at, np.array(when), np.array(where), planned.key, stood[seen], aboard[seen],
               on[seen], off[seen], breaks_at, aside)  # fmt: skip


def _takes(planned: PlannedTrip, luck: np.random.Generator, seed: int) -> Floats:
    """Seconds between each two stops: the plan, by the street (always so), the hour, the day, and chance that lingers."""
    trip = planned.trip
    plan = np.maximum(trip.arrivals[1:] - trip.departures[:-1], 1.0)
    hours = (trip.departures[:-1] // 3600).astype(int)
    ids = trip.pattern.stop_ids
    streets = np.array([chance(seed, ids[n], ids[n + 1]).normal(-0.02, 0.07) for n in range(len(plan))])
    by_hour = np.array([chance(seed, trip.route_id, hour).normal(0.0, 0.05) for hour in hours])
    of_day = chance(seed, planned.day, "weather").normal(0.0, 0.04)
    lingering, noise = 0.0, np.empty(len(plan))
    for hop in range(len(plan)):
        lingering = 0.7 * lingering + luck.normal(0.0, 0.07)
        noise[hop] = lingering + luck.normal(0.0, 0.06)
    length = np.diff(trip.pattern.stops_at)
    return np.maximum(plan * np.exp(streets + by_hour + of_day + noise), length / FASTEST_M_S)


def _passengers(route_id: str, stop_ids: tuple[str, ...], at: float, seed: int) -> Floats:
    """Passengers a second at each stop."""
    hour = (at / 3600 + 8) % 24
    rush = 1.0 + 1.2 * np.exp(-(((hour - 7.7) / 1.1) ** 2)) + np.exp(-(((hour - 17.6) / 1.3) ** 2))
    by_stop = np.array([chance(seed, stop, "riders").gamma(2.0, 0.5) for stop in stop_ids])
    return rush * by_stop / COME_EVERY_S


def _rolled(when: list[float], where: list[float], at: float, takes: float, begin: float, end: float,
            luck: np.random.Generator) -> float:  # fmt: skip
    """Adds the way from one stop to the next, now and then with a red light on it; gives the arrival."""
    red = luck.uniform(12.0, 45.0) if luck.random() < 0.25 and takes > 50.0 else 0.0
    # Nobody races because of a red light.
    red = max(0.0, min(red, takes - (end - begin) / FASTEST_M_S))
    at_red = luck.uniform(0.35, 0.8)
    rolling = takes - red
    for share, way in RAMP[1:]:
        if red and way > at_red:
            _put(when, where, at + rolling * at_red, begin + (end - begin) * at_red)
            at += red
            _put(when, where, at + rolling * at_red, begin + (end - begin) * at_red)
            red = 0.0
        _put(when, where, at + rolling * share, begin + (end - begin) * way)
    return when[-1]


def _put(when: list[float], where: list[float], at: float, along: float) -> None:
    """Instants rise, metres do not fall."""
    when.append(max(at, when[-1] + 0.01))
    where.append(max(along, where[-1]))


def streets() -> dict[tuple[str, tuple[str, ...]], Street]:
    """Nothing driven yet."""
    return {}


def street_of(known: dict[tuple[str, tuple[str, ...]], Street], planned: PlannedTrip) -> Street:
    pattern = planned.trip.pattern
    key = (pattern.route_id, pattern.stop_ids)
    if key not in known:
        known[key] = Street(np.full(len(pattern.stop_ids), -np.inf))
    return known[key]


def places(planned: PlannedTrip) -> NDArray[np.float64]:
    """First and last stop on the plane, shape (2, 2)."""
    pattern = planned.trip.pattern
    return np.stack([[np.interp(at, pattern.at, pattern.line[:, axis]) for axis in (0, 1)]
                     for at in (pattern.stops_at[0], pattern.stops_at[-1])])  # fmt: skip
