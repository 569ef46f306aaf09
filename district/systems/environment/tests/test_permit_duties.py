from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.systems.environment.permit_duties import MONTHS, dues, expiry, period_ends

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@given(st.sampled_from(sorted(MONTHS)), DAYS, st.integers(0, 2000))
def test_periods_end_on_the_last_day_of_their_month_in_order(every: str, start: date, length: int):
    end = start + timedelta(days=length)
    ends = list(period_ends(every, start, end))
    assert ends == sorted(set(ends))
    for each in ends:
        assert start <= each <= end
        assert (each + timedelta(days=1)).day == 1
        assert each.month % MONTHS[every] == 0


@given(DAYS)
def test_a_year_has_four_quarters(start: date):
    first = date(start.year, 1, 1)
    assert [day.month for day in period_ends("quarter", first, date(start.year, 12, 31))] == [3, 6, 9, 12]


def test_a_duty_is_overdue_after_its_grace_and_done_when_proved():
    found = dues(
        "quarter",
        15,
        date(2026, 1, 1),
        date(2026, 12, 31),
        date(2026, 7, 20),
        {date(2026, 3, 31): date(2026, 4, 10)},
    )
    assert [(due.period_ends_on.month, due.state) for due in found] == [
        (9, "waiting"),
        (6, "overdue"),
        (3, "done"),
    ]


def test_a_duty_done_after_its_day_is_marked_late():
    found = dues(
        "year",
        15,
        date(2025, 1, 1),
        date(2025, 12, 31),
        date(2026, 3, 1),
        {date(2025, 12, 31): date(2026, 2, 1)},
    )
    assert [due.state for due in found] == ["done_late"]


@pytest.mark.parametrize(("days", "stage"), [(61, "fine"), (60, "renew"), (0, "renew"), (-1, "expired")])
def test_renewal_is_due_sixty_days_before_the_end(days: int, stage: str):
    today = date(2026, 5, 1)
    assert expiry(today + timedelta(days=days), today).stage == stage
