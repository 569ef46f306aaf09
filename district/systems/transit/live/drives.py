"""A vehicle on a trip of a day, as it goes: where it is believed, which stops it has passed. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..changes.applying import PlannedTrip
from ..forecasts.day_plans import Key
from ..passages import AT_END_M, passages_between
from .following import PACE_M_S, Following

Floats = NDArray[np.float64]
DEPARTED_M = 60.0
MOST_POINTS = 720


@dataclass
class Drive:
    """`at`, `along`: the believed positions; `passed`: Unix seconds at each stop, NaN unknown. `is_told`: the feed or the
    dispatcher named the trip; else it was found. `waits`: it has not left its first stop."""

    planned: PlannedTrip
    is_told: bool
    following: Following
    at: list[float] = field(default_factory=list)
    along: list[float] = field(default_factory=list)
    passed: Floats = field(default_factory=lambda: np.empty(0))
    waits: bool = True
    off_since: float | None = None
    back_since: float | None = None
    off_count: int = 0
    arrived_at: float | None = None
    prior: tuple[float, float] | None = None

    @classmethod
    def of(cls, planned: PlannedTrip, is_told: bool) -> Drive:
        pattern = planned.trip.pattern
        return cls(planned, is_told, Following(pattern), passed=np.full(len(pattern.stop_ids), np.nan))

    @property
    def key(self) -> Key:
        return self.planned.key

    @property
    def seen_at(self) -> float | None:
        return self.at[-1] if self.at else None

    @property
    def along_m(self) -> float:
        return self.along[-1] if self.along else 0.0

    @property
    def was_seen_waiting(self) -> bool:
        """Whether it was followed from its first stop on."""
        return len(self.along) >= 2 and self.along[-2] <= DEPARTED_M and (self.prior is None or self.prior[0] <= DEPARTED_M)

    @property
    def share_seen(self) -> float:
        """Of its way that which it was followed on, 0…1."""
        return (self.along_m - self.along[0]) / max(self.planned.trip.pattern.length_m, 1.0) if self.along else 0.0

    @property
    def next_stop(self) -> int:
        """Place of the first stop not reached; the number of stops at the end."""
        if self.waits:
            return 0
        stops = self.planned.trip.pattern.stops_at
        return int(np.searchsorted(stops, self.along_m + 1.0, side="left"))

    @property
    def is_at_end(self) -> bool:
        return bool(self.along) and self.along_m >= self.planned.trip.pattern.length_m - AT_END_M

    def plan_at(self, along_m: float) -> float:
        """When the timetable has it at these metres, Unix seconds."""
        trip = self.planned.trip
        return self.planned.midnight + float(np.interp(along_m, trip.pattern.stops_at, trip.arrivals))

    @property
    def delay_s(self) -> float | None:
        """Behind plan at the last believed position; a bus that waits for its time is on time."""
        if not self.at:
            return None
        delay = self.at[-1] - self.plan_at(self.along_m)
        return max(delay, 0.0) if self.waits else delay

    def see(self, place: Floats, at: float) -> bool:
        """One place in metres on the timetable's plane; False when it is off the line."""
        trip = self.planned.trip
        if self.prior is None:
            expected = float(np.interp(at - self.planned.midnight, trip.departures, trip.pattern.stops_at))
        else:
            expected = max(self.prior[0] + PACE_M_S * (at - self.prior[1]), 0.0)
        is_on = self.following.see(place, at, expected)
        if not is_on:
            self.off_count += 1
            self.off_since = at if self.off_since is None else self.off_since
            return False
        self.off_since, self.off_count = None, 0
        if self.following.backwards_m > 300.0:
            self.back_since = at if self.back_since is None else self.back_since
        else:
            self.back_since = None
        along = float(self.following.along_m or 0.0)
        if self.waits and along > DEPARTED_M:
            self.waits = False
        if self.at:
            self._pass(self.along[-1], self.at[-1], along, at)
        self.at.append(at)
        self.along.append(along)
        if len(self.at) > MOST_POINTS:
            del self.at[: MOST_POINTS // 4], self.along[: MOST_POINTS // 4]
        if self.is_at_end and self.arrived_at is None:
            self.arrived_at = at
        return True

    def _pass(self, from_m: float, from_at: float, to_m: float, to_at: float) -> None:
        trip = self.planned.trip
        stops = trip.pattern.stops_at
        last = len(stops) - 1
        first = int(np.searchsorted(stops, from_m, side="right"))
        until = int(np.searchsorted(stops, to_m, side="right"))
        if until == last and to_m >= stops[-1] - AT_END_M:
            until = last + 1
        places = np.arange(max(first, 1), until)
        places = places[np.isnan(self.passed[places])]
        if len(places):
            self.passed[places] = passages_between(trip, places, (from_m, from_at), (to_m, to_at))
        if self.along and np.isnan(self.passed[0]) and not self.waits:
            self.passed[0] = from_at

    def along_at(self, at: float) -> float | None:
        """Where it was at an instant it was followed."""
        if len(self.at) < 2 or not self.at[0] <= at <= self.at[-1]:
            return None
        return float(np.interp(at, self.at, self.along))

    def when_at(self, along_m: float) -> float | None:
        """When it was at these metres; None when that was not seen."""
        if len(self.along) < 2 or not self.along[0] <= along_m <= self.along[-1]:
            return None
        number = int(np.searchsorted(self.along, along_m, side="left"))
        if number == 0:
            return self.at[0]
        way = self.along[number] - self.along[number - 1]
        part = (along_m - self.along[number - 1]) / way if way > 0 else 1.0
        return self.at[number - 1] + part * (self.at[number] - self.at[number - 1])

    def insert(self, place: Floats, at: float) -> None:
        """A position that came late: it tells of stops passed meanwhile, and nothing of where the bus is now."""
        follow = Following(self.planned.trip.pattern)
        number = int(np.searchsorted(self.at, at))
        if number == 0 or number >= len(self.at) or self.at[number] == at:
            return
        follow.resume(self.along[number - 1], self.at[number - 1])
        if not follow.see(place, at) or follow.along_m is None or follow.along_m > self.along[number]:
            return
        self.at.insert(number, at)
        self.along.insert(number, follow.along_m)
        stops = self.planned.trip.pattern.stops_at
        for left, right in ((number - 1, number), (number, number + 1)):
            begin, end = np.searchsorted(stops, [self.along[left], self.along[right]], side="right")
            self.passed[max(int(begin), 1) : int(end)] = np.nan
            self._pass(self.along[left], self.at[left], self.along[right], self.at[right])
