"""Where an indicator is heading."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ..forecasting import FEWEST_DAYS, Kind, outlook, trend_of

TODAY = date(2026, 11, 27)
DUE = date(2027, 3, 1)


def line(days: int, level: float, slope: float) -> list[tuple[date, float]]:
    """Values up to today, `level` being today's."""
    return [(TODAY - timedelta(n), level - slope * n) for n in range(days)]


@given(st.integers(FEWEST_DAYS + 5, 60), st.floats(40, 60), st.floats(-0.3, 0.3))
def test_a_straight_line_is_continued_and_one_wild_day_changes_nothing(days, level, slope):
    rows = line(days, level, slope)
    found = outlook(rows, 80, DUE, TODAY)
    expected = min(max(level + slope * (DUE - TODAY).days, 0), 100)
    assert found.kind is Kind.DUE
    assert found.value == pytest.approx(expected, abs=1e-6)
    assert found.low <= found.value + 1e-9
    assert found.value <= found.high + 1e-9
    wild = [*rows[:3], (rows[3][0], 0.0), *rows[4:]]
    assert outlook(wild, 80, DUE, TODAY).slope == pytest.approx(slope, abs=0.15 * abs(slope) + 0.05)


@given(st.lists(st.floats(0, 100), min_size=FEWEST_DAYS, max_size=40), st.floats(1, 99))
def test_what_is_said_stays_a_per_cent_and_in_order(values, target):
    rows = [(TODAY - timedelta(2 * n), value) for n, value in enumerate(values)]
    found = outlook(rows, target, DUE, TODAY)
    assert 0 <= found.low <= found.value <= found.high <= 100
    assert found.slope_low <= found.slope <= found.slope_high
    late = outlook(rows, target, date(2021, 1, 1), TODAY)
    assert late.kind in (Kind.REACHED, Kind.REACHES, Kind.NEVER)
    assert (late.kind is Kind.REACHED) == (values[0] >= target)
    if late.kind is Kind.REACHES:
        assert TODAY <= late.from_on <= late.on
        assert late.until_on is None or late.on <= late.until_on


@given(st.lists(st.floats(0, 100), max_size=FEWEST_DAYS - 1))
def test_few_days_are_not_enough_to_say_anything(values):
    rows = [(TODAY - timedelta(9 * n), value) for n, value in enumerate(values)]
    assert outlook(rows, 80, DUE, TODAY).kind is Kind.NOT_ENOUGH


def test_many_values_of_a_short_time_are_not_enough_either():
    assert outlook(line(FEWEST_DAYS + 1, 50, 0.1), 80, DUE, TODAY).kind is Kind.NOT_ENOUGH
    assert outlook(line(40, 50, 0.1), None, DUE, TODAY).kind is Kind.NO_TARGET


@given(st.integers(20, 60), st.floats(20, 60), st.floats(0.02, 0.5))
def test_past_its_day_it_is_said_when_the_target_would_be_met(days, level, slope):
    found = outlook(line(days, level, slope), 80, date(2021, 9, 30), TODAY)
    assert found.kind is Kind.REACHES
    assert abs((found.on - TODAY).days - (80 - level) / slope) <= 1.01


def test_one_that_falls_or_stands_is_never_met():
    for slope in (0.0, -0.1):
        assert outlook(line(30, 50, slope), 80, date(2021, 9, 30), TODAY).kind is Kind.NEVER


@given(st.integers(0, 1000))
def test_the_interval_of_the_slope_holds_the_true_slope_most_of_the_time(seed):
    import numpy as np

    noise = np.random.default_rng(seed).normal(0, 2, (40, 40))
    held = 0
    for row in noise:
        trend = trend_of([(TODAY - timedelta(n), 50 - 0.1 * n + row[n]) for n in range(40)])
        assume(trend is not None)
        held += trend.slope_low <= 0.1 <= trend.slope_high
    assert held >= 28
