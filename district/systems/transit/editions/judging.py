"""A feed judged by the canonical rules (package gtfs-validator) and at our own door.

Slow for large feeds (half a minute for half a million stop times): for jobs and commands, not for the thread of a page.
"""

from __future__ import annotations

import csv
import logging
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from .. import schedule
from .archive import looked_at, repeated_keys
from .notices import SAMPLES, Notice, ordered
from .own_rules import own_notices


@dataclass(frozen=True)
class Judgement:
    """What was found. `days`: first and last day of service, None for a feed that cannot be run at all."""

    notices: list[Notice]
    days: tuple[date, date] | None

    @property
    def is_usable(self) -> bool:
        """Whether it can be kept as an edition, if only as a draft with errors."""
        return self.days is not None

    @property
    def has_errors(self) -> bool:
        return any(each.severity == "ERROR" for each in self.notices)


def judged(feed: bytes, on: date) -> Judgement:
    """`on`: the day for rules about what has expired."""
    found = looked_at(feed)
    # NUL bytes are an error of the canonical rules' kind: the rest of the feed can still be judged.
    if any(each.code != "feed_nul_bytes" for each in found):
        return Judgement(ordered(found), None)
    found += canonical(feed, on)
    if not any(each.code == "duplicate_key" for each in found):
        try:
            found += repeated_keys(feed)
        except csv.Error as error:
            found.append(Notice("csv_parsing_failed", "ERROR", 1, ({"message": str(error)},)))
    days = None
    try:
        timetable = schedule.read(feed)
        found += own_notices(timetable)
        days = days_of(timetable)
    except schedule.FeedError as error:
        code = error.code if error.code in ("feed_no_days", "feed_no_trips") else "feed_unreadable"
        found.append(Notice(code, "ERROR", 1, ({"message": str(error)},)))
    return Judgement(ordered(found), days)


def canonical(feed: bytes, on: date) -> list[Notice]:
    """The notices of the canonical rules, the validator's own failures among them."""
    from gtfs_validator.notices import NoticeContainer
    from gtfs_validator.pipeline import run_validation

    notices, failures = NoticeContainer(), NoticeContainer()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "feed.zip"
        file.write_bytes(feed)
        _facts, is_open = run_validation(file, notices, failures, country_code="CN", validation_date=on)
    if not is_open:
        logging.getLogger(__name__).warning("the validator could not open a feed that was looked at before")
    found = []
    for container in (notices, failures):
        for key, group in container.grouped().items():
            samples = tuple({name: value for name, value in each.context.items() if value is not None}
                            for each in group[:SAMPLES])  # fmt: skip
            found.append(Notice(group[0].code, group[0].severity.name, container.count_for(key), samples))
    return found


def days_of(timetable: schedule.Schedule) -> tuple[date, date]:
    """First and last day on which a trip runs. Raises FeedError for a timetable without trips or days."""
    if not timetable.trips:
        raise schedule.FeedError("feed_no_trips", "GTFS：没有可用的班次")
    services = {trip.service_id for trip in timetable.trips.values()}
    calendar = timetable.calendar
    days: list[date] = []
    for service in services & calendar.weekly.keys():
        week, first, last = calendar.weekly[service]
        if not week or last < first:
            continue
        span = (last - first).days
        days += next(([day] for day in (first + timedelta(n) for n in range(span + 1)) if calendar.runs(service, day)), [])
        days += next(([day] for day in (last - timedelta(n) for n in range(span + 1)) if calendar.runs(service, day)), [])
    days += [day for service, day in calendar.added if service in services]
    if not days:
        raise schedule.FeedError("feed_no_days", "GTFS：没有任何运行日（请检查 calendar.txt 和 calendar_dates.txt）")
    return min(days), max(days)
