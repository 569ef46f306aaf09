"""Buses as GTFS-Realtime vehicle positions. Pure.

Source: GTFS Realtime reference, message VehiclePosition.
"""

from __future__ import annotations

from typing import Any

from google.transit import gtfs_realtime_pb2 as realtime

from .told import RunFacts
from .trip_updates import fill_bus, fill_trip

Status = realtime.VehiclePosition.VehicleStopStatus
Occupancy = realtime.VehiclePosition.OccupancyStatus
OLDEST_S = 90.0
"""GTFS Realtime best practices: a position older than this says nothing."""
OCCUPANCIES = (
    (1, "EMPTY"), (30, "MANY_SEATS_AVAILABLE"), (45, "FEW_SEATS_AVAILABLE"), (80, "STANDING_ROOM_ONLY"),
    (100, "CRUSHED_STANDING_ROOM_ONLY"), (10_000, "FULL"),
)  # fmt: skip
"""Per cent of the people a bus may carry, below which it is so; a city bus seats about two fifths of them."""


def is_worth_telling(run: RunFacts, at: float) -> bool:
    place = run.place
    return run.bus is not None and place is not None and not run.is_ended and run.is_driven and at - place.at <= OLDEST_S


def fill_position(message: Any, run: RunFacts, at: float) -> None:
    """Fills a VehiclePosition of a run that `is_worth_telling`. A bus off its route is told without its trip."""
    place, bus = run.place, run.bus
    if place is None or bus is None:
        raise ValueError("a bus and its place are needed")
    fill_bus(message.vehicle, bus)
    message.timestamp = int(min(place.at, at))
    message.position.latitude, message.position.longitude = place.lat, place.lon
    if place.bearing is not None and 0 <= place.bearing <= 360:
        message.position.bearing = place.bearing
    if place.speed_m_s is not None and place.speed_m_s >= 0:
        message.position.speed = place.speed_m_s
    if place.occupancy is not None:
        message.occupancy_percentage = max(0, place.occupancy)
        message.occupancy_status = occupancy_of(place.occupancy)
    if run.is_off_route:
        return
    fill_trip(message.trip, run)
    planned = run.planned
    own = planned.original if planned.original is not None and planned.state != "added" else planned.trip
    there = planned.origin[place.next_stop] if planned.origin else place.next_stop
    if 0 <= there < len(own.pattern.stop_ids):
        sequences = own.sequences or tuple(range(1, len(own.pattern.stop_ids) + 1))
        message.current_stop_sequence = there + 1 if planned.state == "added" else sequences[there]
        message.stop_id = own.pattern.stop_ids[there]
        message.current_status = Status.STOPPED_AT if place.is_at_stop else Status.IN_TRANSIT_TO


def occupancy_of(per_cent: int) -> int:
    name = next(name for below, name in OCCUPANCIES if per_cent < below or below == OCCUPANCIES[-1][0])
    return int(Occupancy.Value(name))
