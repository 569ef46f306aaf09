"""What the canonical rules do not look at and passengers stumble over. Pure."""

from __future__ import annotations

import math

from ..schedule import Schedule, Stop
from .notices import SAMPLES, Notice

ONE_PLACE_M = 2.0


def own_notices(timetable: Schedule) -> list[Notice]:
    """Stops in one place: two entries of one stop, of which each passenger sees half of the buses."""
    stations = {stop.parent for stop in timetable.stops.values()}
    cells: dict[tuple[int, int], list[Stop]] = {}
    found = []
    for stop in timetable.stops.values():
        if stop.parent or stop.stop_id in stations:
            continue
        north, east = stop.lat * 111_195, stop.lon * 111_195 * math.cos(math.radians(stop.lat))
        row, column = int(north // ONE_PLACE_M), int(east // ONE_PLACE_M)
        near = (other for down in (-1, 0, 1) for aside in (-1, 0, 1) for other in cells.get((row + down, column + aside), ()))
        other = next((each for each in near if _apart_m(each, stop) < ONE_PLACE_M), None)
        if other is not None:
            found.append({"filename": "stops.txt", "stopId": stop.stop_id, "stopName": stop.name,
                          "otherStopId": other.stop_id, "otherStopName": other.name})  # fmt: skip
        cells.setdefault((row, column), []).append(stop)
    return [Notice("stops_in_one_place", "WARNING", len(found), tuple(found[:SAMPLES]))] if found else []


def _apart_m(one: Stop, other: Stop) -> float:
    east = (one.lon - other.lon) * math.cos(math.radians(one.lat))
    return math.hypot(one.lat - other.lat, east) * 111_195
