"""What a feed is made of, as plain facts: runs with their forecasts, buses with their places. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ..changes.applying import PlannedTrip

UNTOLD_MARKS = frozenset({"timetable_only", "old_position", "bad_clock", "off_route", "unlikely"})
"""A forecast with one of these is shown to people with its mark. GTFS-Realtime has no marks: there it is told as NO_DATA."""


@dataclass(frozen=True)
class BusFacts:
    """`bus_id`: persistent. `is_accessible`: None unknown."""

    bus_id: str
    label: str
    plate: str = ""
    is_accessible: bool | None = None


@dataclass(frozen=True)
class ForecastFacts:
    """As of the model Forecast: Unix seconds from place `first_stop` of the pattern on."""

    made_at: float
    first_stop: int
    arrivals: list[int]
    departures: list[int]
    earliest: list[int]
    latest: list[int]
    mark: str = ""


@dataclass(frozen=True)
class PlaceFacts:
    """Where a bus on a run is; degrees WGS-84, degrees from north, m/s, per cent."""

    at: float
    lat: float
    lon: float
    bearing: float | None
    speed_m_s: float | None
    next_stop: int
    is_at_stop: bool
    occupancy: int | None


@dataclass(frozen=True)
class RunFacts:
    """A trip of a day with what is known of it. `is_ended`: nothing of it is told any more. `is_driven`: its bus is on it now
    (else it is only meant to drive it). `is_off_route`: its place says nothing about the trip's shape."""

    planned: PlannedTrip
    bus: BusFacts | None = None
    forecast: ForecastFacts | None = None
    place: PlaceFacts | None = None
    is_ended: bool = False
    is_driven: bool = False
    is_off_route: bool = False
