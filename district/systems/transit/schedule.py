"""The timetable of a GTFS feed as columns: trips, their patterns, and when each is planned where.

Source: GTFS Schedule reference (google/transit). Times are seconds from noon minus twelve hours of the service day.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .calendar_days import Calendar, calendar_of
from .frequencies import MOST, headways_of, repeated
from .plane import Plane, lengths_along, projected

Floats = NDArray[np.float64]


class FeedError(ValueError):
    """A feed that cannot be used: file, field and rule in Chinese words, and a stable `code`."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True)
class Pattern:
    """A way of stops. `line`: metres (n, 2) on the feed's plane; `at`: metres along it of each corner; `stops_at`: metres
    along it of each stop, never falling. `is_drawn`: whether a shape gave the line, or straight lines between the stops."""

    key: int
    route_id: str
    stop_ids: tuple[str, ...]
    line: Floats
    at: Floats
    stops_at: Floats
    is_drawn: bool

    @cached_property
    def length_m(self) -> float:
        return float(self.at[-1])


@dataclass(frozen=True)
class Trip:
    """A planned trip: `arrivals`, `departures` in seconds of the service day, one for each stop of the pattern.

    One that frequencies.txt repeats has an id of its own (`trip@HH:MM:SS`); `of` is then the id in trips.txt, by which it
    and `start_time` are told to others (`told_id`). `is_headway`: only the headway `headway_s` is promised, not the times.
    """

    trip_id: str
    route_id: str
    service_id: str
    direction: str
    block_id: str
    pattern: Pattern
    arrivals: Floats
    departures: Floats
    is_timepoint: NDArray[np.bool_]
    headsign: str = ""
    is_accessible: bool | None = None
    of: str = ""
    is_headway: bool = False
    headway_s: float = 0.0
    sequences: tuple[int, ...] = ()
    """stop_sequence of each stop of the feed's own pattern."""

    @property
    def told_id(self) -> str:
        """Its trip_id in the feed."""
        return self.of or self.trip_id


@dataclass(frozen=True)
class Stop:
    """A row of stops.txt. `is_accessible`: wheelchair_boarding, None unknown. `parent`: its station, "" without one."""

    stop_id: str
    name: str
    lat: float
    lon: float
    code: str = ""
    parent: str = ""
    is_accessible: bool | None = None


@dataclass(frozen=True)
class Line:
    """A row of routes.txt. `kind`: route_type. Colours as six hexadecimal digits, "" where not told."""

    route_id: str
    short_name: str
    long_name: str
    kind: str = "3"
    colour: str = ""
    text_colour: str = ""
    agency_id: str = ""
    order: float = 0.0

    @property
    def name(self) -> str:
        return self.short_name or self.long_name or self.route_id


@dataclass(frozen=True)
class Schedule:
    """A feed: `trips` by id, the `plane` its metres lie on, its time zone."""

    timezone: str
    plane: Plane
    trips: dict[str, Trip]
    stops: dict[str, Stop]
    lines: dict[str, Line]
    calendar: Calendar

    @cached_property
    def repeated(self) -> dict[str, list[Trip]]:
        """trip_id of frequencies.txt → the trips it stands for, by time."""
        found: dict[str, list[Trip]] = {}
        for trip in self.trips.values():
            if trip.of:
                found.setdefault(trip.of, []).append(trip)
        return found

    @cached_property
    def by_route(self) -> dict[str, list[Trip]]:
        found: dict[str, list[Trip]] = {}
        for trip in self.trips.values():
            found.setdefault(trip.route_id, []).append(trip)
        return found


def read(feed: Path | bytes) -> Schedule:
    """The timetable of a zip. Raises FeedError."""
    try:
        archive = zipfile.ZipFile(feed if isinstance(feed, Path) else io.BytesIO(feed))
    except (zipfile.BadZipFile, OSError) as error:
        raise FeedError("feed_not_zip", f"GTFS：不是可读的 zip 文件（{error}）") from error
    with archive:
        agency = _table(archive, "agency.txt", ("agency_timezone",))
        stops = _table(archive, "stops.txt", ("stop_id", "stop_lat", "stop_lon"))
        routes = _table(archive, "routes.txt", ("route_id",), must_be=False)
        trips = _table(archive, "trips.txt", ("route_id", "service_id", "trip_id"))
        times = _table(archive, "stop_times.txt", ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"))
        shapes = _table(archive, "shapes.txt", (), must_be=False)
        weekly = _table(archive, "calendar.txt", (), must_be=False)
        exceptions = _table(archive, "calendar_dates.txt", (), must_be=False)
        headways = _table(archive, "frequencies.txt", ("trip_id", "start_time", "end_time", "headway_secs"), must_be=False)
    if agency.empty or trips.empty or times.empty:
        raise FeedError("feed_empty", "GTFS：agency.txt、trips.txt 或 stop_times.txt 没有记录")
    places = _numbers(stops, ("stop_lat", "stop_lon")).dropna(subset=["stop_lat", "stop_lon"])
    places = places.drop_duplicates("stop_id").set_index("stop_id")
    plane = Plane.around(places["stop_lat"].to_numpy(), places["stop_lon"].to_numpy())
    return Schedule(
        timezone=str(agency["agency_timezone"].iloc[0]), plane=plane,
        trips=_repeated(_trips(trips, _timed(times), places, shapes, plane), headways),
        stops=_stops(stops.assign(stop_name=stops.get("stop_name", stops["stop_id"])), places), lines=_routes(routes),
        calendar=calendar_of(weekly, exceptions),
    )  # fmt: skip


def _repeated(trips: dict[str, Trip], table: pd.DataFrame) -> dict[str, Trip]:
    if table.empty:
        return trips
    first, until = (pd.Series(seconds_of(table[field]), table.index) for field in ("start_time", "end_time"))
    headways = headways_of(table, first, until)
    if sum(row.count for rows in headways.values() for row in rows) > MOST:
        raise FeedError("feed_too_many_repetitions", f"GTFS：frequencies.txt 展开后超过 {MOST} 个班次，请检查 headway_secs")
    return repeated(trips, headways)


def _stops(table: pd.DataFrame, places: pd.DataFrame) -> dict[str, Stop]:
    """Those with a place."""
    return {
        row["stop_id"]: Stop(
            row["stop_id"], row["stop_name"], float(places.at[row["stop_id"], "stop_lat"]),
            float(places.at[row["stop_id"], "stop_lon"]), row.get("stop_code", ""), row.get("parent_station", ""),
            _accessible(row.get("wheelchair_boarding", "")),
        )
        for row in table.drop_duplicates("stop_id").to_dict("records") if row["stop_id"] in places.index
    }  # fmt: skip


def _routes(table: pd.DataFrame) -> dict[str, Line]:
    if table.empty:
        return {}
    order = pd.to_numeric(table.get("route_sort_order", pd.Series("", table.index)), errors="coerce").fillna(1e9)
    return {
        row["route_id"]: Line(
            row["route_id"], row.get("route_short_name", ""), row.get("route_long_name", ""), row.get("route_type", "3"),
            row.get("route_color", ""), row.get("route_text_color", ""), row.get("agency_id", ""), float(order[number]),
        )
        for number, row in zip(table.index, table.to_dict("records"), strict=True)
    }  # fmt: skip


def _accessible(told: str) -> bool | None:
    """GTFS's 1 yes, 2 no, else unknown."""
    return {"1": True, "2": False}.get(told)


def _table(archive: zipfile.ZipFile, name: str, needed: tuple[str, ...], must_be: bool = True) -> pd.DataFrame:
    inside = next((each for each in archive.namelist() if each.rsplit("/", 1)[-1] == name), None)
    if inside is None:
        if must_be:
            raise FeedError("feed_file_missing", f"GTFS：缺少 {name}")
        return pd.DataFrame()
    try:
        with archive.open(inside) as file:
            table = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig", skipinitialspace=True)
    except (ValueError, pd.errors.ParserError) as error:
        raise FeedError("feed_file_unreadable", f"GTFS：{name} 不能读（{error}）") from error
    table.columns = table.columns.str.strip()
    lacking = [field for field in needed if field not in table.columns]
    if lacking:
        raise FeedError("feed_field_missing", f"GTFS：{name} 缺少字段 {'、'.join(lacking)}")
    return table


def _numbers(table: pd.DataFrame, fields: tuple[str, ...]) -> pd.DataFrame:
    return table.assign(**{field: pd.to_numeric(table[field], errors="coerce") for field in fields})


def seconds_of(texts: pd.Series) -> Floats:
    """`HH:MM:SS`, past 24 too, as seconds; NaN where nothing usable stands."""
    parts = texts.str.strip().str.extract(r"^(\d{1,3}):(\d{2}):(\d{2})$").astype(float)
    return (parts[0] * 3600 + parts[1] * 60 + parts[2]).to_numpy()


def _timed(times: pd.DataFrame) -> pd.DataFrame:
    made = pd.DataFrame({
        "trip_id": times["trip_id"], "stop_id": times["stop_id"],
        "sequence": pd.to_numeric(times["stop_sequence"], errors="coerce"),
        "arrival": seconds_of(times["arrival_time"]), "departure": seconds_of(times["departure_time"]),
        "timepoint": (times["timepoint"] == "1") if "timepoint" in times else False,
    })  # fmt: skip
    made["arrival"] = made["arrival"].fillna(made["departure"])
    made["departure"] = made["departure"].fillna(made["arrival"])
    return made.dropna(subset=["sequence"]).sort_values(["trip_id", "sequence"], kind="stable")


def _trips(trips: pd.DataFrame, times: pd.DataFrame, places: pd.DataFrame, shapes: pd.DataFrame,
           plane: Plane) -> dict[str, Trip]:  # fmt: skip
    times = times[times["stop_id"].isin(places.index)]
    lines = _lines(shapes, plane)
    about = trips.drop_duplicates("trip_id").set_index("trip_id")
    column = {name: about[name] if name in about else pd.Series("", about.index)
              for name in ("shape_id", "direction_id", "block_id", "trip_headsign", "wheelchair_accessible")}  # fmt: skip
    patterns: dict[tuple[str, str, tuple[str, ...]], Pattern] = {}
    found: dict[str, Trip] = {}
    ids, arrivals, departures = times["stop_id"].to_numpy(), times["arrival"].to_numpy(), times["departure"].to_numpy()
    sequences = tuple(times["sequence"].astype(int))
    timepoints, owners = times["timepoint"].to_numpy(dtype=bool), times["trip_id"].to_numpy()
    borders = np.flatnonzero(np.append(True, owners[1:] != owners[:-1])) if len(owners) else np.empty(0, dtype=int)
    for first, last in zip(borders, np.append(borders[1:], len(owners)), strict=True):
        trip_id = owners[first]
        if last - first < 2 or trip_id not in about.index:
            continue
        key = (about.at[trip_id, "route_id"], column["shape_id"][trip_id], tuple(ids[first:last]))
        pattern = patterns.get(key)
        if pattern is None:
            pattern = patterns[key] = _pattern(len(patterns), key, places, lines, plane)
        planned = _filled(arrivals[first:last], departures[first:last], pattern.stops_at)
        if planned is not None:
            found[trip_id] = Trip(
                trip_id, key[0], about.at[trip_id, "service_id"], column["direction_id"][trip_id],
                column["block_id"][trip_id], pattern, *planned, timepoints[first:last],
                column["trip_headsign"][trip_id], _accessible(column["wheelchair_accessible"][trip_id]),
                sequences=sequences[first:last],
            )  # fmt: skip
    return found


def _lines(shapes: pd.DataFrame, plane: Plane) -> dict[str, Floats]:
    fields = ("shape_pt_lat", "shape_pt_lon", "shape_pt_sequence")
    if shapes.empty or not set(fields) <= set(shapes.columns):
        return {}
    points = _numbers(shapes, fields).dropna(subset=list(fields)).sort_values(["shape_id", "shape_pt_sequence"])
    places = plane.metres(points["shape_pt_lat"].to_numpy(), points["shape_pt_lon"].to_numpy())
    return {str(name): places[rows] for name, rows in points.reset_index(drop=True).groupby("shape_id").indices.items()
            if len(rows) > 1}  # fmt: skip


def _pattern(number: int, key: tuple[str, str, tuple[str, ...]], places: pd.DataFrame, lines: dict[str, Floats],
             plane: Plane) -> Pattern:  # fmt: skip
    route_id, shape_id, stop_ids = key
    rows = places.loc[list(stop_ids)]
    stops = plane.metres(rows["stop_lat"].to_numpy(), rows["stop_lon"].to_numpy())
    line = lines.get(shape_id)
    if line is not None:
        at = lengths_along(line)
        stops_at = stops_along(line, at, stops)
        if stops_at is not None:
            return Pattern(number, route_id, stop_ids, line, at, stops_at, True)
    at = lengths_along(stops)
    return Pattern(number, route_id, stop_ids, stops, at, at.copy(), False)


def stops_along(line: Floats, at: Floats, stops: Floats, farthest_m: float = 150.0) -> Floats | None:
    """Metres along a line of each stop, never falling and altogether nearest; None when one lies too far from it.

    Exact by dynamic programming over the line's pieces, since a line may pass a stop twice (loops, out and back).
    """
    distance, along = projected(stops, line, at)
    cost = distance**2
    best = np.full(cost.shape, np.inf)
    came = np.zeros(cost.shape, dtype=np.int32)
    best[0] = cost[0]
    for stop in range(1, len(stops)):
        # From a piece before, or from the same piece when that does not go back along it.
        least = np.minimum.accumulate(best[stop - 1])
        where = np.maximum.accumulate(np.where(best[stop - 1] == least, np.arange(len(least)), 0))
        before = np.append(np.inf, least[:-1])
        same = np.where(along[stop - 1] <= along[stop] + 1.0, best[stop - 1], np.inf)
        take_same = same <= before
        best[stop] = cost[stop] + np.where(take_same, same, before)
        came[stop] = np.where(take_same, np.arange(len(least)), np.append(0, where[:-1]))
    piece = int(np.argmin(best[-1]))
    if not np.isfinite(best[-1][piece]):
        return None
    chosen = np.empty(len(stops), dtype=int)
    for stop in range(len(stops) - 1, -1, -1):
        chosen[stop] = piece
        piece = int(came[stop][piece])
    rows = np.arange(len(stops))
    if float(distance[rows, chosen].max()) > farthest_m:
        return None
    return np.maximum.accumulate(along[rows, chosen])


def _filled(arrivals: Floats, departures: Floats, stops_at: Floats) -> tuple[Floats, Floats] | None:
    """Planned times with those between timepoints interpolated by distance; None without the first and the last."""
    known = np.isfinite(arrivals)
    if not (known[0] and known[-1]):
        return None
    if not known.all():
        between = np.interp(stops_at, stops_at[known], arrivals[known])
        arrivals, departures = np.where(known, arrivals, between), np.where(known, departures, between)
    arrivals = np.maximum.accumulate(arrivals)
    return arrivals, np.maximum(np.maximum.accumulate(departures), arrivals)
