"""The clocks of many cases at once: the same rules as `clocks`, on columns of instants, for cases without suspension.

Instants are numpy `datetime64` in UTC, as PostgreSQL's columns arrive; NaT stays NaT.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from district.kernel.cases.clocks import LAST_PART, OFFICE, Kind, Limit, Office

Instants = NDArray[np.datetime64]
Seconds = NDArray[np.int64]

DAY = 86_400
CHINA_OFFSET = 8 * 3_600
GREEN, YELLOW, RED = 0, 1, 2
LEAST_ROOM = 400
"""Days looked beyond the last instant at least: the longest chain of days off is a tenth of that."""


def due_many(starts: Instants, limit: Limit, *, office: Office = OFFICE) -> Instants:
    """When a limit that starts at each instant is used up."""
    local, known = _local(starts)
    if limit.kind is Kind.NATURAL_HOURS:
        return _instants(local + round(limit.amount * 3_600), known)
    table = _table_for(local, office, round(limit.amount))
    if limit.kind is Kind.WORKING_DAYS:
        day = table.day_of_rank(table.days_until(local // DAY) + int(limit.amount))
        return _instants(day * DAY + table.closes, known)
    return _instants(table.instant_at(table.worked(local) + round(limit.amount * 3_600)), known)


def elapsed_many(
    starts: Instants, ats: Instants, kind: Kind | str, *, office: Office = OFFICE
) -> NDArray[np.float64]:
    """Hours or days used up from each start to each instant; 0 when it is not later, NaN where one is unknown."""
    (start, has_start), (at, has_at) = _local(starts), _local(ats)
    at = np.maximum(start, at)
    if Kind(kind) is Kind.NATURAL_HOURS:
        used = (at - start) / 3_600
    else:
        table = _table_for(np.concatenate([start, at]), office, 0)
        if Kind(kind) is Kind.WORKING_HOURS:
            used = (table.worked(at) - table.worked(start)) / 3_600
        else:
            closed = at // DAY - (at % DAY < table.closes)
            used = np.maximum(0, table.days_until(closed) - table.days_until(start // DAY)).astype(float)
    return np.where(has_start & has_at, used, np.nan)


def lights_many(
    now: np.datetime64,
    starts: Instants,
    dues: Instants,
    kind: Kind | str = Kind.WORKING_DAYS,
    *,
    office: Office = OFFICE,
) -> NDArray[np.int8]:
    """GREEN, YELLOW or RED for each pair; GREEN where there is no deadline."""
    (start, _), (due, has_due) = _local(starts), _local(dues)
    at = int(_local(np.array([now]))[0][0])
    start = np.minimum(start, due)
    kind = Kind(kind)
    if kind is Kind.NATURAL_HOURS:
        warn = due - np.minimum((due - start) * LAST_PART, DAY)
        late = due
        return _coloured(at, warn, due, late, has_due)
    table = _table_for(np.concatenate([start, due, [at]]), office, 0)
    left = np.full(len(due), table.day_length, dtype=float)
    if kind is Kind.WORKING_HOURS:
        left = np.minimum((table.worked(due) - table.worked(start)) * LAST_PART, left)
    is_near = (table.worked(due) - table.worked(np.array([at]))[0] <= left) & (at >= start)
    late = due
    if kind is Kind.WORKING_DAYS:
        late = table.day_of_rank(table.days_until(due // DAY) + 1) * DAY + table.opens
    return np.where(
        has_due, np.where((at > due) & (at >= late), RED, np.where(is_near, YELLOW, GREEN)), GREEN
    ).astype(np.int8)


def _coloured(
    at: int, warn: Seconds, due: Seconds, late: Seconds, has_due: NDArray[np.bool_]
) -> NDArray[np.int8]:
    colour = np.where((at > due) & (at >= late), RED, np.where(at >= warn, YELLOW, GREEN))
    return np.where(has_due, colour, GREEN).astype(np.int8)


class _WorkTable:
    """Working days of a stretch, counted from its first day; all instants in it are local seconds since 1970."""

    def __init__(self, first: int, days: int, office: Office) -> None:
        self.first = first
        works = [office.is_working(date(1970, 1, 1) + timedelta(days=first + ahead)) for ahead in range(days)]
        self.ranks = np.cumsum(np.array(works, dtype=np.int64))
        self.working = first + np.flatnonzero(works)
        self.starts = np.array([_second(start) for start, _ in office.spans])
        self.ends = np.array([_second(until) for _, until in office.spans])
        self.before = np.concatenate([[0], np.cumsum(self.ends - self.starts)])
        self.opens, self.closes, self.day_length = (
            int(self.starts[0]),
            int(self.ends[-1]),
            int(self.before[-1]),
        )

    def days_until(self, day: Seconds) -> Seconds:
        """Working days from the first of the table to `day`, which counts."""
        return self.ranks[day - self.first]

    def day_of_rank(self, rank: Seconds) -> Seconds:
        """The working day of that running number, from 1."""
        return self.working[rank - 1]

    def worked(self, local: Seconds) -> Seconds:
        """Working seconds from the start of the table to each instant."""
        day, second = local // DAY, local % DAY
        is_working = self.ranks[day - self.first] - self.ranks[day - 1 - self.first]
        within = np.zeros(len(local), dtype=np.int64)
        for start, end in zip(self.starts, self.ends, strict=True):
            within += np.clip(second, start, end) - start
        return (self.ranks[day - self.first] - is_working) * self.day_length + within * is_working

    def instant_at(self, worked: Seconds) -> Seconds:
        """The earliest instant by which that many working seconds have passed."""
        whole = (worked - 1) // self.day_length
        within = worked - whole * self.day_length
        span = np.searchsorted(self.before[1:], within)
        return self.day_of_rank(whole + 1) * DAY + self.starts[span] + within - self.before[span]


@lru_cache(maxsize=16)
def _table(first: int, days: int, office: Office) -> _WorkTable:
    return _WorkTable(first, days, office)


def _table_for(local: Seconds, office: Office, amount: int) -> _WorkTable:
    """A table that reaches a little before the first instant and far enough beyond the last, of whole years."""
    low, high = int(local.min(initial=2**62)) // DAY - 30, int(local.max(initial=0)) // DAY
    if low > high:
        low = high - 30
    first = low // LEAST_ROOM * LEAST_ROOM
    days = -(-(high + LEAST_ROOM + 2 * amount - first) // LEAST_ROOM) * LEAST_ROOM
    return _table(first, days, office)


def _local(instants: Instants) -> tuple[Seconds, NDArray[np.bool_]]:
    """Local seconds since 1970 and which are known; an unknown one takes the place of the first that is known."""
    at = instants.astype("datetime64[s]")
    known = ~np.isnat(at)
    seconds = at.astype(np.int64) + CHINA_OFFSET
    filler = seconds[known][0] if known.any() else 0
    return np.where(known, seconds, filler), known


def _instants(local: Seconds, known: NDArray[np.bool_]) -> Instants:
    return np.where(known, (local - CHINA_OFFSET).astype("datetime64[s]"), np.datetime64("NaT", "s"))


def _second(moment: time) -> int:
    return moment.hour * 3_600 + moment.minute * 60 + moment.second
