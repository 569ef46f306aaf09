from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.systems.environment.deadlines import ANSWER_HOURS, after_working_hours, answer_due_at

CHINA = ZoneInfo("Asia/Shanghai")


def weekday(day: date) -> bool:
    return day.weekday() < 5


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (at(26, 9), 2, at(26, 11)),
        (at(26, 16, 30), 2, at(27, 9, 30)),
        (at(27, 16, 30), 2, at(30, 9, 30)),
        (at(28, 3), 9, at(30, 17, 30)),
        (at(26, 20), 1, at(27, 9, 30)),
    ],
)
def test_only_office_hours_of_working_days_count(start: datetime, hours: float, end: datetime):
    assert after_working_hours(start, hours, weekday) == end


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.sampled_from(sorted(ANSWER_HOURS)))
def test_a_deadline_lies_in_office_hours_after_the_start(start: datetime, kind: str):
    opened = start.replace(tzinfo=CHINA)
    due = answer_due_at(kind, opened, weekday)
    assert due > opened
    assert weekday(due.date())
    assert due - opened >= timedelta(hours=ANSWER_HOURS[kind])


def test_a_national_holiday_does_not_count_and_a_make_up_day_does():
    assert after_working_hours(datetime(2026, 9, 30, 17, tzinfo=CHINA), 1).date() == date(2026, 10, 8)
    assert after_working_hours(datetime(2026, 2, 14, 9, tzinfo=CHINA), 1).date() == date(2026, 2, 14)
