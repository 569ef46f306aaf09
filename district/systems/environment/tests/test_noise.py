"""Energy means, limits by zone, background correction, town levels."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.systems.environment.noise import (
    Period,
    day_night,
    day_night_level,
    energy_mean,
    judge,
    noise_limits,
    period_of,
    quality_level,
    source_level,
)
from district.systems.environment.quantities import BadQuantity

LEVEL = st.floats(20, 120)


def test_the_day_runs_from_six_to_twenty_two():
    assert [hour for hour in range(24) if period_of(hour) == "day"] == list(range(6, 22))


@given(st.lists(LEVEL, min_size=1, max_size=48))
def test_the_energy_mean_lies_between_the_plain_mean_and_the_loudest(levels):
    mean = energy_mean(levels)
    assert mean is not None
    assert sum(levels) / len(levels) - 1e-9 <= mean <= max(levels) + 1e-9


def test_ten_loud_minutes_dominate_an_hour():
    assert energy_mean([60, 70]) == pytest.approx(67.404, abs=1e-3)
    assert energy_mean([math.nan, 55]) == pytest.approx(55)
    assert energy_mean([]) is None


@given(LEVEL)
def test_night_weighs_ten_decibels_more(level):
    assert day_night_level(level, level - 10) == pytest.approx(level)
    assert day_night_level(level, level) > level


def test_levels_of_a_day_come_from_its_own_hours():
    hours: list[Any] = [45.0] * 6 + [60.0] * 16 + [45.0] * 2
    got = day_night(hours)
    assert (got.day, got.night) == (pytest.approx(60), pytest.approx(45))
    assert got.day_night == pytest.approx(10 * math.log10((16 * 10**6 + 8 * 10**5.5) / 24))
    assert day_night(hours[6:] + hours[:6], first_hour=6) == got
    few = day_night([None] * 11 + hours[11:])
    assert (few.day, few.night, few.day_night) == (None, None, None)
    assert (few.day_hours, few.night_hours) == (11, 2)
    with pytest.raises(BadQuantity):
        day_night([50.0] * 23)


@pytest.mark.parametrize(
    ("zone", "day", "night"),
    [("0", 50, 40), ("1", 55, 45), ("2", 60, 50), ("3", 65, 55), ("4a", 70, 55), ("4b", 70, 60)],
)
def test_a_level_on_the_limit_keeps_it_and_a_tenth_more_does_not(zone, day, night):
    limits: dict[Period, float] = {"day": day, "night": night}
    for period, limit in limits.items():
        assert not judge(limit, zone, period).is_exceeding
        assert not judge(limit + 0.05, zone, period).is_exceeding, "the tie goes to the even tenth"
        above = judge(f"{limit}.1", zone, period)
        assert above.is_exceeding
        assert above.excess == pytest.approx(0.1)


def test_sources_are_compared_in_whole_decibels():
    assert not judge("60.5", "2", "day", "factory").is_exceeding
    assert judge("60.51", "2", "day", "factory").is_exceeding
    assert judge("71", "", "day", "construction").excess == 1


def test_sudden_noise_at_night_has_its_own_limits():
    assert judge(60, "2", "night", "factory", "frequent").limit == 60
    assert judge(65, "2", "night", "factory", "occasional").limit == 65
    assert judge(66, "2", "night", burst="occasional").is_exceeding
    with pytest.raises(BadQuantity):
        judge(60, "2", "day", burst="occasional")


@pytest.mark.parametrize(
    ("difference", "correction"),
    [
        ("3", 3),
        ("3.4", 3),
        ("3.5", 2),
        ("4", 2),
        ("5.4", 2),
        ("5.5", 1),
        ("6", 1),
        ("10", 1),
        ("10.1", 0),
        ("30", 0),
    ],
)
def test_background_is_taken_off_by_the_table(difference, correction):
    measured = float(difference) + 50
    assert source_level(measured, 50) == pytest.approx(measured - correction)


def test_a_source_too_close_to_its_background_must_be_measured_again():
    assert source_level("52.9", "50") is None
    assert source_level(50, 55) is None


@pytest.mark.parametrize(
    ("level", "period", "scope", "number"),
    [
        (50, "day", "area", 1),
        ("50.04", "day", "area", 1),
        ("50.1", "day", "area", 2),
        (55, "day", "area", 2),
        ("65.1", "day", "area", 5),
        (40, "night", "area", 1),
        ("55.0", "night", "area", 4),
        (68, "day", "road", 1),
        ("68.1", "day", "road", 2),
        ("74.1", "day", "road", 5),
        ("64", "night", "road", 4),
    ],
)
def test_town_levels_change_at_their_edges(level, period, scope, number):
    assert quality_level(level, period, scope) == number


def test_unknown_zones_and_impossible_levels_are_refused():
    with pytest.raises(BadQuantity):
        noise_limits("5")
    with pytest.raises(BadQuantity):
        judge(500, "2", "day")
    with pytest.raises(BadQuantity):
        energy_mean([50, 1e6])
