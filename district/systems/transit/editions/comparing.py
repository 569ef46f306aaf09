"""What changes for passengers from one timetable to another: lines, stops, trips of a day. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from ..schedule import Line, Schedule, Stop, Trip

MOVED_M = 20.0
TAKES_LONGER = 0.05
"""Share by which the usual time from end to end must differ to be said."""


@dataclass(frozen=True)
class DayOfLine:
    """A line on a day: trips, first and last departure (seconds), usual minutes from end to end; None without trips."""

    trips: int
    first: float | None
    last: float | None
    minutes: float | None


@dataclass(frozen=True)
class LineChange:
    """A line in both, before and after. `stops_added`, `stops_removed`: names; `days`: (before, after) for each day compared."""

    before: Line
    after: Line
    stops_added: list[str]
    stops_removed: list[str]
    is_rerouted: bool
    days: list[tuple[DayOfLine, DayOfLine]]

    @property
    def is_renamed(self) -> bool:
        return (self.before.short_name, self.before.long_name) != (self.after.short_name, self.after.long_name)

    @property
    def is_retimed(self) -> bool:
        return any(_differs(*pair) for pair in self.days)

    @property
    def is_changed(self) -> bool:
        return bool(self.stops_added or self.stops_removed or self.is_rerouted or self.is_renamed or self.is_retimed)


@dataclass(frozen=True)
class Comparison:
    """`trips`: (before, after) on each of the days compared."""

    lines_added: list[Line] = field(default_factory=list)
    lines_removed: list[Line] = field(default_factory=list)
    lines_changed: list[LineChange] = field(default_factory=list)
    lines_same: int = 0
    stops_added: list[Stop] = field(default_factory=list)
    stops_removed: list[Stop] = field(default_factory=list)
    stops_moved: list[tuple[Stop, Stop, float]] = field(default_factory=list)
    stops_renamed: list[tuple[Stop, Stop]] = field(default_factory=list)
    trips: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.lines_added or self.lines_removed or self.lines_changed or self.stops_added or self.stops_removed
                    or self.stops_moved or self.stops_renamed)  # fmt: skip


def compared(before: Schedule, after: Schedule, days: Iterable[tuple[date, date]]) -> Comparison:
    """`days`: which day of the one stands beside which of the other (working day, day off)."""
    days = list(days)
    old, new = [_of_day(before, day) for day, _other in days], [_of_day(after, day) for _day, day in days]
    both = before.lines.keys() & after.lines.keys()
    changes = [_line_change(before, after, line, old, new) for line in sorted(both, key=lambda key: after.lines[key].order)]
    shared = before.stops.keys() & after.stops.keys()
    moved = [(before.stops[key], after.stops[key], _apart_m(before.stops[key], after.stops[key])) for key in sorted(shared)]
    return Comparison(
        lines_added=[after.lines[key] for key in sorted(after.lines.keys() - both)],
        lines_removed=[before.lines[key] for key in sorted(before.lines.keys() - both)],
        lines_changed=[each for each in changes if each.is_changed],
        lines_same=sum(not each.is_changed for each in changes),
        stops_added=[after.stops[key] for key in sorted(after.stops.keys() - shared)],
        stops_removed=[before.stops[key] for key in sorted(before.stops.keys() - shared)],
        stops_moved=[each for each in moved if each[2] > MOVED_M],
        stops_renamed=[(before.stops[key], after.stops[key]) for key in sorted(shared)
                       if before.stops[key].name != after.stops[key].name],
        trips=[(sum(map(len, one.values())), sum(map(len, other.values()))) for one, other in zip(old, new, strict=True)],
    )  # fmt: skip


def _of_day(timetable: Schedule, day: date) -> dict[str, list[Trip]]:
    """Line → its trips of a day."""
    runs = {service: timetable.calendar.runs(service, day) for service in {each.service_id for each in timetable.trips.values()}}
    return {line: [trip for trip in trips if runs[trip.service_id]] for line, trips in timetable.by_route.items()}


def _line_change(before: Schedule, after: Schedule, line: str, old: list[dict[str, list[Trip]]],
                 new: list[dict[str, list[Trip]]]) -> LineChange:  # fmt: skip
    was, will = _ways(before, line), _ways(after, line)
    stops_was, stops_will = {stop for way in was for stop in way}, {stop for way in will for stop in way}
    return LineChange(
        before.lines[line], after.lines[line],
        stops_added=_names(after, stops_will - stops_was), stops_removed=_names(before, stops_was - stops_will),
        is_rerouted=set(was) != set(will),
        days=[(_day_of_line(one.get(line, [])), _day_of_line(other.get(line, []))) for one, other in zip(old, new, strict=True)],
    )  # fmt: skip


def _ways(timetable: Schedule, line: str) -> Counter[tuple[str, ...]]:
    return Counter(trip.pattern.stop_ids for trip in timetable.by_route.get(line, ()))


def _names(timetable: Schedule, stops: set[str]) -> list[str]:
    return sorted({timetable.stops[stop].name for stop in stops if stop in timetable.stops})


def _day_of_line(trips: list[Trip]) -> DayOfLine:
    if not trips:
        return DayOfLine(0, None, None, None)
    starts = [float(trip.departures[0]) for trip in trips]
    took = float(np.median([float(trip.arrivals[-1] - trip.departures[0]) for trip in trips]))
    return DayOfLine(len(trips), min(starts), max(starts), took / 60)


def _differs(one: DayOfLine, other: DayOfLine) -> bool:
    if (one.trips, one.first, one.last) != (other.trips, other.first, other.last):
        return True
    return one.minutes is not None and other.minutes is not None and abs(other.minutes - one.minutes) > TAKES_LONGER * one.minutes


def _apart_m(one: Stop, other: Stop) -> float:
    east = (one.lon - other.lon) * math.cos(math.radians(one.lat))
    return math.hypot(one.lat - other.lat, east) * 111_195
