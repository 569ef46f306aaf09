"""Days of service by the Chinese calendar: working days, days off, holidays; the spring travel rush, the summer timetable. Pure.

Which days offices work follows the State Council's notices (`kernel.cases.calendar`). The spring travel rush (春运) lasts 40 days
from the fifteenth day before Spring Festival, as the ministries announce it each year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import lru_cache

from district.kernel.cases.calendar import day_name, is_working_day

DAY_TYPES = ("work", "rest", "holiday")
SEASONS = ("plain", "spring", "summer")
SUMMER = ("0701", "0831")
SPRING_BEFORE, SPRING_DAYS = 15, 40


@lru_cache(maxsize=8192)
def type_of(day: date) -> str:
    """work (make-up days too), rest (Saturday or Sunday off), holiday (a run of days off with a statutory holiday in it)."""
    if is_working_day(day):
        return "work"
    first = last = day
    while not is_working_day(first - timedelta(days=1)):
        first -= timedelta(days=1)
    while not is_working_day(last + timedelta(days=1)):
        last += timedelta(days=1)
    run = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return "holiday" if any(day_name(each) or each.weekday() < 5 for each in run) else "rest"


@lru_cache(maxsize=64)
def spring_festival(year: int) -> date:
    """The first day of the first lunar month."""
    days = (date(year, 1, 20) + timedelta(days=n) for n in range(34))
    return next((day for day in days if "春节" in day_name(day)), date(year, 2, 5))


def season_of(day: date, summer: tuple[str, str] = SUMMER) -> str:
    """plain, spring or summer; `summer`: first and last day as MMDD."""
    begin = spring_festival(day.year) - timedelta(days=SPRING_BEFORE)
    if begin <= day < begin + timedelta(days=SPRING_DAYS):
        return "spring"
    return "summer" if summer[0] <= f"{day:%m%d}" <= summer[1] else "plain"


def days_between(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def days_of(types: Collection[str], seasons: Collection[str], first: date, last: date,
            summer: tuple[str, str] = SUMMER) -> set[date]:  # fmt: skip
    """The days of some types within some seasons (none named: all)."""
    return {day for day in days_between(first, last)
            if type_of(day) in types and (not seasons or season_of(day, summer) in seasons)}  # fmt: skip


def as_week(days: set[date]) -> tuple[str, date | None, date | None, frozenset[date], frozenset[date]]:
    """Days as GTFS writes them: week ("" when no day of the week is regular), first, last, added, removed; the fewest rows."""
    if not days:
        return "", None, None, frozenset(), frozenset()
    first, last = min(days), max(days)
    all_of: Counter[int] = Counter()
    served: Counter[int] = Counter()
    for day in days_between(first, last):
        all_of[day.weekday()] += 1
        served[day.weekday()] += day in days
    regular = {number for number in range(7) if served[number] * 2 > all_of[number]}
    if not regular:
        return "", None, None, frozenset(days), frozenset()
    by_week = {day for day in days_between(first, last) if day.weekday() in regular}
    week = "".join("1" if number in regular else "0" for number in range(7))
    return week, first, last, frozenset(days - by_week), frozenset(by_week - days)


def from_week(week: str, first: date | None, last: date | None, added: Collection[date], removed: Collection[date]) -> set[date]:
    """The days that GTFS means."""
    regular = {day for day in days_between(first, last) if week[day.weekday()] == "1"} if week and first and last else set()
    return (regular | set(added)) - (set(removed) - set(added))
