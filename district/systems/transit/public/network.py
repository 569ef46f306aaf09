"""The timetable as passengers see it: lines and their ways, stops and what halts there. Made once for each edition."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from district.kernel.places.geo import distance_m

from ..editions.queries import in_force, schedule_of
from ..schedule import Line, Pattern, Schedule, Stop
from .initials import initials

SAME_PLACE_M = 500.0
"""Stops of one name this near to each other are one place to a passenger."""


@dataclass(frozen=True)
class Way:
    """A line in one direction: the stops of its commonest pattern. `others`: its further patterns, commonest first."""

    line: Line
    direction: str
    headsign: str
    pattern: Pattern
    trips: int
    others: tuple[Pattern, ...] = ()


@dataclass(frozen=True)
class Network:
    """`edition_id` names all that is kept of it elsewhere."""

    edition_id: int
    schedule: Schedule

    @cached_property
    def lines(self) -> list[Line]:
        """Those with trips, as routes.txt orders them."""
        found = [self.line(route_id) for route_id in self.schedule.by_route]
        return sorted(found, key=lambda line: (line.order, len(line.name), line.name))

    def line(self, route_id: str) -> Line:
        return self.schedule.lines.get(route_id) or Line(route_id, route_id, "")

    @cached_property
    def ways(self) -> dict[str, list[Way]]:
        """Route id → its directions."""
        return {route_id: self._ways(route_id) for route_id in self.schedule.by_route}

    def _ways(self, route_id: str) -> list[Way]:
        counted: dict[str, Counter[int]] = {}
        patterns: dict[int, Pattern] = {}
        signs: dict[int, str] = {}
        for trip in self.schedule.by_route[route_id]:
            counted.setdefault(trip.direction, Counter())[trip.pattern.key] += 1
            patterns[trip.pattern.key] = trip.pattern
            signs.setdefault(trip.pattern.key, trip.headsign)
        found = []
        for direction in sorted(counted):
            (first, _count), *rest = counted[direction].most_common()
            pattern = patterns[first]
            headsign = signs[first] or self.stop_name(pattern.stop_ids[-1])
            others = tuple(patterns[key] for key, _times in rest)
            found.append(Way(self.line(route_id), direction, headsign, pattern, counted[direction].total(), others))
        return found

    def stop_name(self, stop_id: str) -> str:
        stop = self.schedule.stops.get(stop_id)
        return stop.name if stop else stop_id

    @cached_property
    def halts(self) -> dict[str, list[Way]]:
        """Stop id → the ways that halt there, by line."""
        found: dict[str, dict[tuple[str, str], Way]] = {}
        for line in self.lines:
            for way in self.ways[line.route_id]:
                for pattern in (way.pattern, *way.others):
                    for stop_id in pattern.stop_ids:
                        found.setdefault(stop_id, {}).setdefault((line.route_id, way.direction), way)
        return {stop_id: list(ways.values()) for stop_id, ways in found.items()}

    @cached_property
    def places(self) -> dict[str, tuple[str, ...]]:
        """Stop id → all stops of its place, itself too, in one order for all of them."""
        named: dict[str, list[Stop]] = {}
        for stop_id in self.halts:
            stop = self.schedule.stops[stop_id]
            named.setdefault(stop.name, []).append(stop)
        found: dict[str, tuple[str, ...]] = {}
        for stops in named.values():
            for group in _near(stops):
                ids = tuple(sorted(stop.stop_id for stop in group))
                found |= dict.fromkeys(ids, ids)
        return found

    @cached_property
    def index(self) -> list[dict[str, Any]]:
        """What a device searches and measures by itself: a row for each place."""
        rows = []
        for ids in sorted(set(self.places.values())):
            stops = [self.schedule.stops[stop_id] for stop_id in ids]
            names = list(dict.fromkeys(way.line.name for stop_id in ids for way in self.halts[stop_id]))
            rows.append({
                "id": ids[0], "ids": ids, "name": stops[0].name, "initials": initials(stops[0].name),
                "at": [[round(stop.lat, 6), round(stop.lon, 6)] for stop in stops], "lines": names,
                "codes": [stop.code for stop in stops if stop.code],
                "accessible": any(stop.is_accessible for stop in stops),
            })  # fmt: skip
        return rows

    def found(self, asked: str, most: int = 20) -> tuple[list[Line], list[dict[str, Any]]]:
        """Lines and places by name, number or first letters; the better the match the earlier."""
        wanted = asked.strip().lower()
        if not wanted:
            return [], []
        lines = [line for line in self.lines if wanted in line.name.lower() or wanted in line.long_name.lower()]
        ranked = [(rank, row) for row in self.index if (rank := _rank(row, wanted)) is not None]
        return lines[:most], [row for _rank, row in sorted(ranked, key=lambda pair: (pair[0], pair[1]["name"]))[:most]]


def _rank(row: dict[str, Any], wanted: str) -> int | None:
    name = row["name"].lower()
    if wanted in (name, *(code.lower() for code in row["codes"])):
        return 0
    if name.startswith(wanted) or row["initials"].startswith(wanted):
        return 1
    return 2 if wanted in name else None


def _near(stops: list[Stop]) -> list[list[Stop]]:
    """Groups in which each stop is near to some other; a name may stand in two towns."""
    groups: list[list[Stop]] = []
    for stop in stops:
        touching = [group for group in groups if any(_metres(stop, other) <= SAME_PLACE_M for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([stop, *(other for group in touching for other in group)])
    return groups


def _metres(one: Stop, other: Stop) -> float:
    return distance_m(one.lon, one.lat, other.lon, other.lat)


def network_in_force() -> Network | None:
    """Of today; None when no edition holds it."""
    edition = in_force()
    return network_of(edition.pk) if edition is not None else None


@lru_cache(maxsize=2)
def network_of(edition_id: int) -> Network:
    return Network(edition_id, schedule_of(edition_id))
