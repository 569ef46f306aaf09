"""Measures of a service day, as sums that add up over days, lines and hours. Pure.

On time: from a minute early to five minutes late at departure, at the last stop at arrival. Regularity: the spread of
headways, and how much longer than planned passengers who come at any time wait, (Σh²)/(2Σh) (excess waiting time).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

import numpy as np

from ..changes.applying import PlannedTrip

EARLY_S, LATE_S = -60.0, 300.0
OUTLIER_S = 5400.0
"""A passage so far off its plan is another trip's."""
BUNCHED = 0.25
"""A headway below this part of the planned one is bunching; a project setting."""
LONGEST_HEADWAY_S = 7200.0
FASTEST_M_S = 25.0
"""No bus is faster from stop to stop; a project setting."""

Key = tuple[str, ...]


@dataclass
class Sums:
    """What adds up. Seconds and metres; `gaps`…: actual headways and the planned ones of the same trips."""

    planned: int = 0
    cancelled: int = 0
    operated: int = 0
    completed: int = 0
    missed: int = 0
    metres: float = 0.0
    planned_metres: float = 0.0
    timed_metres: float = 0.0
    seconds: float = 0.0
    passages: int = 0
    early: int = 0
    late: int = 0
    delay_s: float = 0.0
    starts: int = 0
    starts_on_time: int = 0
    gaps: int = 0
    gap_s: float = 0.0
    gap_s2: float = 0.0
    planned_gap_s: float = 0.0
    planned_gap_s2: float = 0.0
    bunched: int = 0

    def add(self, other: Sums) -> None:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    @property
    def on_time_share(self) -> float | None:
        return _share(self.passages - self.early - self.late, self.passages)

    @property
    def start_share(self) -> float | None:
        """Trips that began on time, of those seen to begin."""
        return _share(self.starts_on_time, self.starts)

    @property
    def operated_share(self) -> float | None:
        """Trips operated of those planned, cancelled ones too, as far as their time has come."""
        return _share(self.operated, self.planned)

    @property
    def speed_kmh(self) -> float | None:
        """Commercial speed: with halts."""
        return self.timed_metres / self.seconds * 3.6 if self.seconds > 0 else None

    @property
    def mean_delay_min(self) -> float | None:
        return self.delay_s / self.passages / 60 if self.passages else None

    @property
    def regularity(self) -> float | None:
        """Coefficient of variation of the headways: 0 even, 1 as if by chance."""
        if self.gaps < 2 or self.gap_s <= 0:
            return None
        mean = self.gap_s / self.gaps
        return float(np.sqrt(max(self.gap_s2 / self.gaps - mean**2, 0.0)) / mean)

    @property
    def excess_wait_min(self) -> float | None:
        if self.gap_s <= 0 or self.planned_gap_s <= 0:
            return None
        return (self.gap_s2 / self.gap_s - self.planned_gap_s2 / self.planned_gap_s) / 120

    @property
    def bunched_share(self) -> float | None:
        return _share(self.bunched, self.gaps)


def _share(part: float, whole: float) -> float | None:
    return part / whole * 100 if whole else None


@dataclass
class Figures:
    """Sums by line, by (line, hour of the day), by (line, direction, stop)."""

    lines: dict[Key, Sums] = field(default_factory=dict)
    hours: dict[Key, Sums] = field(default_factory=dict)
    stops: dict[Key, Sums] = field(default_factory=dict)

    def add(self, other: Figures) -> None:
        for own, more in ((self.lines, other.lines), (self.hours, other.hours), (self.stops, other.stops)):
            for key, sums in more.items():
                own.setdefault(key, Sums()).add(sums)

    def total(self) -> Sums:
        found = Sums()
        for sums in self.lines.values():
            found.add(sums)
        return found


def figures_of(
    planned: Iterable[PlannedTrip], passed: Mapping[tuple, Sequence[float]], until: float
) -> Figures:
    """Of a day. `passed`: by `PlannedTrip.key` the Unix seconds at which each stop was passed, NaN unknown. Trips that are
    planned to end after `until` are not judged."""
    found = Figures()
    seen: dict[Key, list[tuple[float, float]]] = {}
    for each in planned:
        if each.ends_at > until:
            continue
        line = found.lines.setdefault((each.trip.route_id,), Sums())
        line.planned += 1
        if each.state == "cancelled":
            line.cancelled += 1
            continue
        at = np.asarray(passed.get(each.key, ()), dtype=np.float64)
        plan = each.midnight + np.append(each.trip.departures[:-1], each.trip.arrivals[-1])
        line.planned_metres += float(each.trip.pattern.stops_at[-1] - each.trip.pattern.stops_at[0])
        known = _believed(at, plan)
        if len(known) < 2:
            line.missed += 1
            continue
        _run(found, line, each, at, plan, known)
        for place in known.tolist():
            key = (each.trip.route_id, each.trip.direction, each.trip.pattern.stop_ids[place])
            seen.setdefault(key, []).append((float(at[place]), float(plan[place])))
    for at_stop, passages in seen.items():
        _headways(found, at_stop, passages)
    return found


def _believed(at: np.ndarray, plan: np.ndarray) -> np.ndarray:
    """The places whose passages can be right: near the plan, and not several stops at one instant (a bus that was found
    on its way is said to have passed all before at once)."""
    if len(at) != len(plan):
        return np.empty(0, dtype=int)
    known = np.flatnonzero(np.isfinite(at) & (np.abs(at - plan) < OUTLIER_S))
    apart = np.diff(at[known]) > 1.0
    return known[np.append(True, apart) & np.append(apart, True)] if len(known) else known


def _run(
    found: Figures, line: Sums, each: PlannedTrip, at: np.ndarray, plan: np.ndarray, known: np.ndarray
) -> None:
    trip = each.trip
    first, last = int(known[0]), int(known[-1])
    line.operated += 1
    line.completed += last == len(plan) - 1
    metres, seconds = (
        float(trip.pattern.stops_at[last] - trip.pattern.stops_at[first]),
        float(at[last] - at[first]),
    )
    line.metres += metres
    if metres < FASTEST_M_S * seconds:
        line.timed_metres += metres
        line.seconds += seconds
    if first == 0:
        line.starts += 1
        line.starts_on_time += bool(EARLY_S <= at[0] - plan[0] <= LATE_S)
    for place in known.tolist():
        if place in each.skipped:
            continue
        late = float(at[place] - plan[place])
        hour = f"{int((plan[place] - each.midnight) // 3600):02d}"
        for sums in (
            line,
            found.hours.setdefault((trip.route_id, hour), Sums()),
            found.stops.setdefault((trip.route_id, trip.direction, trip.pattern.stop_ids[place]), Sums()),
        ):
            sums.passages += 1
            sums.early += late < EARLY_S
            sums.late += late > LATE_S
            sums.delay_s += late


def _headways(found: Figures, key: Key, passages: list[tuple[float, float]]) -> None:
    """Between buses as they came, and between the same trips as planned."""
    if len(passages) < 2:
        return
    actual = np.diff(np.sort([at for at, _plan in passages]))
    planned = np.diff(np.sort([plan for _at, plan in passages]))
    usable = planned < LONGEST_HEADWAY_S
    sums = Sums(
        gaps=int(usable.sum()),
        gap_s=float(actual[usable].sum()),
        gap_s2=float((actual[usable] ** 2).sum()),
        planned_gap_s=float(planned[usable].sum()),
        planned_gap_s2=float((planned[usable] ** 2).sum()),
        bunched=int((actual[usable] < BUNCHED * planned[usable]).sum()),
    )
    found.lines.setdefault(key[:1], Sums()).add(sums)
    found.stops.setdefault(key, Sums()).add(sums)
