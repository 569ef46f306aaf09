"""Trips that drive another way or stop at another place for a time. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..plane import Floats, lengths_along, projected
from ..schedule import Pattern, Schedule, Stop, Trip, stops_along

STRAY_M = 400.0
"""A replacement stop may lie this far from the way that was drawn; farther ones let the way lead through the stops."""


@dataclass(frozen=True)
class Way:
    """What a detour makes of a pattern: its new `pattern`, the place of each of its stops in the old one (-1: a stop of
    the detour), and the places in the new one where the detour begins and ends."""

    pattern: Pattern
    origin: tuple[int, ...]
    leaves: int
    returns: int


def temporary_stop_id(change_id: int, number: int) -> str:
    """Of the `number`-th stop named in a detour that no feed knows."""
    return f"tmp-{change_id}-{number}"


def detour_stops(schedule: Schedule, change_id: int, details: dict[str, Any]) -> list[Stop]:
    """The stops served on the way round, in order. Those the feed does not have get ids of their own; unknown ids are
    left out."""
    found = []
    for number, told in enumerate(details.get("stops") or ()):
        if isinstance(told, str):
            if told in schedule.stops:
                found.append(schedule.stops[told])
        else:
            found.append(
                Stop(temporary_stop_id(change_id, number), str(told["name"]), float(told["lat"]), float(told["lon"]))
            )
    return found


def way_round(schedule: Schedule, pattern: Pattern, change_id: int, details: dict[str, Any]) -> Way | None:
    """The pattern with the stops strictly between `from_stop` and `to_stop` replaced; None when it does not serve both
    in this order. On a loop that passes a stop twice, the shortest piece that fits."""
    piece = piece_between(pattern.stop_ids, str(details.get("from_stop", "")), str(details.get("to_stop", "")))
    if piece is None:
        return None
    leaves, returns = piece
    stops = detour_stops(schedule, change_id, details)
    begin, end = float(pattern.stops_at[leaves]), float(pattern.stops_at[returns])
    middle, at_stops = _middle(schedule, pattern, (begin, end), stops, details.get("path") or ())
    head, tail = _cut(pattern, 0.0, begin), _cut(pattern, end, pattern.length_m)
    line = _without_repeats(np.vstack([head, middle, tail]))
    length = float(lengths_along(middle)[-1])
    stops_at = np.concatenate([
        pattern.stops_at[: leaves + 1], begin + at_stops, pattern.stops_at[returns:] - end + begin + length,
    ])  # fmt: skip
    ids = (*pattern.stop_ids[: leaves + 1], *(stop.stop_id for stop in stops), *pattern.stop_ids[returns:])
    origin = (*range(leaves + 1), *(-1 for _ in stops), *range(returns, len(pattern.stop_ids)))
    stops_at = np.maximum.accumulate(stops_at)
    made = Pattern(_key(pattern, change_id), pattern.route_id, ids, line, lengths_along(line), stops_at, pattern.is_drawn)
    return Way(made, origin, leaves, leaves + len(stops) + 1)


def driven(trip: Trip, way: Way) -> Trip:
    """A trip on its way round: at its planned mean speed over the piece left out, later by what the way is longer; the
    stops before are as planned."""
    last = way.origin[way.returns]
    old, new = trip.pattern.stops_at, way.pattern.stops_at
    was_s = float(trip.arrivals[last] - trip.departures[way.leaves])
    was_m, is_m = float(old[last] - old[way.leaves]), float(new[way.returns] - new[way.leaves])
    takes_s = was_s * is_m / was_m if was_m > 1.0 else was_s
    later = takes_s - was_s
    share = (new[way.leaves + 1 : way.returns] - new[way.leaves]) / max(is_m, 1e-9)
    between = trip.departures[way.leaves] + share * takes_s
    arrivals = np.concatenate([trip.arrivals[: way.leaves + 1], between, trip.arrivals[last:] + later])
    departures = np.concatenate([trip.departures[: way.leaves + 1], between, trip.departures[last:] + later])
    arrivals = np.maximum.accumulate(arrivals)
    timepoints = np.concatenate([
        trip.is_timepoint[: way.leaves + 1], np.zeros(len(between), dtype=bool), trip.is_timepoint[last:],
    ])  # fmt: skip
    departures = np.maximum(np.maximum.accumulate(departures), arrivals)
    return replace(trip, pattern=way.pattern, arrivals=arrivals, departures=departures, is_timepoint=timepoints)


def moved_pattern(schedule: Schedule, pattern: Pattern, change_id: int, moved: dict[str, tuple[float, float]]) -> Pattern:
    """The pattern with the metres of stops that stand elsewhere for a time, `moved`: stop id → (lat, lon). The way stays;
    a stop stays between its neighbours."""
    at = pattern.stops_at.copy()
    for place, stop_id in enumerate(pattern.stop_ids):
        if stop_id in moved:
            point = schedule.plane.metres(*(np.array([each]) for each in moved[stop_id]))
            distance, along = projected(point, pattern.line, pattern.at)
            before = at[place - 1] if place else 0.0
            after = pattern.stops_at[place + 1] if place + 1 < len(at) else pattern.length_m
            between = (along[0] >= before) & (along[0] <= after)
            if between.any():
                at[place] = along[0][between][np.argmin(distance[0][between])]
    return replace(pattern, key=_key(pattern, change_id), stops_at=np.maximum.accumulate(at))


def piece_between(stop_ids: Sequence[str], first: str, last: str) -> tuple[int, int] | None:
    """Places of `first` and of a later `last`, nearest to each other; None when there are none."""
    found: tuple[int, int] | None = None
    begin = -1
    for place, stop_id in enumerate(stop_ids):
        if stop_id == last and begin >= 0 and (found is None or place - begin < found[1] - found[0]):
            found = begin, place
        if stop_id == first:
            begin = place
    return found


def _middle(schedule: Schedule, pattern: Pattern, piece: tuple[float, float], stops: list[Stop],
            path: Sequence[Sequence[float]]) -> tuple[Floats, Floats]:  # fmt: skip
    """The way from one end of the piece to the other, and the metres along it of the stops on it."""
    ends = np.array([_place(pattern, each) for each in piece])
    places = _metres(schedule, [(stop.lat, stop.lon) for stop in stops])
    if len(path):
        drawn = _without_repeats(np.vstack([ends[:1], _metres(schedule, [(lat, lon) for lon, lat in path]), ends[1:]]))
        at = lengths_along(drawn)
        along = stops_along(drawn, at, places, STRAY_M) if len(places) else np.empty(0)
        if along is not None:
            return drawn, along
    straight = np.vstack([ends[:1], places, ends[1:]])
    return straight, lengths_along(straight)[1:-1]


def _metres(schedule: Schedule, places: Sequence[tuple[float, float]]) -> Floats:
    if not places:
        return np.empty((0, 2))
    given = np.array(places, dtype=np.float64)
    return schedule.plane.metres(given[:, 0], given[:, 1])


def _place(pattern: Pattern, along: float) -> Floats:
    return np.array([np.interp(along, pattern.at, pattern.line[:, axis]) for axis in (0, 1)])


def _cut(pattern: Pattern, begin: float, end: float) -> Floats:
    """The piece of a pattern's line between two of its metres."""
    inner = (pattern.at > begin) & (pattern.at < end)
    return np.vstack([_place(pattern, begin)[None], pattern.line[inner], _place(pattern, end)[None]])


def _without_repeats(line: Floats) -> Floats:
    """Corners on the same spot as the one before are left out; at least two stay."""
    keep = np.append(True, np.hypot(*np.diff(line, axis=0).T) > 1e-6)
    return line[keep] if keep.sum() > 1 else line[[0, -1]]


def _key(pattern: Pattern, change_id: int) -> int:
    """A key no pattern of a feed has, the same each time."""
    return (abs(pattern.key) + 1) * 1_000_003 + change_id
