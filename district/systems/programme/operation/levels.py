"""Service levels out of minutes and tickets. Pure: rows in, figures out, so that anybody can reckon them again.

availability   minutes up ÷ minutes that count; a minute not looked at counts as not up, agreed maintenance does not count
restore        the longest outage, minutes (from the first minute down to the last before it was up again)
response       95th percentile of a page's time over the minutes up, ms
tickets        tickets closed in time ÷ tickets closed or overdue
devices        devices online ÷ devices in use, mean over the minutes up
jobs           background runs that finished ÷ those that finished or failed
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
MEASURES = ("availability", "restore", "response", "tickets", "devices", "jobs")
HIGHER_IS_BETTER = {
    "availability": True,
    "restore": False,
    "response": False,
    "tickets": True,
    "devices": True,
    "jobs": True,
}


@dataclass(frozen=True)
class Minute:
    at: datetime
    is_up: bool
    page_ms: int | None = None
    devices: int = 0
    devices_online: int = 0


@dataclass(frozen=True)
class Measured:
    """`value` None: nothing to reckon from, and nothing is deducted. `part` of `whole` are the figures it comes from."""

    measure: str
    value: float | None
    part: float = 0
    whole: float = 0


@dataclass(frozen=True)
class Outage:
    """From its first minute to the end of its last. `is_unseen`: nobody looked during all of it."""

    begins_at: datetime
    ends_at: datetime
    is_unseen: bool

    @property
    def minutes(self) -> int:
        return round((self.ends_at - self.begins_at) / MINUTE)


@dataclass(frozen=True)
class Span:
    """A time [begins_at, ends_at) of agreed maintenance."""

    begins_at: datetime
    ends_at: datetime


def minutes_that_count(begin: datetime, end: datetime, maintenance: Iterable[Span]) -> list[datetime]:
    """The whole minutes of [begin, end), less agreed maintenance."""
    spans = sorted((span.begins_at, span.ends_at) for span in maintenance)
    found = []
    at = begin
    while at < end:
        if not any(first <= at < last for first, last in spans):
            found.append(at)
        at += MINUTE
    return found


def availability(seen: Iterable[Minute], counting: Sequence[datetime]) -> Measured:
    up = {minute.at for minute in seen if minute.is_up}
    good = sum(at in up for at in counting)
    return Measured("availability", good / len(counting) if counting else None, good, len(counting))


def outages(seen: Iterable[Minute], counting: Sequence[datetime]) -> list[Outage]:
    """Runs of counting minutes that were not up. What lies on both sides of agreed maintenance is not one outage."""
    known = {minute.at: minute.is_up for minute in seen}
    found: list[Outage] = []
    run: list[datetime] = []
    for at in [*counting, None]:
        if run and (at is None or at != run[-1] + MINUTE or known.get(at, False)):
            found.append(Outage(run[0], run[-1] + MINUTE, all(each not in known for each in run)))
            run = []
        if at is not None and not known.get(at, False):
            run.append(at)
    return found


def restore(down: Sequence[Outage]) -> Measured:
    """No outage: nothing to be restored, 0 minutes."""
    longest = max((outage.minutes for outage in down), default=0)
    return Measured("restore", longest, sum(outage.minutes for outage in down), len(down))


def response(seen: Iterable[Minute]) -> Measured:
    """The nearest-rank percentile: the smallest time that 95 of 100 do not exceed."""
    times = sorted(minute.page_ms for minute in seen if minute.is_up and minute.page_ms is not None)
    if not times:
        return Measured("response", None)
    return Measured(
        "response", times[math.ceil(0.95 * len(times)) - 1], math.ceil(0.95 * len(times)), len(times)
    )


def devices(seen: Iterable[Minute]) -> Measured:
    shares = [minute.devices_online / minute.devices for minute in seen if minute.is_up and minute.devices]
    return Measured(
        "devices", math.fsum(shares) / len(shares) if shares else None, math.fsum(shares), len(shares)
    )


def share(measure: str, good: int, whole: int) -> Measured:
    return Measured(measure, good / whole if whole else None, good, whole)
