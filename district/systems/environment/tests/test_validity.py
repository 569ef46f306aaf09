"""Which hours, days and quarters of a source count, and what stands in for the gaps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.systems.environment.quantities import BadQuantity
from district.systems.environment.substitution import substitute_gaps, substitute_rule
from district.systems.environment.validity import (
    Verdict,
    capture_rate,
    capture_rate_of,
    hour_mean,
    is_capture_enough,
    is_day_valid,
    is_month_valid,
    is_water_day_valid,
    verdicts,
)

V, X, M, S = Verdict.VALID, Verdict.INVALID, Verdict.MISSING, Verdict.STOPPED


def test_marks_and_states_decide_what_a_reading_is_worth():
    worth = verdicts(
        [1, 1, 1, 1, 1, 1, np.nan, -1, 1, np.nan], ["N", "F", "M", "C", "S", "?", "N", "N", "", "F"]
    )
    assert worth.tolist() == [V, S, X, X, V, X, M, X, V, S]
    assert verdicts([1], ["S"], accept_manual=False).tolist() == [X]
    assert verdicts([1, 1], ["N", "N"], ["running", "stopped"]).tolist() == [V, S]
    with pytest.raises(BadQuantity):
        verdicts([1, 2], ["N"])


@given(st.integers(0, 60), st.sampled_from("MDCTB"))
def test_an_hour_needs_forty_five_good_minutes_and_bad_ones_never_enter_its_mean(good, flag):
    got = hour_mean([10.0] * good + [999.0] * (60 - good), ["N"] * good + [flag] * (60 - good))
    assert got.valid_minutes == good
    assert (got.verdict == V) == (good >= 45)
    assert got.value == (10.0 if good >= 45 else None)


def test_an_hour_says_why_it_does_not_count():
    assert hour_mean([np.nan] * 60, ["N"] * 60).reason == "missing"
    assert hour_mean([5.0] * 60, ["F"] * 60).verdict == S
    assert hour_mean([5.0] * 44 + [np.nan] * 16, ["N"] * 60).reason == "too_few_minutes"
    assert hour_mean([5.0] * 9 + [np.nan] * 3, ["N"] * 12, minutes_each=5).verdict == V


def test_days_and_months_are_valid_at_their_thresholds():
    assert is_day_valid(20)
    assert not is_day_valid(19)
    assert is_day_valid(10, stopped_hours=12)
    assert not is_day_valid(9, stopped_hours=12)
    assert not is_day_valid(0, stopped_hours=24)
    assert (is_month_valid(1, 25), is_month_valid(1, 24)) == (True, False)
    assert (is_month_valid(2, 23), is_month_valid(2, 22)) == (True, False)
    assert (is_water_day_valid(18, 24), is_water_day_valid(17, 24)) == (True, False)
    assert is_water_day_valid(3, 6, at_least_percent=50)
    assert not is_water_day_valid(0, 0)


def test_capture_rate_leaves_out_the_hours_the_source_stood_still():
    assert capture_rate(2160, 540) == 75
    assert capture_rate(100, 10, stopped=60) == 75
    assert capture_rate(24, 0, stopped=24) is None
    assert is_capture_enough(75)
    assert not is_capture_enough(74.9)
    assert is_capture_enough(None)
    assert capture_rate_of(np.array([V, X, M, V, S], dtype=np.int8)) == 50
    with pytest.raises(BadQuantity):
        capture_rate(10, 11)


@pytest.mark.parametrize(
    ("rate", "hours", "wanted"),
    [
        (100, 1, "180"),
        (90, 24, "180"),
        (90, 25, "720"),
        (89.99, 24, "2160"),
        (75, 500, "2160"),
        (74.99, 1, ""),
    ],
)
def test_the_rule_follows_capture_rate_and_gap_length(rate, hours, wanted):
    assert substitute_rule(rate, hours)["lookback_hours"] == wanted


@given(
    st.lists(st.sampled_from([V, V, V, X, M, S]), min_size=1, max_size=400),
    st.sampled_from([95.0, 80.0]),
    st.randoms(use_true_random=False),
)
def test_substitutes_equal_a_plain_search_backwards(worth, rate, random):
    values = [random.randint(0, 99) for _ in worth]
    got = substitute_gaps(values, np.array(worth, dtype=np.int8), rate)
    for gap in got.gaps:
        hours = [hour for hour in range(gap.start, gap.stop) if worth[hour] != S]
        assert all(worth[hour] in (X, M) for hour in hours)
        back = 2160 if rate < 90 else 180 if len(hours) <= 24 else 720
        history = [values[hour] for hour in range(gap.start) if worth[hour] == V][-back:]
        assert gap.value == (max(history) if history else None)
        assert gap.found_hours == len(history)
    filled = sum(gap.hours for gap in got.gaps if gap.value is not None)
    assert int(got.is_substituted.sum()) == filled
    assert sum(gap.hours for gap in got.gaps) == sum(one in (X, M) for one in worth)
    for hour, one in enumerate(worth):
        if one == V:
            assert got.values[hour] == values[hour]
            assert not got.is_substituted[hour]
        if one == S:
            assert np.isnan(got.values[hour])


def test_a_long_gap_looks_further_back():
    values = [500.0] + [10.0] * 200 + [0.0] * 25
    worth = np.array([V] * 201 + [X] * 25, dtype=np.int8)
    assert substitute_gaps(values, worth, 95).gaps[0].value == 500
    assert substitute_gaps(values[:-1], worth[:-1], 95).gaps[0].value == 10
    assert substitute_gaps(values, worth, 95).gaps[0].reason == "max_of_720"


def test_below_three_quarters_captured_only_manual_data_may_stand_in():
    got = substitute_gaps([1.0, 2.0], np.array([V, X], dtype=np.int8), 60)
    assert got.gaps[0].reason == "manual_data_required"
    assert np.isnan(got.values[1])
    assert not got.is_substituted.any()
