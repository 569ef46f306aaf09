"""Time limits: natural hours, working hours, working days; suspensions do not count, extensions add; three lights.

Counting of days follows 民法典 Articles 201-203 and GB/T 30428.8: the day of the start is not counted, the last day
ends when business ends. A working day is used up at its close; while a case is suspended at that moment, it is not.
Lights follow the hotline's cards (standards, hotline 12345): yellow while one working day or less is left, red from
the first working day past due. Limits in hours, which may be shorter than a day, turn yellow in their last quarter
and red at once. All instants are aware; days and office hours are those of China Standard Time.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from district.kernel.cases.calendar import is_working_day
from district.kernel.clock import CHINA

Span = tuple[datetime, datetime | None]
"""From, and until (exclusive); None: not over yet."""

LAST_PART = 0.25
"""The part of a limit in hours in which its light is yellow, when that is less than a working day."""

MOST_DAYS = 40_000


class Kind(StrEnum):
    """What a limit is counted in."""

    NATURAL_HOURS = "natural_hours"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"


class Light(StrEnum):
    """How near a deadline is."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True)
class Limit:
    """An amount of hours or days. Raises ValueError for a negative amount, or a part of a working day."""

    kind: Kind | str
    amount: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", Kind(self.kind))
        if not 0 <= self.amount < float("inf"):
            raise ValueError(f"limit: amount {self.amount!r} must be a number from 0")
        if self.kind is Kind.WORKING_DAYS and (self.amount != int(self.amount) or self.amount < 1):
            raise ValueError(f"limit: amount {self.amount!r} must be whole working days, at least 1")


def limit_until(at: datetime, day: date) -> Limit:
    """The working days that end with `day` for what begins at `at`; at least one."""
    first = at.astimezone(CHINA).date()
    days = sum(is_working_day(first + timedelta(days=ahead)) for ahead in range(1, (day - first).days + 1))
    return Limit(Kind.WORKING_DAYS, max(days, 1))


@dataclass(frozen=True)
class Office:
    """When an office works: spans of a day in order, and which days. The default is 08:30-12:00, 13:30-17:30."""

    spans: tuple[tuple[time, time], ...] = ((time(8, 30), time(12, 0)), (time(13, 30), time(17, 30)))
    is_working: Callable[[date], bool] = is_working_day

    def __post_init__(self) -> None:
        edges = [edge for span in self.spans for edge in span]
        if not edges or any(one >= other for one, other in itertools.pairwise(edges)):
            raise ValueError(f"office: spans {self.spans} must follow one another within a day")

    @property
    def day_length(self) -> timedelta:
        """Working time of one working day."""
        return sum((_of_day(until) - _of_day(start) for start, until in self.spans), timedelta())

    def opens(self, day: date) -> datetime:
        return _at(day, self.spans[0][0])

    def closes(self, day: date) -> datetime:
        return _at(day, self.spans[-1][1])

    def time_of(self, day: date) -> list[tuple[datetime, datetime]]:
        """The spans in which the office works on a day; none on a day off."""
        if not self.is_working(day):
            return []
        return [(_at(day, start), _at(day, until)) for start, until in self.spans]

    def next_day(self, day: date) -> date:
        """The first working day after `day`; ValueError when there is none in a century."""
        for ahead in range(1, MOST_DAYS):
            if self.is_working(day + timedelta(days=ahead)):
                return day + timedelta(days=ahead)
        raise ValueError(f"office: no working day after {day}")


OFFICE = Office()


def due_at(
    start: datetime,
    limit: Limit,
    suspensions: Sequence[Span] = (),
    extensions: Sequence[Limit] = (),
    *,
    office: Office = OFFICE,
) -> datetime | None:
    """When the limit is used up. Extensions count on from there; None while a suspension without end stands before it."""
    due: datetime | None = _local(start)
    for part in (limit, *extensions):
        due = _used_up(due, part, _merged(suspensions), office) if due is not None else None
    return due


def elapsed(
    start: datetime,
    at: datetime,
    kind: Kind | str,
    suspensions: Sequence[Span] = (),
    *,
    office: Office = OFFICE,
) -> float:
    """Hours or days of a limit's kind used up between two instants; 0 when `at` is not after `start`."""
    start, at = _local(start), _local(at)
    pauses = _merged(suspensions)
    if Kind(kind) is Kind.WORKING_DAYS:
        closes = (
            office.closes(day) for day in _days(start.date() + timedelta(days=1)) if office.is_working(day)
        )
        return float(sum(not _covers(pauses, close) for close in _until(closes, at)))
    total = timedelta()
    for begin, end in _running(start, Kind(kind), pauses, office, at):
        total += max(timedelta(), min(end, at) - begin)
    return total / timedelta(hours=1)


def time_left(at: datetime, due: datetime, *, office: Office = OFFICE) -> timedelta:
    """Working time from `at` to `due`; negative when it is past."""
    if at <= due:
        return timedelta(hours=elapsed(at, due, Kind.WORKING_HOURS, office=office))
    return -timedelta(hours=elapsed(due, at, Kind.WORKING_HOURS, office=office))


def warn_at(
    start: datetime, due: datetime, kind: Kind | str = Kind.WORKING_DAYS, *, office: Office = OFFICE
) -> datetime:
    """From when the light is yellow."""
    if Kind(kind) is Kind.NATURAL_HOURS:
        return due - min((due - start) * LAST_PART, timedelta(days=1))
    left = office.day_length
    if Kind(kind) is Kind.WORKING_HOURS:
        left = min(time_left(start, due, office=office) * LAST_PART, left)
    return max(_local(start), _working_time_before(_local(due), left, office))


def late_at(due: datetime, kind: Kind | str = Kind.WORKING_DAYS, *, office: Office = OFFICE) -> datetime:
    """From when the light is red: at once for hours, from the opening of the next working day for working days."""
    return (
        office.opens(office.next_day(_local(due).date())) if Kind(kind) is Kind.WORKING_DAYS else _local(due)
    )


def light(
    now: datetime,
    start: datetime,
    due: datetime | None,
    kind: Kind | str = Kind.WORKING_DAYS,
    *,
    office: Office = OFFICE,
) -> Light:
    """The light at an instant; green while there is no deadline."""
    if due is None:
        return Light.GREEN
    if now > due and now >= late_at(due, kind, office=office):
        return Light.RED
    return Light.YELLOW if now >= warn_at(start, due, kind, office=office) else Light.GREEN


def _used_up(start: datetime, limit: Limit, pauses: list[Span], office: Office) -> datetime | None:
    if limit.kind is Kind.WORKING_DAYS:
        return _last_close(start, int(limit.amount), pauses, office)
    left = timedelta(hours=limit.amount)
    end = start
    for begin, end in _running(start, Kind(limit.kind), pauses, office):
        if left <= end - begin:
            return begin + left
        left -= end - begin
    return None


def _last_close(start: datetime, days: int, pauses: list[Span], office: Office) -> datetime | None:
    day = start.date()
    while days:
        day = office.next_day(day)
        close = office.closes(day)
        if any(until is None and begin <= close for begin, until in pauses):
            return None
        days -= not _covers(pauses, close)
    return office.closes(day)


def _running(
    start: datetime, kind: Kind, pauses: list[Span], office: Office, at: datetime | None = None
) -> Iterator[tuple[datetime, datetime]]:
    """The spans after `start` in which a clock of hours runs, up to `at` or without end (a year's end for each)."""
    for begin, end in _spans(start, kind, office):
        if at is not None and begin >= at:
            return
        begin = max(begin, start)
        for pause, until in pauses:
            if begin >= end or pause >= end:
                break
            if until is not None and until <= begin:
                continue
            if pause > begin:
                yield begin, pause
            if until is None:
                return
            begin = until
        if begin < end:
            yield begin, end


def _spans(start: datetime, kind: Kind, office: Office) -> Iterator[tuple[datetime, datetime]]:
    if kind is Kind.NATURAL_HOURS:
        for day in _days(start.date()):
            yield _at(day, time()), _at(day + timedelta(days=1), time())
        return
    day = start.date() if office.is_working(start.date()) else office.next_day(start.date())
    while True:
        for begin, end in office.time_of(day):
            if end > start:
                yield begin, end
        day = office.next_day(day)


def _working_time_before(due: datetime, left: timedelta, office: Office) -> datetime:
    """The earliest instant from which no more than `left` of working time is left until `due`."""
    day = due.date()
    for _ in range(MOST_DAYS):
        for begin, end in reversed(office.time_of(day)):
            end = min(end, due)
            if end <= begin:
                continue
            if left < end - begin:
                return end - left
            left -= end - begin
            if not left:
                return _closed_since(begin, office)
        day -= timedelta(days=1)
    raise ValueError(f"office: no working day before {due}")


def _closed_since(opening: datetime, office: Office) -> datetime:
    """The end of the working time before an opening: what is left does not change while the office is closed."""
    day = opening.date()
    for _ in range(MOST_DAYS):
        for _begin, end in reversed(office.time_of(day)):
            if end < opening:
                return end
        day -= timedelta(days=1)
    raise ValueError(f"office: no working day before {opening}")


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Suspensions in order, those that touch made one, those without length left out."""
    merged: list[Span] = []
    for begin, until in sorted(spans, key=lambda span: span[0]):
        if until is not None and until <= begin:
            continue
        if merged and (merged[-1][1] is None or begin <= merged[-1][1]):
            last = merged[-1][1]
            merged[-1] = (merged[-1][0], None if last is None or until is None else max(last, until))
        else:
            merged.append((begin, until))
    return merged


def _covers(spans: Sequence[Span], at: datetime) -> bool:
    return any(begin <= at and (until is None or at < until) for begin, until in spans)


def _until(instants: Iterator[datetime], at: datetime) -> Iterator[datetime]:
    for instant in instants:
        if instant > at:
            return
        yield instant


def _days(first: date) -> Iterator[date]:
    for ahead in range(MOST_DAYS):
        yield first + timedelta(days=ahead)


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, CHINA)


def _of_day(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)


def _local(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"instant {instant} must be aware")
    return instant.astimezone(CHINA)
