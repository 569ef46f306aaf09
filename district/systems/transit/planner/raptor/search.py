"""Searching a network: what leaves in a span of time and nothing beats, or what arrives first."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .network import Network, Whole

MOST_FOUND = 400
MOST_LEAVINGS = 240
MOST_RUNS = 1 << 30


@dataclass(frozen=True)
class Found:
    """A journey: `legs` are (ride, place on, place off) of the network it was searched in; `walked` in units."""

    leaves: int
    arrives: int
    walked: int
    legs: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Way:
    """From a place to the stops around it: `stops`, `seconds`, `metres` of the walks."""

    stops: Whole
    seconds: Whole
    metres: Whole

    @classmethod
    def of(cls, walks: Sequence[tuple[int, int, int]]) -> Way:
        """From (stop, seconds, metres)."""
        columns = np.array(walks, dtype=np.int32).reshape(len(walks), 3)
        return cls(columns[:, 0], columns[:, 1], columns[:, 2])


class Searcher:
    """Searches one network; its memory is kept between searches, one set for each thread.

    `most_rides` in a journey; `change_s` seconds at least between two rides at one stop, on top of a walk between two.
    Walking is told apart in steps of `unit_m` metres up to `levels` of them (farther walks are none); with one level it is
    not told apart and not limited, and only arrival and the number of rides count.
    """

    def __init__(self, network: Network, most_rides: int = 5, levels: int = 1, unit_m: float = 100.0, change_s: int = 60) -> None:
        self.network = network
        self.most_rides, self.levels, self.unit_m, self.change_s = most_rides, levels, unit_m, change_s
        self._kept = threading.local()
        self._net = (
            network.group_first, network.group_stops, network.group_rides, network.row, network.arrivals, network.departures,
            network.at_first, network.at_group, network.at_place,
        )  # fmt: skip
        walks = network.walks
        self._walks = (walks.first, walks.to, walks.seconds, self._units(walks.metres))

    def _units(self, metres: Whole) -> Whole:
        if self.levels == 1:
            return np.zeros(len(metres), dtype=np.int32)
        return np.rint(metres / self.unit_m).astype(np.int32)

    def earliest(self, begin: Way, end: Way, at: int) -> list[Found]:
        """What leaves at `at` or later and arrives first, for each number of rides that arrives sooner than fewer do."""
        return self._search(begin, end, np.array([at], dtype=np.int32))

    def between(self, begin: Way, end: Way, first: int, last: int) -> list[Found]:
        """All that leave from `first` to `last` and that no other beats in leaving, arriving, rides and walking at once."""
        return self._search(begin, end, self._leavings(begin, first, last))

    def _leavings(self, begin: Way, first: int, last: int) -> Whole:
        """The instants at which it is worth leaving: to be at a stop when something goes there. Last first."""
        net, instants = self.network, []
        for stop, seconds in zip(begin.stops.tolist(), begin.seconds.tolist(), strict=True):
            for call in range(int(net.at_first[stop]), int(net.at_first[stop + 1])):
                group, place = int(net.at_group[call]), int(net.at_place[call])
                if place + 1 == net.group_first[group + 1] - net.group_first[group]:
                    continue
                rows = net.row[net.group_rides[group] : net.group_rides[group + 1]]
                instants.append(net.departures[rows + place] - seconds)
        if not instants:
            return np.empty(0, dtype=np.int32)
        leaving = np.unique(np.concatenate(instants))
        leaving = leaving[(leaving >= first) & (leaving <= last)]
        return leaving[:MOST_LEAVINGS][::-1].astype(np.int32)

    def _search(self, begin: Way, end: Way, leavings: Whole) -> list[Found]:
        from . import rounds

        room, target = self._room()
        starts = np.column_stack((begin.stops, begin.seconds, self._units(begin.metres))).astype(np.int32)
        target[end.stops, 0] = end.seconds
        target[end.stops, 1] = self._units(end.metres)
        found = np.empty((MOST_FOUND, 4 + 3 * self.most_rides), dtype=np.int32)
        count = rounds.search(self._net, self._walks, room, starts, leavings, target, found, self.change_s, self._kept.runs)
        # Runs are numbered on, so that what earlier ones left in the labels need not be cleared.
        self._kept.runs += len(leavings)
        return [
            Found(row[0], row[1], row[3], tuple((row[at], row[at + 1], row[at + 2]) for at in range(4, 4 + 3 * row[2], 3)))
            for row in found[:count].tolist()
        ]  # fmt: skip

    def _room(self) -> tuple[tuple[Whole, ...], Whole]:
        """The arrays of a search, cleared."""
        from . import rounds

        if not hasattr(self._kept, "room") or self._kept.runs > MOST_RUNS:
            shape, groups = (self.most_rides + 1, self.levels), len(self.network.group_first) - 1
            stops = self.network.stop_count
            def made(*more: int) -> Whole:
                return np.empty((*shape, *more), dtype=np.int32)

            self._kept.room = (
                made(stops), made(stops), made(stops, rounds.FIELDS), made(stops), made(), made(stops), made(), made(4), made(1),
                np.full(max(groups, 1), -1, dtype=np.int32), np.empty(max(groups, 1), dtype=np.int32),
            )  # fmt: skip
            self._kept.room[2].fill(0)
            self._kept.room[7].fill(0)
            self._kept.runs = 0
            self._kept.target = np.empty((stops, 2), dtype=np.int32)
        for cleared in (self._kept.room[0], self._kept.room[1], self._kept.room[8]):
            cleared.fill(rounds.NEVER)
        self._kept.target.fill(-1)
        return self._kept.room, self._kept.target
