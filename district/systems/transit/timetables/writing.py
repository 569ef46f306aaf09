"""A network as a GTFS zip: the same network makes the same bytes. Pure."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from ..calendar_days import DAYS
from ..service_time import hhmmss
from .network import Network, Pattern, Trip

MADE = (2026, 1, 1, 0, 0, 0)
"""A fixed date in the archive, so that the same timetable has the same ETag."""

Rows = list[dict[str, object]]


def write(network: Network) -> bytes:
    shapes = _shape_ids(network)
    tables: dict[str, tuple[Sequence[str], Iterable[Mapping[str, object]]]] = {
        "agency.txt": (("agency_id", "agency_name", "agency_url", "agency_timezone", "agency_lang"), network.agencies),
        "stops.txt": (("stop_id", "stop_code", "stop_name", "stop_lat", "stop_lon"), _stops(network)),
        "routes.txt": (("route_id", "agency_id", "route_short_name", "route_long_name", "route_type"), _lines(network)),
        "trips.txt": (("route_id", "service_id", "trip_id"), [_trip(network, each, shapes) for each in network.trips.values()]),
        "stop_times.txt": (("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"), _times(network)),
        "calendar.txt": (("service_id", *DAYS, "start_date", "end_date"), _weeks(network)),
        "calendar_dates.txt": (("service_id", "date", "exception_type"), _exceptions(network)),
        "shapes.txt": (("shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence"), _paths(network, shapes)),
        "frequencies.txt": (("trip_id", "start_time", "end_time", "headway_secs", "exact_times"), _headways(network)),
        "feed_info.txt": (("feed_publisher_name", "feed_publisher_url", "feed_lang"), [network.info] if network.info else []),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        texts = {name: _csv(first, list(rows)) for name, (first, rows) in tables.items()} | network.carried
        for name, text in sorted(texts.items()):
            if text:
                archive.writestr(zipfile.ZipInfo(name, MADE), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _csv(first: Sequence[str], rows: list[Mapping[str, object]]) -> str:
    """The needed columns first, then those that some row fills; nothing without rows."""
    if not rows:
        return ""
    names = list(first) + sorted({name for row in rows for name, value in row.items() if value != ""} - set(first))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return text.getvalue()


def degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.7f}".rstrip("0").rstrip(".")


def _flag(value: bool | None) -> str:
    return "" if value is None else "1" if value else "2"


def _stops(network: Network) -> Rows:
    return [{
        "stop_id": each.key, "stop_code": each.code, "stop_name": each.name, "stop_lat": degrees(each.lat),
        "stop_lon": degrees(each.lon), "location_type": each.kind, "parent_station": each.parent,
        "wheelchair_boarding": _flag(each.is_accessible), **each.extra,
    } for each in network.stops.values()]  # fmt: skip


def _lines(network: Network) -> Rows:
    return [{
        "route_id": each.key, "agency_id": each.agency, "route_short_name": each.short_name, "route_long_name": each.long_name,
        "route_type": each.kind, "route_color": each.colour, "route_text_color": each.text_colour,
        "route_sort_order": "" if each.order is None else each.order, **each.extra,
    } for each in network.lines.values()]  # fmt: skip


def _shape_ids(network: Network) -> dict[str, str]:
    """Pattern → shape_id; patterns share one where they came with one and their paths are the same."""
    found: dict[str, str] = {}
    paths: dict[str, object] = {}
    for pattern in network.patterns.values():
        if not pattern.path:
            continue
        name = pattern.shape or pattern.key
        while paths.get(name, pattern.path) != pattern.path:
            name += "'"
        paths[name] = pattern.path
        found[pattern.key] = name
    return found


def _trip(network: Network, trip: Trip, shapes: dict[str, str]) -> dict[str, object]:
    pattern = network.patterns[trip.pattern]
    return {
        "route_id": pattern.line, "service_id": trip.service, "trip_id": trip.key, "trip_headsign": trip.headsign,
        "direction_id": pattern.direction, "block_id": trip.block, "shape_id": shapes.get(pattern.key, ""),
        "wheelchair_accessible": _flag(trip.is_accessible), **trip.extra,
    }  # fmt: skip


def _times(network: Network) -> Rows:
    rows: Rows = []
    for trip in network.trips.values():
        pattern, profile = network.patterns[trip.pattern], network.profiles[trip.profile]
        for place, stop in enumerate(pattern.stops):
            arrival, departure = profile.arrivals[place], profile.departures[place]
            rows.append({
                "trip_id": trip.key, "stop_id": stop, "stop_sequence": place + 1,
                "arrival_time": "" if arrival is None else hhmmss(trip.start_s + arrival),
                "departure_time": "" if departure is None else hhmmss(trip.start_s + departure),
                **{name: texts[place] for name, texts in profile.columns.items()},
            })  # fmt: skip
    return rows


def _weeks(network: Network) -> Rows:
    return [{
        "service_id": each.key, **dict(zip(DAYS, each.week, strict=True)), "start_date": f"{each.first:%Y%m%d}",
        "end_date": f"{each.last:%Y%m%d}",
    } for each in network.services.values() if each.week and each.first and each.last]  # fmt: skip


def _exceptions(network: Network) -> Rows:
    return [
        {"service_id": each.key, "date": f"{day:%Y%m%d}", "exception_type": kind}
        for each in network.services.values() for days, kind in ((each.added, 1), (each.removed, 2)) for day in sorted(days)
    ]  # fmt: skip


def _paths(network: Network, shapes: dict[str, str]) -> Rows:
    drawn: dict[str, Pattern] = {name: network.patterns[key] for key, name in shapes.items()}
    return [
        {"shape_id": name, "shape_pt_lat": degrees(lat), "shape_pt_lon": degrees(lon), "shape_pt_sequence": place}
        for name, pattern in drawn.items() for place, (lon, lat) in enumerate(pattern.path, 1)
    ]  # fmt: skip


def _headways(network: Network) -> Rows:
    return [
        {"trip_id": trip.key, "start_time": hhmmss(each.first), "end_time": hhmmss(each.until), "headway_secs": each.every,
         "exact_times": int(each.is_exact)}
        for trip in network.trips.values() for each in trip.headways
    ]  # fmt: skip
