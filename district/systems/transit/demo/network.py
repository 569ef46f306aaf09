"""A demonstration network for the district: lines between its towns, made by rule. Names say that it is none of the real ones."""

from __future__ import annotations

import csv
import io
import itertools
import math
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta

from district.kernel.cases.calendar import is_working_day

from ..plane import METRES_OF_A_DEGREE
from ..service_time import hhmmss

CENTRES = {
    "丝绸路街道": (117.8800, 36.7920), "大街街道": (117.8580, 36.8065), "青年路街道": (117.8830, 36.8080),
    "永安街道": (117.8470, 36.7930), "城北路街道": (117.8680, 36.8270), "北郊镇": (117.8830, 36.8560),
    "南郊镇": (117.8780, 36.7630), "王村镇": (117.7360, 36.6830), "萌水镇": (117.8560, 36.7240), "商家镇": (117.8560, 36.6840),
}  # fmt: skip
"""Approximate centres of the towns and streets."""

LINES = (
    ("演示1路", ("北郊镇", "城北路街道", "大街街道", "永安街道", "南郊镇"), 600, (6, 0), (20, 30), "D62828"),
    ("演示2路", ("青年路街道", "丝绸路街道", "永安街道", "大街街道", "城北路街道"), 480, (6, 0), (21, 0), "1D6FB8"),
    ("演示3路", ("青年路街道", "大街街道", "永安街道"), 420, (6, 10), (21, 0), "2A9D8F"),
    ("演示5路", ("丝绸路街道", "南郊镇", "萌水镇", "商家镇"), 1200, (6, 0), (19, 0), "8E5A9B"),
    ("演示8路", ("大街街道", "南郊镇", "萌水镇", "王村镇"), 1800, (6, 0), (18, 30), "B5651D"),
    ("演示9路", ("北郊镇", "青年路街道", "丝绸路街道", "南郊镇"), 900, (6, 15), (19, 30), "4C6B22"),
)
"""Name, towns on its way, headway in seconds, first and last departure, colour."""
APART_M = 480.0
SPEED_M_S = 6.4
DWELL_S = 20
RUSH = ((7 * 3600, 9 * 3600), (17 * 3600, 19 * 3600))
RUSH_FACTOR = 1.25


def feed(first: date, last: date) -> bytes:
    """A GTFS zip valid on these days. Timepoints at the towns; less on days off (service `rest`): Saturdays,
    Sundays and holidays, not the Saturdays and Sundays worked to make up for them."""
    tables: dict[str, list[list[object]]] = {
        "agency.txt": [["agency_id", "agency_name", "agency_url", "agency_timezone", "agency_lang"],
                       ["demo", "演示公交公司", "https://example.org/", "Asia/Shanghai", "zh"]],
        "routes.txt": [["route_id", "agency_id", "route_short_name", "route_long_name", "route_type", "route_color",
                        "route_text_color", "route_sort_order"]],
        "trips.txt": [["route_id", "service_id", "trip_id", "trip_headsign", "direction_id", "block_id", "shape_id",
                       "wheelchair_accessible"]],
        "stop_times.txt": [["trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence", "timepoint"]],
        "shapes.txt": [["shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence"]],
        "calendar.txt": [["service_id", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
                          "start_date", "end_date"],
                         ["work", 1, 1, 1, 1, 1, 0, 0, f"{first:%Y%m%d}", f"{last:%Y%m%d}"],
                         ["rest", 0, 0, 0, 0, 0, 1, 1, f"{first:%Y%m%d}", f"{last:%Y%m%d}"]],
        "feed_info.txt": [["feed_publisher_name", "feed_publisher_url", "feed_lang", "feed_start_date", "feed_end_date",
                           "feed_version", "feed_contact_url"],
                          ["区智演示", "https://example.org/", "zh", f"{first:%Y%m%d}", f"{last:%Y%m%d}", "demo-1",
                           "https://example.org/contact"]],
        "calendar_dates.txt": [["service_id", "date", "exception_type"], *_exceptions(first, last)],
    }  # fmt: skip
    stops: dict[str, tuple[str, float, float]] = {}
    for number, line in enumerate(LINES, 1):
        _line(number, line, stops, tables)
    tables["stops.txt"] = [["stop_id", "stop_code", "stop_name", "stop_lat", "stop_lon", "wheelchair_boarding"]]
    tables["stops.txt"] += [[key, key[1:], name, f"{lat:.6f}", f"{lon:.6f}", 1 if order % 3 else 2]
                            for order, (key, (name, lon, lat)) in enumerate(stops.items())]  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in sorted(tables.items()):
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows(rows)
            # A fixed date, so that the same days make the same bytes.
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text.getvalue(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _exceptions(first: date, last: date) -> Iterator[list[object]]:
    """Days on which offices work or rest against the day of the week."""
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if is_working_day(day) == (day.weekday() > 4):
            works = is_working_day(day)
            yield ["work", f"{day:%Y%m%d}", 1 if works else 2]
            yield ["rest", f"{day:%Y%m%d}", 2 if works else 1]


def _line(number: int, line: tuple, stops: dict, tables: dict) -> None:
    name, towns, headway, first, last, colour = line
    route = f"L{number}"
    tables["routes.txt"].append([route, "demo", name, f"{towns[0]}至{towns[-1]}", 3, colour, "FFFFFF", number])
    way = _way(towns)
    for direction, places in ((0, way), (1, way[::-1])):
        shape = f"{route}-{direction}"
        for order, (lon, lat) in enumerate(_street(places)):
            tables["shapes.txt"].append([shape, f"{lat:.6f}", f"{lon:.6f}", order])
        keys = [_stop(stops, *place, direction) for place in places]
        apart = [_metres(places[n][1:], places[n + 1][1:]) * 1.12 for n in range(len(places) - 1)]
        for service, factor in (("work", 1.0), ("rest", 1.5)):
            start, ordinal = first[0] * 3600 + first[1] * 60 + direction * 300, 0
            while start <= last[0] * 3600 + last[1] * 60:
                trip = f"{shape}-{service}-{ordinal:03d}"
                tables["trips.txt"].append([route, service, trip, towns[-1] if direction == 0 else towns[0], direction, "",
                                            shape, 1 if ordinal % 2 else 2])  # fmt: skip
                _times(tables["stop_times.txt"], trip, start, keys, places, apart)
                start += int(headway * factor)
                ordinal += 1


def _times(rows: list, trip: str, start: int, keys: list, places: list, apart: list) -> None:
    at = float(start)
    for order, key in enumerate(keys):
        is_town = places[order][0] in CENTRES
        left = at if order in (0, len(keys) - 1) else at + DWELL_S
        rows.append([trip, hhmmss(at), hhmmss(left), key, order + 1, int(is_town or order in (0, len(keys) - 1))])
        if order < len(apart):
            slow = RUSH_FACTOR if any(begin <= left < end for begin, end in RUSH) else 1.0
            at = left + apart[order] / SPEED_M_S * slow


def _way(towns: tuple[str, ...]) -> list[tuple[str, float, float]]:
    """(name, lon, lat) of each stop: the towns and what lies between them."""
    found = [(towns[0], *CENTRES[towns[0]])]
    for before, after in itertools.pairwise(towns):
        begin, end = CENTRES[before], CENTRES[after]
        between = max(1, round(_metres(begin, end) / APART_M))
        for step in range(1, between):
            share = step / between
            place = (round(begin[0] + (end[0] - begin[0]) * share, 6), round(begin[1] + (end[1] - begin[1]) * share, 6))
            near, number = (before, step) if step * 2 <= between else (after, between - step)
            found.append((f"{near.removesuffix('街道').removesuffix('镇')}{_toward(begin, end, near == before)}{number}站",
                          *place))  # fmt: skip
        found.append((after, *end))
    return found


def _toward(begin: tuple[float, float], end: tuple[float, float], is_before: bool) -> str:
    """The side of the town on which the stop lies."""
    east, north = end[0] - begin[0], end[1] - begin[1]
    if not is_before:
        east, north = -east, -north
    angle = math.degrees(math.atan2(east * 0.8, north)) % 360
    return ("北", "东北", "东", "东南", "南", "西南", "西", "西北")[round(angle / 45) % 8]


def _street(places: list[tuple[str, float, float]]) -> list[tuple[float, float]]:
    """The line through the stops, with a slight bend between each two."""
    found = []
    for (_name, lon, lat), (_next, lon2, lat2) in itertools.pairwise(places):
        found.append((lon, lat))
        # Bent to the same side on the way back, so that both directions drive one street.
        side = 0.0004 if (lon, lat) < (lon2, lat2) else -0.0004
        length = math.hypot(lon2 - lon, lat2 - lat) or 1.0
        found.append(((lon + lon2) / 2 - (lat2 - lat) / length * side, (lat + lat2) / 2 + (lon2 - lon) / length * side))
    return [*found, places[-1][1:]]


def _stop(stops: dict, name: str, lon: float, lat: float, direction: int) -> str:
    """The stop's key, one on each side of the street; made at first sight."""
    shown = f"{name}公交站" if name in CENTRES else name
    for key, (known, at_lon, at_lat) in stops.items():
        apart = _metres((lon, lat), (at_lon, at_lat))
        if key.endswith("AB"[direction]) and apart < (60 if known == shown else 30):
            return key
    key = f"Z{len(stops) // 2 + 1:03d}{'AB'[direction]}"
    while key in stops:
        key = f"Z{int(key[1:4]) + 1:03d}{key[4]}"
    side = 0.00012 if direction else -0.00012
    stops[key] = (shown, round(lon + side, 6), round(lat + side, 6))
    return key


def _metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    return math.hypot((other[0] - one[0]) * math.cos(math.radians(36.8)), other[1] - one[1]) * METRES_OF_A_DEGREE
