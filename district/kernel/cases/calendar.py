"""Which days offices in China work: weekends, statutory holidays, and the make-up days of the State Council's notices.

Source: 全国年节及纪念日放假办法 and the yearly 国务院办公厅关于部分节假日安排的通知, as carried by the package `holidays`.
A year whose notice is not out yet has weekends and statutory days only (those on a weekend made good on the next
working day, Article 6 of the decree); its days are provisional.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

import holidays


@cache
def last_announced_year() -> int:
    """The newest year whose notice with make-up days is known."""
    return max(_china(2000).special_public_holidays)


@lru_cache(maxsize=65536)
def is_working_day(day: date) -> bool:
    """Whether offices work on a day. From 1950 on; see `is_provisional` for days of years to come."""
    return bool(_china(day.year).is_working_day(day))


def is_provisional(day: date) -> bool:
    """Whether the day's year has no notice yet: its holidays may still be lengthened and made up for."""
    return day.year > last_announced_year()


def working_days(first: date, last: date) -> Iterator[date]:
    """The working days from `first` to `last`, both included."""
    day = first
    while day <= last:
        if is_working_day(day):
            yield day
        day += timedelta(days=1)


def next_working_day(day: date) -> date:
    """The first working day after `day`."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def day_name(day: date) -> str:
    """The holiday's name in Chinese, or empty."""
    return str(_china(day.year).get(day, ""))


@lru_cache(maxsize=256)
def _china(year: int) -> Any:
    # The notice of the next year may name working days in December of this one (as those of 2006 and 2007 did).
    return holidays.country_holidays("CN", years=(year, year + 1), expand=False, language="zh_CN")
