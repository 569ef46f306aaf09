"""The rides of a span of time as columns, grouped so that within a group no ride overtakes another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray

Whole = NDArray[np.int32]


@dataclass(frozen=True)
class Ride:
    """A trip as it is served: `stops` numbers; `arrivals`, `departures` whole seconds from the network's zero, never falling.

    `tag`: whatever the caller knows it by.
    """

    stops: tuple[int, ...]
    arrivals: Whole
    departures: Whole
    tag: Any = None


@dataclass(frozen=True)
class Footpaths:
    """Walks between stops, those from stop s at `first[s]` to `first[s + 1]`: to which, seconds, metres."""

    first: Whole
    to: Whole
    seconds: Whole
    metres: Whole


@dataclass(frozen=True)
class Network:
    """Groups of rides. A group r has the stops `group_stops[group_first[r]:group_first[r+1]]` and the rides from
    `group_rides[r]` to `group_rides[r+1]`, earliest first; `row[i]` is where the times of ride i begin.

    `at_first`, `at_group`, `at_place`: which groups call at a stop, and as which of their places.
    """

    stop_count: int
    group_first: Whole
    group_stops: Whole
    group_rides: Whole
    row: Whole
    arrivals: Whole
    departures: Whole
    at_first: Whole
    at_group: Whole
    at_place: Whole
    walks: Footpaths
    tags: list[Any]

    @cached_property
    def group_of(self) -> Whole:
        """The group of each ride."""
        return np.repeat(np.arange(len(self.group_first) - 1, dtype=np.int32), np.diff(self.group_rides))

    @cached_property
    def turned(self) -> Network:
        """The same with time running backwards, for journeys that must arrive by an instant. Kept."""
        return turned(self)

    def stops_of(self, ride: int) -> Whole:
        group = self.group_of[ride]
        return self.group_stops[self.group_first[group] : self.group_first[group + 1]]


def build(rides: Iterable[Ride], stop_count: int, walks: Footpaths) -> Network:
    """Columns of rides in any order. Rides that overtake one of their group go to a group of their own."""
    by_way: dict[tuple[int, ...], list[Ride]] = {}
    for ride in rides:
        by_way.setdefault(ride.stops, []).append(ride)
    groups: list[tuple[tuple[int, ...], Whole, Whole, list[Any]]] = []
    for way, members in by_way.items():
        arrivals = np.array([each.arrivals for each in members], dtype=np.int32)
        departures = np.array([each.departures for each in members], dtype=np.int32)
        order = np.lexsort((arrivals[:, -1], departures[:, 0]))
        for rows in _without_overtaking(arrivals[order], departures[order]):
            chosen = order[rows]
            groups.append((way, arrivals[chosen], departures[chosen], [members[at].tag for at in chosen]))
    return _columns(groups, stop_count, walks)


def _without_overtaking(arrivals: Whole, departures: Whole) -> list[NDArray[np.intp]]:
    """Rows (by first departure) in as few sets as a greedy hand makes, each of which never falls at any stop."""
    if len(arrivals) == 1 or (
        (np.diff(arrivals, axis=0) >= 0).all() and (np.diff(departures, axis=0) >= 0).all()
    ):
        return [np.arange(len(arrivals))]
    sets: list[list[int]] = []
    for row in range(len(arrivals)):
        for each in sets:
            if (arrivals[row] >= arrivals[each[-1]]).all() and (
                departures[row] >= departures[each[-1]]
            ).all():
                each.append(row)
                break
        else:
            sets.append([row])
    return [np.array(each) for each in sets]


def _columns(
    groups: Sequence[tuple[tuple[int, ...], Whole, Whole, list[Any]]], stop_count: int, walks: Footpaths
) -> Network:
    lengths = [len(way) for way, *_rest in groups]
    counts = [len(tags) for *_rest, tags in groups]
    group_stops = np.array([stop for way, *_rest in groups for stop in way], dtype=np.int32)
    group_first = _starts(lengths)
    places = np.arange(len(group_stops), dtype=np.int32) - np.repeat(group_first[:-1], lengths)
    order = np.argsort(group_stops, kind="stable")
    return Network(
        stop_count=stop_count, group_first=group_first, group_stops=group_stops, group_rides=_starts(counts),
        row=_starts(np.repeat(lengths, counts).tolist())[:-1],
        arrivals=_flat([group[1] for group in groups]), departures=_flat([group[2] for group in groups]),
        at_first=_starts(np.bincount(group_stops, minlength=stop_count).tolist()),
        at_group=np.repeat(np.arange(len(groups), dtype=np.int32), lengths)[order], at_place=places[order],
        walks=walks, tags=[tag for *_rest, tags in groups for tag in tags],
    )  # fmt: skip


def _starts(lengths: Sequence[int]) -> Whole:
    return np.concatenate((np.zeros(1, dtype=np.int32), np.cumsum(lengths, dtype=np.int32)))


def _flat(times: list[Whole]) -> Whole:
    return np.concatenate([each.ravel() for each in times]) if times else np.empty(0, dtype=np.int32)


def turned(network: Network) -> Network:
    """Backwards: ride i of it is ride n - 1 - i, place p is the last minus p, times are negative."""
    groups = []
    for group, (first, last) in enumerate(pairwise(network.group_first.tolist())):
        begin, end = int(network.group_rides[group]), int(network.group_rides[group + 1])
        at = int(network.row[begin])
        shape = (end - begin, last - first)
        cut = slice(at, at + shape[0] * shape[1])
        groups.append((
            tuple(network.group_stops[first:last][::-1].tolist()),
            -network.departures[cut].reshape(shape)[::-1, ::-1], -network.arrivals[cut].reshape(shape)[::-1, ::-1],
            network.tags[begin:end][::-1],
        ))  # fmt: skip
    return _columns(groups[::-1], network.stop_count, network.walks)


def footpaths_between(
    places: NDArray[np.float64], farthest_m: float, factor: float, speed_m_s: float
) -> Footpaths:
    """Walks between stops (n, 2 metres) at most so far apart as the crow flies; a walk is `factor` times as long."""
    near = (
        scipy.spatial.cKDTree(places).query_pairs(farthest_m, output_type="ndarray")
        if len(places)
        else np.empty((0, 2), dtype=int)
    )
    apart = np.hypot(*(places[near[:, 0]] - places[near[:, 1]]).T) * factor if len(near) else np.empty(0)
    begin, end = np.concatenate((near[:, 0], near[:, 1])), np.concatenate((near[:, 1], near[:, 0]))
    metres = np.concatenate((apart, apart))
    order = np.lexsort((end, begin))
    return Footpaths(
        _starts(np.bincount(begin, minlength=len(places)).tolist()), end[order].astype(np.int32),
        np.ceil(metres[order] / speed_m_s).astype(np.int32), np.rint(metres[order]).astype(np.int32),
    )  # fmt: skip
