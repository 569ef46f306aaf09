"""When vehicles passed stops, from matched positions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .assignment import assigned
from .matching import Matched, is_plausible, matched, midnight_of
from .schedule import Schedule, Trip

Floats = NDArray[np.float64]
SHORTEST_RUN = 3
"""Positions of a vehicle on a trip; with fewer nothing can be said."""
AT_END_M = 80.0
LONGEST_PAUSE_S = 7200.0


@dataclass(frozen=True)
class Run:
    """A vehicle on a trip of a day. `at`, `along`: its positions on the line. `passed_at`: when each stop was passed (NaN
    unknown), `known_at`: from which instant on that could be known, `gap_s`: between the positions around the stop."""

    vehicle: str
    trip: Trip
    midnight: float
    at: Floats
    along: Floats
    passed_at: Floats
    known_at: Floats
    gap_s: Floats

    @property
    def planned_at(self) -> Floats:
        """Planned arrival at each stop, Unix seconds."""
        return self.midnight + self.trip.arrivals

    def planned_time_at(self, along: Floats) -> Floats:
        """When the timetable has the vehicle at these metres, Unix seconds."""
        return self.midnight + np.interp(along, self.trip.pattern.stops_at, self.trip.arrivals)


def midnights_around(schedule: Schedule, positions: pd.DataFrame) -> Floats:
    """Noon minus twelve hours of each service day that the positions may belong to, Unix seconds."""
    zone = ZoneInfo(schedule.timezone)
    first = datetime.fromtimestamp(float(positions["at"].min()), UTC).astimezone(zone).date() - timedelta(days=1)
    last = datetime.fromtimestamp(float(positions["at"].max()), UTC).astimezone(zone).date()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return np.array([datetime(day.year, day.month, day.day, 12, tzinfo=zone).timestamp() - 43200 for day in days])


def runs_of(schedule: Schedule, positions: pd.DataFrame) -> list[Run]:
    """Every vehicle's runs of a day; positions must be sorted by vehicle and time.

    A row's own trip is believed where it is one of the feed's; rows without one are assigned (`assignment`), and those whose
    trip frequencies.txt repeats, since they do not say which repetition they are, within their line.
    """
    if positions.empty:
        return []
    midnights = midnights_around(schedule, positions)
    positions = _of_headway_lines(schedule, positions)
    is_told = positions["trip_id"].isin(schedule.trips.keys()).to_numpy()
    found = list(_told(schedule, positions[is_told], midnights))
    rest = positions[~is_told & (positions["trip_id"] == "").to_numpy()].reset_index(drop=True)
    if len(rest):
        at = rest["at"].to_numpy()
        found += [run_of(vehicle, each.trip, each.midnight, at[each.rows], each.match)
                  for vehicle, each in assigned(schedule, rest, midnights) if each.match.is_on.sum() >= SHORTEST_RUN]  # fmt: skip
    return found


def _of_headway_lines(schedule: Schedule, positions: pd.DataFrame) -> pd.DataFrame:
    """Rows that name a repeated trip name its line instead."""
    lines = {trip_id: trips[0].route_id for trip_id, trips in schedule.repeated.items()}
    names = positions["trip_id"].isin(lines.keys())
    if not names.any():
        return positions
    route = positions["route_id"].where(~names, positions["trip_id"].map(lines).fillna(""))
    return positions.assign(route_id=route, trip_id=positions["trip_id"].where(~names, ""))


def _told(schedule: Schedule, positions: pd.DataFrame, midnights: Floats) -> Iterator[Run]:
    """Runs of rows that name their trip; a pause of two hours parts two days of one trip."""
    at = positions["at"].to_numpy()
    places = schedule.plane.metres(positions["lat"].to_numpy(), positions["lon"].to_numpy())
    for (vehicle, trip_id), rows in positions.groupby(["vehicle", "trip_id"], sort=False).indices.items():
        trip, rows = schedule.trips[trip_id], np.sort(rows)
        for part in np.split(rows, np.flatnonzero(np.diff(at[rows]) > LONGEST_PAUSE_S) + 1):
            if len(part) < SHORTEST_RUN:
                continue
            midnight = midnight_of(trip, float(at[part].mean()), midnights)
            match = matched(places[part], at[part], trip, midnight)
            if is_plausible(trip.pattern, match) and match.is_on.sum() >= SHORTEST_RUN:
                yield run_of(str(vehicle), trip, midnight, at[part], match)


def run_of(vehicle: str, trip: Trip, midnight: float, at: Floats, match: Matched) -> Run:
    """The passages of matched positions: between two of them time goes as the timetable has it."""
    on = match.is_on
    at, along = at[on], match.along[on]
    stops = trip.pattern.stops_at
    after = np.searchsorted(along, stops, side="left")
    # The end is reached a few metres before the last corner.
    if along[-1] < stops[-1] <= along[-1] + AT_END_M:
        after[-1] = int(np.searchsorted(along, along[-1], side="left"))
    inside = (after > 0) & (after < len(along))
    before = np.clip(after - 1, 0, len(along) - 1)
    after = np.clip(after, 0, len(along) - 1)
    # The last position before, not the first of several at the same place.
    planned = np.interp(stops, stops, trip.arrivals)
    begin, end = np.interp(along[before], stops, trip.arrivals), np.interp(along[after], stops, trip.arrivals)
    way = np.maximum(along[after] - along[before], 1e-6)
    by_plan = np.where(end - begin > 1.0, (planned - begin) / np.maximum(end - begin, 1.0), (stops - along[before]) / way)
    passed = at[before] + np.clip(by_plan, 0.0, 1.0) * (at[after] - at[before])
    inside[0] = False
    return Run(
        vehicle, trip, midnight, at, along,
        passed_at=np.where(inside, passed, np.nan), known_at=np.where(inside, at[after], np.nan),
        gap_s=np.where(inside, at[after] - at[before], np.nan),
    )  # fmt: skip


def passages_between(trip: Trip, places: NDArray[np.int64], before: tuple[float, float], after: tuple[float, float]) -> Floats:
    """When stops (places in the pattern) between two positions (metres along it, Unix seconds) were passed: as in `run_of`."""
    stops = trip.pattern.stops_at
    (from_m, from_at), (to_m, to_at) = before, after
    begin, end = np.interp([from_m, to_m], stops, trip.arrivals)
    if end - begin > 1.0:
        share = (np.interp(stops[places], stops, trip.arrivals) - begin) / (end - begin)
    else:
        share = (stops[places] - from_m) / max(to_m - from_m, 1e-6)
    found: Floats = from_at + np.clip(share, 0.0, 1.0) * (to_at - from_at)
    return found
