"""Detours as GTFS-Realtime TripModifications: the way and the stops of the trips that drive round. Pure.

Source: GTFS Realtime reference, messages TripModifications, Shape, Stop (experimental). They are a feed of their own: who does
not know them is told the same by alerts and skipped stops.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from google.transit import gtfs_realtime_pb2 as realtime

from ..changes.applying import PlannedTrip, Told
from ..changes.detours import detour_stops
from ..schedule import Pattern, Schedule
from . import alerts
from .told import RunFacts

KIND = "trip-modifications"
Key = tuple[str, int, str]


def modifications_of(schedule: Schedule, runs: Iterable[RunFacts], changes: Sequence[Told]) -> list[Any]:
    """Entities: each way round once with its shape, its temporary stops, and the trips of a day that drive it."""
    detours = {each.change_id: each for each in changes if each.kind == "detour"}
    groups: dict[Key, list[PlannedTrip]] = {}
    for run in runs:
        planned = run.planned
        if planned.is_driven and -1 in planned.origin and planned.original is not None and not planned.is_added:
            key = (f"{planned.day:%Y%m%d}", planned.original.pattern.key, _ids(planned, detours))
            groups.setdefault(key, []).append(planned)
    found: dict[str, Any] = {}
    for (day, pattern, ids), trips in sorted(groups.items()):
        shape = f"shape-{ids}-{pattern}"
        if shape not in found:
            found[shape] = realtime.FeedEntity(id=shape, shape=_shape(schedule, trips[0].trip.pattern, shape))
        for change_id in (int(each) for each in ids.split("-") if each):
            for stop in detour_stops(schedule, change_id, detours[change_id].details):
                if stop.stop_id not in schedule.stops:
                    found[stop.stop_id] = realtime.FeedEntity(id=stop.stop_id, stop=_stop(stop))
        entity = realtime.FeedEntity(id=f"detour-{ids}-{pattern}-{day}")
        _fill(entity.trip_modifications, trips, shape, day, [int(each) for each in ids.split("-") if each])
        found[entity.id] = entity
    return list(found.values())


def _ids(planned: PlannedTrip, detours: dict[int, Told]) -> str:
    return "-".join(str(each) for each in planned.changes if each in detours)


def _fill(told: Any, trips: list[PlannedTrip], shape: str, day: str, change_ids: list[int]) -> None:
    first = trips[0]
    told.selected_trips.add(trip_ids=sorted({each.trip.told_id for each in trips}), shape_id=shape)
    told.service_dates.append(day)
    if first.trip.of:
        told.start_times.extend(sorted({each.start_time for each in trips}))
    for leaves, returns in _pieces(first.origin):
        _piece(told.modifications.add(), first, leaves, returns, change_ids)


def _pieces(origin: Sequence[int]) -> list[tuple[int, int]]:
    """Places in the new pattern before and after each run of stops that the old one does not have."""
    found, place = [], 0
    while place < len(origin):
        if origin[place] < 0:
            begin = place
            while place < len(origin) and origin[place] < 0:
                place += 1
            if begin and place < len(origin):
                found.append((begin - 1, place))
        place += 1
    return found


def _piece(told: Any, planned: PlannedTrip, leaves: int, returns: int, change_ids: list[int]) -> None:
    """The stops replaced are those of the timetable strictly between; where none are, stops are added after the first."""
    own = planned.original
    assert own is not None
    before, after = planned.origin[leaves], planned.origin[returns]
    sequences = own.sequences or tuple(range(1, len(own.pattern.stop_ids) + 1))

    def select(selector: Any, place: int) -> None:
        selector.stop_sequence, selector.stop_id = sequences[place], own.pattern.stop_ids[place]

    replaced = after - before > 1
    select(told.start_stop_selector, before + 1 if replaced else before)
    if replaced:
        select(told.end_stop_selector, after - 1)
    arrivals = planned.trip.arrivals
    for place in range(leaves + 1, returns):
        told.replacement_stops.add(stop_id=planned.trip.pattern.stop_ids[place],
                                   travel_time_to_stop=round(float(arrivals[place] - arrivals[leaves])))  # fmt: skip
    was, takes = own.arrivals[after] - own.arrivals[before], arrivals[returns] - arrivals[leaves]
    told.propagated_modification_delay = round(float(takes - was))
    if len(change_ids) == 1:
        told.service_alert_id = alerts.entity_id(change_ids[0])


def _shape(schedule: Schedule, pattern: Pattern, shape: str) -> Any:
    latitudes, longitudes = schedule.plane.degrees(pattern.line).T
    return realtime.Shape(shape_id=shape, encoded_polyline=polyline(latitudes.tolist(), longitudes.tolist()))


def _stop(stop: Any) -> Any:
    made = realtime.Stop(stop_id=stop.stop_id, stop_lat=stop.lat, stop_lon=stop.lon)
    made.stop_name.translation.add(text=stop.name, language="zh")
    return made


def polyline(latitudes: Sequence[float], longitudes: Sequence[float]) -> str:
    """Encoded Polyline Algorithm Format: differences of hundred-thousandths of a degree, five bits a letter."""
    points = np.rint(np.column_stack([latitudes, longitudes]) * 1e5).astype(np.int64)
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).ravel().tolist()
    letters = []
    for step in steps:
        value = ~(step << 1) if step < 0 else step << 1
        while value >= 0x20:
            letters.append(chr((0x20 | (value & 0x1F)) + 63))
            value >>= 5
        letters.append(chr(value + 63))
    return "".join(letters)
