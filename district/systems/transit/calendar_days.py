"""Which services run on a day: calendar.txt and calendar_dates.txt of GTFS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Calendar:
    """`weekly`: service → (days of the week, first, last day); `added`, `removed`: (service, day)."""

    weekly: dict[str, tuple[frozenset[int], date, date]]
    added: frozenset[tuple[str, date]]
    removed: frozenset[tuple[str, date]]

    def runs(self, service_id: str, day: date) -> bool:
        """Whether a service runs; one that no file knows is taken to run."""
        if (service_id, day) in self.added:
            return True
        if (service_id, day) in self.removed:
            return False
        week = self.weekly.get(service_id)
        if week is None:
            return not any(service == service_id for service, _day in self.added)
        days, first, last = week
        return day.weekday() in days and first <= day <= last


def calendar_of(weekly: pd.DataFrame, exceptions: pd.DataFrame) -> Calendar:
    """From the two tables; rows that cannot be read are left out."""
    found: dict[str, tuple[frozenset[int], date, date]] = {}
    if {"service_id", "start_date", "end_date", *DAYS} <= set(weekly.columns):
        for row in weekly.to_dict("records"):
            first, last = _day(row["start_date"]), _day(row["end_date"])
            if first and last:
                found[row["service_id"]] = (frozenset(n for n, name in enumerate(DAYS) if row[name] == "1"), first, last)
    changes: dict[str, set[tuple[str, date]]] = {"1": set(), "2": set()}
    if {"service_id", "date", "exception_type"} <= set(exceptions.columns):
        for row in exceptions.to_dict("records"):
            day = _day(row["date"])
            if day and row["exception_type"] in changes:
                changes[row["exception_type"]].add((row["service_id"], day))
    return Calendar(found, frozenset(changes["1"]), frozenset(changes["2"]))


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
