"""The expected days are those of the State Council's notices for 2020 to 2026, written out by hand."""

from datetime import date, timedelta

import pytest

from district.kernel.cases.calendar import (
    day_name,
    is_provisional,
    is_working_day,
    last_announced_year,
    next_working_day,
    working_days,
)

MAKE_UP = {
    2020: "0119 0426 0509 0628 0927 1010",
    2021: "0207 0220 0425 0508 0918 0926 1009",
    2022: "0129 0130 0402 0424 0507 1008 1009",
    2023: "0128 0129 0423 0506 0625 1007 1008",
    2024: "0204 0218 0407 0428 0511 0914 0929 1012",
    2025: "0126 0208 0427 0928 1011",
    2026: "0104 0214 0228 0509 0920 1010",
}
OFF_ON_WEEKDAYS = {
    2020: "0101 0124 0127 0128 0129 0130 0131 0406 0501 0504 0505 0625 0626 1001 1002 1005 1006 1007 1008",
    2021: "0101 0211 0212 0215 0216 0217 0405 0503 0504 0505 0614 0920 0921 1001 1004 1005 1006 1007",
    2022: "0103 0131 0201 0202 0203 0204 0404 0405 0502 0503 0504 0603 0912 1003 1004 1005 1006 1007",
    2023: "0102 0123 0124 0125 0126 0127 0405 0501 0502 0503 0622 0623 0929 1002 1003 1004 1005 1006",
    2024: "0101 0212 0213 0214 0215 0216 0404 0405 0501 0502 0503 0610 0916 0917 1001 1002 1003 1004 1007",
    2025: "0101 0128 0129 0130 0131 0203 0204 0404 0501 0502 0505 0602 1001 1002 1003 1006 1007 1008",
    2026: "0101 0102 0216 0217 0218 0219 0220 0223 0406 0501 0504 0505 0619 0925 1001 1002 1005 1006 1007",
}


def days_of(year: int) -> list[date]:
    return [
        date(year, 1, 1) + timedelta(days=ahead)
        for ahead in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]


@pytest.mark.parametrize("year", MAKE_UP)
def test_weekends_worked_are_those_of_the_notice(year: int):
    worked = [f"{day:%m%d}" for day in days_of(year) if day.weekday() >= 5 and is_working_day(day)]
    assert worked == MAKE_UP[year].split()


@pytest.mark.parametrize("year", OFF_ON_WEEKDAYS)
def test_weekdays_off_are_those_of_the_notice(year: int):
    off = [f"{day:%m%d}" for day in days_of(year) if day.weekday() < 5 and not is_working_day(day)]
    assert off == OFF_ON_WEEKDAYS[year].split()


def test_a_make_up_day_before_new_year_belongs_to_the_notice_of_the_next_year():
    assert is_working_day(date(2006, 12, 30))
    assert is_working_day(date(2006, 12, 31))


def test_years_without_a_notice_are_provisional():
    assert last_announced_year() >= 2026
    assert not is_provisional(date(2026, 12, 31))
    beyond = last_announced_year() + 1
    assert is_provisional(date(beyond, 1, 1))
    assert not any(is_working_day(day) for day in days_of(beyond) if day.weekday() >= 5)
    assert not is_working_day(date(beyond, 10, 1))


def test_working_days_of_the_week_of_national_day():
    assert list(working_days(date(2026, 9, 30), date(2026, 10, 10))) == [
        date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10),
    ]  # fmt: skip
    assert next_working_day(date(2026, 9, 30)) == date(2026, 10, 8)
    assert day_name(date(2026, 10, 1)) == "国庆节"
