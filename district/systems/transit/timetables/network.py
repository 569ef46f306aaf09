"""A network as the editor has it: lines, stops, patterns, running times, services, trips. Pure; ids are those of the feed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Stop:
    """`kind`: location_type; degrees with seven decimals at most; `extra`: columns the editor does not show."""

    key: str
    name: str
    lat: float | None
    lon: float | None
    code: str = ""
    kind: str = ""
    parent: str = ""
    is_accessible: bool | None = None
    extra: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """`kind`: route_type; `order` None: not told."""

    key: str
    short_name: str = ""
    long_name: str = ""
    kind: str = "3"
    colour: str = ""
    text_colour: str = ""
    agency: str = ""
    order: int | None = None
    extra: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Pattern:
    """A way of a line. `path`: (lon, lat) of each corner, empty: straight from stop to stop."""

    key: str
    line: str
    direction: str
    stops: tuple[str, ...]
    path: tuple[tuple[float, float], ...] = ()
    shape: str = ""
    name: str = ""


@dataclass(frozen=True)
class Profile:
    """Running times: seconds from the departure at the first stop, None where not told; `columns`: one text a stop."""

    key: int
    pattern: str
    arrivals: tuple[int | None, ...]
    departures: tuple[int | None, ...]
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    name: str = ""
    from_s: int = 0
    to_s: int = 108_000


@dataclass(frozen=True)
class Service:
    """Days: the `week` ("1111100", "" none) from `first` to `last`, and exceptions. `day_types`, `seasons`: see models."""

    key: str
    week: str = ""
    first: date | None = None
    last: date | None = None
    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()
    name: str = ""
    day_types: tuple[str, ...] = ()
    seasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Repeats:
    """A headway: departures from `first` before `until` every `every` seconds; `is_exact`: as a timetable."""

    first: int
    until: int
    every: int
    is_exact: bool = False


@dataclass(frozen=True)
class Trip:
    """A trip at `start_s`, or repeated."""

    key: str
    pattern: str
    profile: int
    service: str
    start_s: int
    headsign: str = ""
    block: str = ""
    is_accessible: bool | None = None
    headways: tuple[Repeats, ...] = ()
    extra: Texts = field(default_factory=dict)


@dataclass
class Network:
    """Everything of a feed; `carried`: files that are passed on unchanged, name → text."""

    agencies: list[Texts] = field(default_factory=list)
    info: dict[str, str] = field(default_factory=dict)
    stops: dict[str, Stop] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    patterns: dict[str, Pattern] = field(default_factory=dict)
    profiles: dict[int, Profile] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    trips: dict[str, Trip] = field(default_factory=dict)
    carried: dict[str, str] = field(default_factory=dict)


def told(network: Network) -> dict[str, Any]:
    """What a network says to passengers, without the keys that a feed does not hold: equal for equal timetables."""

    def of_trip(trip: Trip) -> tuple[Any, ...]:
        pattern, profile = network.patterns[trip.pattern], network.profiles[trip.profile]
        return (pattern.line, pattern.direction, pattern.stops, pattern.path, profile.arrivals, profile.departures,
                sorted(profile.columns.items()), trip.service, trip.start_s, trip.headsign, trip.block, trip.is_accessible,
                trip.headways, sorted(trip.extra.items()))  # fmt: skip

    return {
        "agencies": [dict(each) for each in network.agencies], "info": network.info, "stops": network.stops,
        "lines": network.lines, "carried": network.carried,
        "services": {key: (each.week, each.first, each.last, each.added, each.removed) for key, each in network.services.items()},
        "trips": {key: of_trip(trip) for key, trip in network.trips.items()},
    }  # fmt: skip
