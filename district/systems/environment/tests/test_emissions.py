"""Conversions, masses and the use of permits."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.systems.environment.emissions import (
    at_reference_oxygen,
    dry_standard_concentration,
    dry_standard_flow,
    flow_weighted_mean,
    gas_mass_kg,
    mass_from_ppm,
    nitrogen_oxides,
    ph_day,
    totals,
    water_day,
)
from district.systems.environment.permit_use import quantity_use
from district.systems.environment.quantities import BadQuantity

HOUR = st.tuples(st.integers(0, 500), st.integers(0, 90))


def test_gases_in_ppm_become_milligrams():
    assert mass_from_ppm(100, "SO2") == pytest.approx(286)
    assert nitrogen_oxides(mass_from_ppm(100, "NO"), mass_from_ppm(10, "NO2")) == pytest.approx(
        1.53 * 134 + 20.5
    )
    with pytest.raises(BadQuantity):
        mass_from_ppm(1, "CO")


@given(st.floats(-20, 300), st.floats(80, 110), st.floats(0, 40), st.floats(1, 1e6), st.floats(0.1, 1e4))
def test_converting_flow_and_concentration_keeps_the_mass(celsius, kpa, moisture, flow, concentration):
    mass = dry_standard_flow(flow, celsius, kpa, moisture) * dry_standard_concentration(
        concentration, celsius, kpa, moisture
    )
    assert float(mass) == pytest.approx(flow * concentration)


def test_flow_at_standard_state_is_unchanged_and_hot_wet_gas_shrinks():
    assert dry_standard_flow(1000, 0, 101.325, 0) == pytest.approx(1000)
    assert dry_standard_flow(1000, 273, 101.325, 0) == pytest.approx(500)
    assert dry_standard_flow(1000, 0, 101.325, 10) == pytest.approx(900)
    assert np.isnan(dry_standard_flow([1, 1, 1], [20, -300, 20], [0, 101, 101], [5, 5, 100])).all()


def test_reference_oxygen_corrects_dilution():
    assert at_reference_oxygen(50, 9, 9) == pytest.approx(50)
    assert at_reference_oxygen(50, 15, 9) == pytest.approx(100)
    assert np.isnan(at_reference_oxygen([50, 50, 50], [21, 25, -1], 9)).all()
    with pytest.raises(BadQuantity):
        at_reference_oxygen(50, 9, 21)


def test_a_cubic_metre_of_milligrams_weighs_what_it_should():
    assert gas_mass_kg(100, 10_000) == pytest.approx(1)
    day = water_day([50.0] * 24, [10.0] * 24)
    assert (day.mean, day.mass_kg, day.flow_m3, day.hours) == (pytest.approx(50), pytest.approx(12), 240, 24)


@given(st.lists(HOUR, min_size=1, max_size=24))
def test_the_weighted_mean_equals_an_exact_one_and_stays_between_the_extremes(hours):
    concentrations, flows = zip(*hours, strict=True)
    got = flow_weighted_mean(concentrations, flows)
    if sum(flows) == 0:
        assert got is None
        return
    exact = Fraction(sum(c * q for c, q in hours), sum(flows))
    assert got == pytest.approx(float(exact))
    used = [c for c, q in hours if q]
    assert min(used) - 1e-9 <= (got or 0) <= max(used) + 1e-9


def test_hours_without_flow_or_value_do_not_weigh():
    nan = float("nan")
    assert flow_weighted_mean([10, nan, 1000, 40], [1, 5, 0, 1]) == pytest.approx(25)
    assert flow_weighted_mean([10, 99], [1, -5]) == pytest.approx(10)
    day = water_day([10, nan], [1, 3])
    assert (day.flow_m3, day.hours, day.mass_kg) == (4, 1, pytest.approx(0.01))
    assert water_day([nan], [nan]).mass_kg is None


def test_ph_is_a_range():
    got = ph_day([6, float("nan"), 8])
    assert (got.lowest, got.highest, got.mean, got.hours) == (6, 8, 7, 2)
    assert ph_day([]).mean is None


def test_masses_add_up_by_day_month_and_year():
    at = np.arange("2025-12-30T00", "2026-02-02T00", dtype="datetime64[h]")
    mass = np.ones(len(at))
    mass[3] = np.nan
    firsts: dict[Literal["D", "M", "Y"], int] = {"D": 23, "M": 47, "Y": 47}
    for span, first in firsts.items():
        starts, sums = totals(at, mass, span)
        assert sums[0] == first
        assert sums.sum() == len(at) - 1
        assert (np.diff(starts.astype(int)) > 0).all()


def daily(kg, days, year=2026):
    return {date(year, 1, 1) + timedelta(days=n): kg for n in range(days)}


def test_use_of_a_quantity_is_projected_to_the_end_of_the_year():
    got = quantity_use(3.65, daily(5, 100), date(2026, 4, 10))
    assert got.used_kg == 500
    assert got.projected_kg == pytest.approx(5 * 365)
    assert (got.status, got.run_out_on) == ("within", None)


@given(st.integers(1, 40), st.integers(1, 364), st.integers(1, 10_000))
def test_the_run_out_day_is_the_first_on_which_the_sum_passes_the_quantity(kg, days, allowed_kg):
    on = date(2026, 1, 1) + timedelta(days=days - 1)
    got = quantity_use(allowed_kg / 1000, daily(kg, days), on)
    wanted = next((n for n in range(1, 366) if n * kg > allowed_kg), None)
    if wanted is None:
        assert got.run_out_on is None
    else:
        assert got.run_out_on == date(2026, 1, 1) + timedelta(days=wanted - 1)
        assert got.status == ("used_up" if wanted <= days else "will_run_out")


def test_other_years_and_later_days_do_not_count():
    masses = daily(5, 365, 2025) | daily(1, 200)
    got = quantity_use(1, masses, date(2026, 1, 10))
    assert (got.used_kg, got.days_with_data) == (10, 10)


def test_a_nearly_used_quantity_is_near_and_none_without_data_is_within():
    assert quantity_use(1, {date(2026, 12, 31): 800.0}, date(2026, 12, 31)).status == "near"
    empty = quantity_use(1, {}, date(2026, 5, 1))
    assert (empty.status, empty.rate_kg_day, empty.projected_kg) == ("within", None, None)
    with pytest.raises(BadQuantity):
        quantity_use(0, {}, date(2026, 5, 1))
