from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from district.kernel.cases.calendar import is_working_day
from district.systems.programme.projects.buying import (
    FEWEST_BIDS,
    Offer,
    earliest_due,
    fault,
    objections_until,
    winner,
    working_day_after,
)
from district.systems.programme.projects.rules import is_large, missing_reports, months_later

offer = st.builds(Offer, st.sampled_from("ABCDEFGH"), st.integers(1, 200), st.floats(0, 100), st.booleans())
offers = st.lists(offer, max_size=6, unique_by=lambda each: each.firm)
methods = st.sampled_from(sorted(FEWEST_BIDS))


@settings(max_examples=60)
@given(method=methods, offered=offers, ceiling=st.integers(1, 200))
def test_there_is_a_winner_exactly_when_nothing_forbids_it(method, offered, ceiling):
    found = winner(method, ceiling, offered)
    assert (found is None) == bool(fault(method, ceiling, offered))
    if found is not None:
        assert found.is_valid
        assert found.amount_fen <= ceiling
        fitting = [each for each in offered if each.is_valid and each.amount_fen <= ceiling]
        if method in ("negotiation", "inquiry", "single"):
            assert found.amount_fen == min(each.amount_fen for each in fitting)
        else:
            assert found.points == max(each.points for each in fitting)


def test_bids_of_an_open_tender_are_due_twenty_days_after_its_notice():
    assert earliest_due("open", date(2026, 3, 2), is_working_day) == date(2026, 3, 22)


def test_working_days_leave_out_holidays():
    # The spring festival of 2026: off from 15 to 23 February, worked on Saturday the 14th and the 28th.
    assert working_day_after(date(2026, 2, 13), 2, is_working_day) == date(2026, 2, 24)


def test_objections_end_after_seven_working_days():
    assert objections_until(date(2026, 3, 2), is_working_day) == date(2026, 3, 11)


@given(day=st.dates(date(2020, 1, 1), date(2040, 1, 1)), months=st.integers(0, 60))
def test_months_later_falls_in_the_month_meant(day, months):
    found = months_later(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day


@given(begun=st.dates(date(2024, 1, 1), date(2026, 1, 1)), days=st.integers(0, 400))
def test_a_report_is_missed_from_the_day_after_it_was_due(begun, days):
    on = begun + timedelta(days=days)
    missed = missing_reports(begun, on, set())
    assert all(months_later(month, 1).replace(day=5) < on for month in missed)
    assert missing_reports(begun, on, set(missed)) == []


def test_changes_are_large_by_their_sum_whatever_its_sign():
    assert is_large(-1_100, 10_000)
    assert not is_large(1_000, 10_000)
