"""Means, percentiles and limits of ambient air."""

from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.systems.environment.air_evaluation import (
    ambient_limit,
    evaluate_month,
    evaluate_year,
    exceed_multiple,
    good_day_rate,
    heavy_pollution_level,
    percentile,
)
from district.systems.environment.air_means import (
    daily_means,
    is_hour_valid,
    is_month_valid,
    is_quarter_valid,
    is_year_valid,
    moving_means,
    ozone_8h_means,
    ozone_daily_maximum,
)
from district.systems.environment.air_quality import sub_index
from district.systems.environment.quantities import BadQuantity, exact_mean

READING = st.one_of(st.none(), st.integers(0, 9999).map(lambda n: n / 10))


def as_hours(values):
    return np.array([[np.nan if value is None else value for value in values]])


def year_of(value, year=2025):
    return {date(year, 1, 1) + timedelta(days=n): value for n in range(365)}


SIX = {"PM2.5": 35, "PM10": 70, "SO2": 60, "NO2": 40, "CO": 4, "O3": 160}


@given(st.lists(READING, min_size=24, max_size=24))
def test_a_day_needs_twenty_hours_and_its_mean_is_the_exact_one(values):
    got = daily_means(as_hours(values))
    there = [value for value in values if value is not None]
    assert got.count[0] == len(there)
    assert bool(got.is_valid[0]) == (len(there) >= 20)
    assert np.isnan(got.value[0]) if len(there) < 20 else got.value[0] == float(exact_mean(there) or 0)


def test_a_mean_that_is_a_tie_stays_a_tie():
    tenths = as_hours([0.1, 0.2] * 6 + [1.4, 0.1] * 6)
    mean = daily_means(tenths).value[0]
    assert mean == 0.45
    assert sub_index("CO", "24h", mean, "HJ 633-2012").concentration * 10 == 4
    assert daily_means(as_hours([35, 36] * 12)).value[0] == 35.5


@given(st.lists(READING, min_size=24, max_size=24))
def test_ozone_windows_equal_a_plain_calculation(values):
    windows = ozone_8h_means(as_hours(values))[0]
    assert len(windows) == 17
    for end in range(8, 25):
        there = [value for value in values[end - 8 : end] if value is not None]
        wanted = float(sum(map(Fraction, map(str, there))) / len(there)) if len(there) >= 6 else np.nan
        np.testing.assert_equal(windows[end - 8], wanted)


def test_the_ozone_day_needs_fourteen_windows_unless_the_limit_is_passed_already():
    short = [None] * 13 + [100.0] * 11
    assert not ozone_daily_maximum(as_hours(short)).is_valid[0]
    high = [None] * 13 + [161.0] * 11
    got = ozone_daily_maximum(as_hours(high))
    assert got.is_valid[0]
    assert got.value[0] == 161
    assert not ozone_daily_maximum(as_hours([None] * 13 + [160.0] * 11)).is_valid[0]
    assert ozone_daily_maximum(as_hours([None] * 5 + [90.0] * 19)).count[0] == 14
    assert ozone_daily_maximum(as_hours([None] * 24)).count[0] == 0


def test_moving_means_look_back_only():
    means = moving_means(np.array([1.0, 2.0, np.nan, 4.0]), length=2, at_least=1)
    assert means.tolist() == [1.0, 1.5, 2.0, 4.0]
    assert np.isnan(moving_means(np.array([1.0, 2.0]), length=24, at_least=20)).all()


def test_spans_are_valid_at_their_thresholds():
    assert is_hour_valid(45)
    assert not is_hour_valid(44)
    assert is_month_valid(2025, 3, 27)
    assert not is_month_valid(2025, 3, 26)
    assert is_month_valid(2025, 2, 25)
    assert not is_month_valid(2025, 2, 24)
    assert is_quarter_valid([5, 5, 5])
    assert not is_quarter_valid([4, 10, 10])
    days = list(year_of(1))
    assert is_year_valid(days)
    assert not is_year_valid([day for day in days if day.day > 4]), "months with too few days"


@given(st.lists(st.integers(0, 500), min_size=1, max_size=60), st.integers(0, 100))
def test_percentiles_agree_with_numpy_whose_default_is_the_same_rule(values, percent):
    assert float(percentile(values, percent)) == pytest.approx(np.percentile(values, percent))


def test_a_percentile_is_exact():
    assert percentile(range(1, 12), 95) == Fraction(21, 2)
    assert percentile(["0.1", "0.2"], 50) == Fraction(15, 100)


@pytest.mark.parametrize(
    ("on", "limit"),
    [(date(2026, 2, 28), 75), (date(2026, 3, 1), 60), (date(2030, 12, 31), 60), (date(2031, 1, 1), 50)],
)
def test_the_daily_limit_follows_the_date(on, limit):
    assert ambient_limit("PM2.5", "24h", on) == limit


def test_limits_that_do_not_exist_are_refused():
    with pytest.raises(BadQuantity):
        ambient_limit("O3", "annual", date(2026, 5, 1))
    with pytest.raises(BadQuantity):
        ambient_limit("SO2", "24h", date(2026, 5, 1), grade=3)


def test_exceed_multiples_count_from_the_limit():
    assert exceed_multiple("0.15", "0.1") == Fraction(1, 2)
    assert exceed_multiple(75, 75) == 0


def test_a_year_exactly_at_all_limits_meets_them_and_has_index_six():
    got = evaluate_year({key: year_of(value) for key, value in SIX.items()}, 2025)
    assert got.composite_index == 6
    assert got.meets is True
    assert all(part.single_index == 1 for part in got.pollutants)
    worse = evaluate_year({key: year_of(value + (key == "PM2.5")) for key, value in SIX.items()}, 2025)
    assert worse.meets is False


def test_a_missing_pollutant_leaves_no_composite_index():
    got = evaluate_year({key: year_of(value) for key, value in SIX.items() if key != "O3"}, 2025)
    assert got.composite_index is None
    assert got.meets is None


def test_a_month_uses_its_own_validity_and_the_limits_of_its_date():
    values = {key: {date(2026, 3, day): value for day in range(1, 32)} for key, value in SIX.items()}
    got = evaluate_month(values, date(2026, 3, 1), date(2026, 3, 31))
    by_name = {part.pollutant: part for part in got.pollutants}
    assert by_name["PM2.5"].single_index == Fraction(35, 30)
    assert by_name["PM2.5"].meets is False
    assert by_name["SO2"].is_valid
    weighted = evaluate_month(
        values, date(2026, 3, 1), date(2026, 3, 31), weights={"PM2.5": 3, "O3": 2, "NO2": 2}
    )
    assert (got.composite_index, weighted.composite_index) == (Fraction("6.33"), Fraction("10.67"))


def test_good_days_are_counted_among_valid_days_only():
    assert good_day_rate([50, 100, 101, None]) == (2, 3, pytest.approx(200 / 3))
    assert good_day_rate([None]) == (0, 0, None)


@pytest.mark.parametrize(
    ("aqis", "level"),
    [
        ([150, 150], ""),
        ([151, 151], "黄"),
        ([201], "黄"),
        ([201, 201], "橙"),
        ([151, 151, 151], "橙"),
        ([201, 301, 201], "红"),
        ([201, 201, 201], "橙"),
        ([201, None, 201], "黄"),
    ],
)
def test_heavy_pollution_starts_at_the_unified_levels(aqis, level):
    assert heavy_pollution_level(aqis) == level
