"""Runs as GTFS-Realtime trip updates. Pure.

Source: GTFS Realtime reference, messages TripUpdate, TripDescriptor, StopTimeUpdate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from google.transit import gtfs_realtime_pb2 as realtime

from ..schedule import Trip
from .told import UNTOLD_MARKS, BusFacts, ForecastFacts, RunFacts

Relation = realtime.TripDescriptor.ScheduleRelationship
StopRelation = realtime.TripUpdate.StopTimeUpdate.ScheduleRelationship
Wheelchair = realtime.VehicleDescriptor.WheelchairAccessible


def entity_id(run: RunFacts) -> str:
    """Of a run, for as long as it is told."""
    planned = run.planned
    return f"trip-{planned.day:%Y%m%d}-{planned.trip.trip_id}-{planned.start_time}"


def fill_trip(descriptor: Any, run: RunFacts) -> None:
    """Which trip of the feed it is. Trips that frequencies.txt repeats are told apart by their start, an added one has an
    id that the feed does not have."""
    planned, trip = run.planned, run.planned.trip
    descriptor.trip_id, descriptor.route_id = trip.told_id, trip.route_id
    descriptor.start_date = f"{planned.day:%Y%m%d}"
    if trip.direction in ("0", "1"):
        descriptor.direction_id = int(trip.direction)
    if trip.of or planned.is_added:
        descriptor.start_time = planned.start_time
    descriptor.schedule_relationship = relation_of(run)


def relation_of(run: RunFacts) -> int:
    """Added trips as ADDED, which all readers know; NEW is not among what most of them know yet."""
    if run.planned.state == "cancelled":
        return int(Relation.CANCELED)
    if run.planned.state == "added":
        return int(Relation.ADDED)
    return int(Relation.UNSCHEDULED if run.planned.trip.is_headway else Relation.SCHEDULED)


def fill_bus(descriptor: Any, bus: BusFacts) -> None:
    descriptor.id, descriptor.label = bus.bus_id, bus.label
    if bus.plate:
        descriptor.license_plate = bus.plate
    if bus.is_accessible is not None:
        descriptor.wheelchair_accessible = (
            Wheelchair.WHEELCHAIR_ACCESSIBLE if bus.is_accessible else Wheelchair.WHEELCHAIR_INACCESSIBLE
        )


def is_worth_telling(run: RunFacts) -> bool:
    """Whether it says more than the timetable. A cancelled trip of a headway line never promised its time, and one that was
    added is simply no longer there."""
    planned = run.planned
    if run.is_ended:
        return False
    if planned.state == "cancelled":
        return not planned.trip.is_headway and not planned.is_added
    return bool(run.forecast or planned.state == "added" or planned.left_out or planned.later_s or run.is_driven)


def fill_update(update: Any, run: RunFacts, at: float) -> None:
    """Fills a TripUpdate as of `at`, Unix seconds."""
    fill_trip(update.trip, run)
    forecast = _usable(run.forecast)
    update.timestamp = int(min(forecast.made_at, at)) if forecast else int(at)
    if run.bus is not None and run.is_driven and not run.is_off_route:
        fill_bus(update.vehicle, run.bus)
    if run.planned.state == "cancelled":
        return
    trip = run.planned.trip
    first = min(run.forecast.first_stop, len(trip.pattern.stop_ids) - 1) if run.forecast else 0
    before = 0
    for place, sequence, stop_id in _stops(run, first):
        stop = update.stop_time_update.add(stop_id=stop_id)
        if sequence is not None:
            stop.stop_sequence = sequence
        if place is None:
            stop.schedule_relationship = StopRelation.SKIPPED
        elif forecast is not None and place - first < len(forecast.arrivals):
            before = _forecast(stop, forecast, place - first, before)
        elif run.planned.state == "added":
            before = _planned(stop, run, trip, place, before)
        elif run.planned.later_s:
            stop.schedule_relationship = StopRelation.SCHEDULED
            stop.arrival.delay = stop.departure.delay = round(run.planned.later_s)
            stop.arrival.uncertainty = stop.departure.uncertainty = round(run.planned.later_s)
        else:
            stop.schedule_relationship = StopRelation.NO_DATA


def _usable(forecast: ForecastFacts | None) -> ForecastFacts | None:
    return forecast if forecast is not None and forecast.mark not in UNTOLD_MARKS else None


def _stops(run: RunFacts, first: int) -> list[tuple[int | None, int | None, str]]:
    """(place in the pattern driven, None when it is not served; stop_sequence and stop of the timetable) from place `first`.

    Stops of a detour are not in the timetable, so they have no place here: the alert tells them."""
    planned = run.planned
    trip = planned.trip
    if planned.state == "added":
        ids = trip.pattern.stop_ids
        return [(None if place in planned.skipped else place, place + 1, ids[place]) for place in range(first, len(ids))]
    own = planned.original or trip
    origin: Sequence[int] = planned.origin or range(len(trip.pattern.stop_ids))
    # Stops passed already, as the timetable counts them: those before the first place still ahead that it has.
    ahead = next((there for there in origin[first:] if there >= 0), len(own.pattern.stop_ids))
    begin = next((there + 1 for there in reversed(origin[:first]) if there >= 0), ahead if first else 0)
    place_of = {there: place for place, there in enumerate(origin) if there >= 0 and place not in planned.skipped}
    sequences = own.sequences or tuple(range(1, len(own.pattern.stop_ids) + 1))
    return [(place_of.get(there), sequences[there], own.pattern.stop_ids[there])
            for there in range(begin, len(own.pattern.stop_ids))]  # fmt: skip


def _forecast(stop: Any, forecast: ForecastFacts, number: int, before: int) -> int:
    """Times never fall along the trip; `uncertainty`: half the interval, at least one second, as 0 would mean certain."""
    arrival = max(int(forecast.arrivals[number]), before + 1)
    departure = max(int(forecast.departures[number]), arrival)
    half = max(1, round((forecast.latest[number] - forecast.earliest[number]) / 2))
    stop.schedule_relationship = StopRelation.SCHEDULED
    stop.arrival.time, stop.departure.time = arrival, departure
    stop.arrival.uncertainty = stop.departure.uncertainty = half
    return departure


def _planned(stop: Any, run: RunFacts, trip: Trip, place: int, before: int) -> int:
    """Of an added trip that nothing is forecast of: what is meant."""
    arrival = max(round(run.planned.midnight + float(trip.arrivals[place]) + run.planned.later_s), before + 1)
    departure = max(round(run.planned.midnight + float(trip.departures[place]) + run.planned.later_s), arrival)
    stop.schedule_relationship = StopRelation.SCHEDULED
    stop.arrival.time, stop.departure.time = arrival, departure
    return departure
