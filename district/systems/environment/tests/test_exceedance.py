"""Limits by hour and by day, and the states that exempt."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.systems.environment.exceedance import Limit, exempt_hours, judge_day, judge_hours
from district.systems.environment.quantities import BadQuantity
from district.systems.environment.spans import runs
from district.systems.environment.validity import Verdict


def valid(count):
    return np.full(count, Verdict.VALID, dtype=np.int8)


@given(st.lists(st.booleans()), st.integers(1, 4))
def test_runs_cover_exactly_the_true_stretches(flags, at_least):
    found = runs(np.array(flags, dtype=bool), at_least)
    covered = {place for start, stop in found for place in range(start, stop)}
    for start, stop in found:
        assert all(flags[start:stop])
        assert stop - start >= at_least
        assert start == 0 or not flags[start - 1]
        assert stop == len(flags) or not flags[stop]
    if at_least == 1:
        assert covered == {place for place, flag in enumerate(flags) if flag}


def test_the_limit_itself_is_allowed():
    got = judge_hours([50.0, 50.000001, 49.9], Limit(50), valid(3))
    assert got.is_exceeding.tolist() == [False, True, False]


def test_only_valid_hours_can_exceed():
    worth = np.array([Verdict.VALID, Verdict.INVALID, Verdict.STOPPED, Verdict.MISSING], dtype=np.int8)
    assert judge_hours([90, 90, 90, np.nan], Limit(50), worth).is_exceeding.tolist() == [
        True,
        False,
        False,
        False,
    ]


def test_runs_are_one_exceedance_with_their_peak():
    got = judge_hours([10, 60, 75, 10, 55], Limit(50), valid(5)).exceedances
    assert [(one.start, one.stop, one.peak, one.multiple) for one in got] == [
        (1, 3, 75, pytest.approx(0.5)),
        (4, 5, 55, pytest.approx(0.1)),
    ]


def test_starting_up_is_exempt_only_so_long():
    states = ["running", *["starting"] * 6, "banked", "banked"]
    assert exempt_hours(states).tolist() == [False] + [True] * 4 + [False] * 2 + [True] * 2
    got = judge_hours([90.0] * 9, Limit(50), valid(9), states)
    assert got.is_exceeding.sum() == 3
    assert got.is_exempt.sum() == 6
    strict = judge_hours([90.0] * 9, Limit(50), valid(9), states, exemptions={})
    assert strict.is_exceeding.all()


def test_a_range_has_two_sides_and_no_multiple():
    got = judge_hours([5.5, 7, 9.5], Limit(high=9, low=6), valid(3)).exceedances
    assert [(one.peak, one.multiple) for one in got] == [(5.5, None), (9.5, None)]
    assert judge_day(6, Limit(high=9, low=6)) == (False, None)
    assert judge_day("5.99", Limit(high=9, low=6)) == (True, None)


def test_water_is_judged_by_the_mean_of_the_day():
    assert judge_day(50, Limit(50)) == (False, None)
    assert judge_day(60, Limit(50)) == (True, pytest.approx(0.2))
    assert judge_day(None, Limit(50)) == (None, None)
    with pytest.raises(BadQuantity):
        Limit()
