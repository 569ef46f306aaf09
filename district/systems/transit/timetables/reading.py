"""A GTFS zip as a network for the editor. Lenient: what cannot stand is left out and counted, so that it can be put right. Pure.

Source: GTFS Schedule reference. Feeds are looked at by `editions.archive` before they come here.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import IO

from ..calendar_days import DAYS
from .loose_ends import carried
from .network import Line, Network, Pattern, Profile, Repeats, Service, Stop, Trip

READ = ("agency.txt", "stops.txt", "routes.txt", "trips.txt", "stop_times.txt", "calendar.txt", "calendar_dates.txt",
        "shapes.txt", "frequencies.txt", "feed_info.txt")  # fmt: skip
DROPPED = frozenset({"shape_dist_traveled"})
"""Columns made anew when the path is drawn anew; kept, they would contradict it."""
TRIP = frozenset({"route_id", "service_id", "trip_id", "trip_headsign", "direction_id", "block_id", "shape_id",
                  "wheelchair_accessible"})  # fmt: skip
STOP_TIME = frozenset({"trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"}) | DROPPED
MOST_TIMES = 3_000_000
LONGEST_KEY = 120

Row = dict[str, str]


class TooLarge(ValueError):
    """More stop times than the editor can hold."""


@dataclass
class Reading:
    """A network, and what was left out of it: reason → how often."""

    network: Network = field(default_factory=Network)
    left_out: Counter[str] = field(default_factory=Counter)


def network_of(feed: bytes) -> Reading:
    """Raises TooLarge, zipfile.BadZipFile, csv.Error, UnicodeDecodeError."""
    made = Reading()
    network = made.network
    with zipfile.ZipFile(io.BytesIO(feed)) as archive:
        names = {each.rsplit("/", 1)[-1]: each for each in archive.namelist() if not each.endswith("/")}

        def rows(name: str) -> Iterator[Row]:
            if name not in names:
                return
            with archive.open(names[name]) as file:
                yield from _rows(file)

        network.agencies = [_filled(row) for row in rows("agency.txt")]
        network.info = next((_filled(row) for row in rows("feed_info.txt")), {})
        network.stops = {each.key: each for each in map(_stop, rows("stops.txt")) if each.key}
        _lines(made, rows("routes.txt"))
        _services(made, rows("calendar.txt"), rows("calendar_dates.txt"))
        paths = _paths(rows("shapes.txt"))
        about = {row.get("trip_id", ""): row for row in rows("trips.txt")}
        _trips(made, about, _times(made, rows("stop_times.txt")), paths)
        _headways(made, rows("frequencies.txt"))
        for name, entry in sorted(names.items()):
            if name not in READ and name.endswith((".txt", ".geojson")):
                network.carried[name] = archive.read(entry).decode("utf-8-sig")
    _without_loose_ends(made)
    return made


def _rows(file: IO[bytes]) -> Iterator[Row]:
    reader = csv.reader(io.TextIOWrapper(file, "utf-8-sig", newline=""), skipinitialspace=True)
    head = [column.strip() for column in next(reader, [])]
    for row in reader:
        if any(row):
            yield {name: value.strip() for name, value in zip(head, row, strict=False) if name}


def _filled(row: Row) -> Row:
    return {name: value for name, value in row.items() if value}


def _rest(row: Row, known: frozenset[str] | set[str]) -> Row:
    return {name: value for name, value in row.items() if value and name not in known}


def _accessible(text: str) -> bool | None:
    return {"1": True, "2": False}.get(text)


def _number(text: str) -> float | None:
    try:
        return round(float(text), 7)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8])) if len(text) == 8 else None
    except ValueError:
        return None


def _seconds(text: str) -> int | None:
    found = re.fullmatch(r"(\d{1,3}):(\d{2}):(\d{2})", text)
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3]) if found else None


def _stop(row: Row) -> Stop:
    known = {"stop_id", "stop_name", "stop_lat", "stop_lon", "stop_code", "location_type", "parent_station",
             "wheelchair_boarding"}  # fmt: skip
    return Stop(
        row.get("stop_id", ""), row.get("stop_name", ""), _number(row.get("stop_lat", "")), _number(row.get("stop_lon", "")),
        row.get("stop_code", ""), row.get("location_type", ""), row.get("parent_station", ""),
        _accessible(row.get("wheelchair_boarding", "")), _rest(row, known),
    )  # fmt: skip


def _lines(made: Reading, rows: Iterator[Row]) -> None:
    known = {"route_id", "route_short_name", "route_long_name", "route_type", "route_color", "route_text_color", "agency_id",
             "route_sort_order"}  # fmt: skip
    agencies = {each.get("agency_id", "") for each in made.network.agencies}
    for row in rows:
        agency = row.get("agency_id", "")
        if agency not in agencies and agency:
            made.left_out["routes.agency_id"] += 1
            agency = ""
        order = row.get("route_sort_order", "")
        line = Line(
            row.get("route_id", ""), row.get("route_short_name", ""), row.get("route_long_name", ""),
            row.get("route_type", "3") or "3", row.get("route_color", ""), row.get("route_text_color", ""), agency,
            int(order) if order.isdigit() else None, _rest(row, known),
        )  # fmt: skip
        made.network.lines[line.key] = line


def _services(made: Reading, weekly: Iterator[Row], exceptions: Iterator[Row]) -> None:
    services = made.network.services
    for row in weekly:
        first, last = _day(row.get("start_date", "")), _day(row.get("end_date", ""))
        if first is None or last is None or last < first:
            made.left_out["calendar.dates"] += 1
            continue
        week = "".join("1" if row.get(name) == "1" else "0" for name in DAYS)
        services[row.get("service_id", "")] = Service(row.get("service_id", ""), week, first, last)
    changes: dict[str, tuple[set[date], set[date]]] = {}
    for row in exceptions:
        day = _day(row.get("date", ""))
        if day is None or row.get("exception_type") not in ("1", "2"):
            made.left_out["calendar_dates"] += 1
            continue
        changes.setdefault(row.get("service_id", ""), (set(), set()))[int(row["exception_type"]) - 1].add(day)
    for key, (added, removed) in changes.items():
        base = services.get(key, Service(key))
        services[key] = Service(key, base.week, base.first, base.last, frozenset(added), frozenset(removed - added))


def _paths(rows: Iterator[Row]) -> dict[str, tuple[tuple[float, float], ...]]:
    points: dict[str, list[tuple[float, float, float]]] = {}
    for row in rows:
        lon, lat, place = (_number(row.get(name, "")) for name in ("shape_pt_lon", "shape_pt_lat", "shape_pt_sequence"))
        if lon is not None and lat is not None and place is not None:
            points.setdefault(row.get("shape_id", ""), []).append((place, lon, lat))
    return {key: tuple((lon, lat) for _place, lon, lat in sorted(found)) for key, found in points.items() if len(found) > 1}


def _times(made: Reading, rows: Iterator[Row]) -> dict[str, list[tuple[float, str, int | None, int | None, Row]]]:
    """trip_id → (sequence, stop, arrival, departure, other columns), by sequence."""
    found: dict[str, list[tuple[float, str, int | None, int | None, Row]]] = {}
    for number, row in enumerate(rows):
        if number >= MOST_TIMES:
            raise TooLarge(f"stop_times.txt 超过 {MOST_TIMES} 行")
        place = _number(row.get("stop_sequence", ""))
        stop = row.get("stop_id", "")
        if place is None or place < 0 or stop not in made.network.stops:
            made.left_out["stop_times.stop_sequence" if place is None or place < 0 else "stop_times.stop_id"] += 1
            continue
        arrival, departure = _seconds(row.get("arrival_time", "")), _seconds(row.get("departure_time", ""))
        # Only one of the two told: the other is the same.
        arrival, departure = arrival if arrival is not None else departure, departure if departure is not None else arrival
        found.setdefault(row.get("trip_id", ""), []).append((place, stop, arrival, departure, _rest(row, STOP_TIME)))
    for times in found.values():
        times.sort(key=lambda each: each[0])
    return found


def _trips(made: Reading, about: dict[str, Row], times: dict[str, list[tuple[float, str, int | None, int | None, Row]]],
           paths: dict[str, tuple[tuple[float, float], ...]]) -> None:  # fmt: skip
    network = made.network
    patterns: dict[tuple[str, str, str, tuple[str, ...]], str] = {}
    profiles: dict[tuple[object, ...], int] = {}
    for key, row in about.items():
        stops = times.get(key, [])
        line, service = row.get("route_id", ""), row.get("service_id", "")
        if line not in network.lines or service not in network.services or len(stops) < 2 or len(key) > LONGEST_KEY:
            made.left_out["trips"] += 1
            continue
        start = stops[0][3]
        if start is None or stops[-1][2] is None or not _is_rising(stops):
            made.left_out["trips.times"] += 1
            continue
        direction = row.get("direction_id", "")
        if direction not in ("", "0", "1"):
            made.left_out["trips.direction_id"] += 1
            direction = ""
        shape = row.get("shape_id", "") if row.get("shape_id", "") in paths else ""
        way = (line, direction, shape, tuple(each[1] for each in stops))
        if way not in patterns:
            patterns[way] = _pattern_key(network, line, direction)
            network.patterns[patterns[way]] = Pattern(patterns[way], line, direction, way[3], paths.get(shape, ()), shape)
        profile = _profile(patterns[way], stops, start)
        found = profiles.setdefault((profile.pattern, profile.arrivals, profile.departures,
                                     tuple(sorted(profile.columns.items()))), len(profiles) + 1)  # fmt: skip
        if found not in network.profiles:
            network.profiles[found] = Profile(found, profile.pattern, profile.arrivals, profile.departures, profile.columns)
        network.trips[key] = Trip(
            key, patterns[way], found, service, start, row.get("trip_headsign", ""), row.get("block_id", ""),
            _accessible(row.get("wheelchair_accessible", "")), extra=_rest(row, TRIP),
        )  # fmt: skip


def _is_rising(stops: list[tuple[float, str, int | None, int | None, Row]]) -> bool:
    """Whether a trip never goes back in time."""
    last = -1
    for _place, _stop, arrival, departure, _rest_of in stops:
        for each in (arrival, departure):
            if each is not None and each < last:
                return False
            last = each if each is not None else last
    return True


def _pattern_key(network: Network, line: str, direction: str) -> str:
    base = f"{line}-{direction}" if direction else line
    if base not in network.patterns:
        return base
    return next(key for number in range(2, 100_000) if (key := f"{base}-{number}") not in network.patterns)


def _profile(pattern: str, stops: list[tuple[float, str, int | None, int | None, Row]], start: int) -> Profile:
    names = sorted({name for each in stops for name in each[4]})
    return Profile(
        0, pattern, tuple(None if each[2] is None else each[2] - start for each in stops),
        tuple(None if each[3] is None else each[3] - start for each in stops),
        {name: tuple(each[4].get(name, "") for each in stops) for name in names},
    )  # fmt: skip


def _headways(made: Reading, rows: Iterator[Row]) -> None:
    trips = made.network.trips
    found: dict[str, list[Repeats]] = {}
    for row in rows:
        first, until, every = _seconds(row.get("start_time", "")), _seconds(row.get("end_time", "")), row.get("headway_secs", "")
        if row.get("trip_id") not in trips or first is None or until is None or not every.isdigit() or int(every) < 1:
            made.left_out["frequencies"] += 1
            continue
        found.setdefault(row["trip_id"], []).append(Repeats(first, until, int(every), row.get("exact_times") == "1"))
    for key, repeats in found.items():
        trip = trips[key]
        trips[key] = Trip(trip.key, trip.pattern, trip.profile, trip.service, trip.start_s, trip.headsign, trip.block,
                          trip.is_accessible, tuple(sorted(repeats, key=lambda each: each.first)), trip.extra)  # fmt: skip


def _without_loose_ends(made: Reading) -> None:
    """References to what was left out, or never was there, would be errors again."""
    network = made.network
    stops = network.stops
    for key, stop in stops.items():
        if stop.parent and stop.parent not in stops:
            made.left_out["stops.parent_station"] += 1
            stops[key] = Stop(key, stop.name, stop.lat, stop.lon, stop.code, stop.kind, "", stop.is_accessible, stop.extra)
    network.carried, rows = carried(network)
    made.left_out += rows
