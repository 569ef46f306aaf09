"""Each detector finds what was planted and is silent on an honest series."""

import numpy as np
import pytest

from district.systems.environment.quality_checks import (
    clipped_at_limit,
    constant_runs,
    illogical,
    mirrored,
    missing_runs,
    spikes,
    zero_runs,
)


@pytest.fixture
def honest():
    random = np.random.default_rng(19)
    hours = np.arange(24 * 30)
    return 40 + 8 * np.sin(hours * 2 * np.pi / 24) + random.normal(0, 2, len(hours))


def spans(findings):
    return [(one.start, one.stop) for one in findings]


def test_an_honest_series_raises_nothing(honest):
    assert missing_runs(honest) == ()
    assert zero_runs(honest) == ()
    assert constant_runs(honest) == ()
    assert spikes(honest) == ()
    assert clipped_at_limit(honest, limit=60) == ()
    assert mirrored(honest, np.roll(honest, 1)) == ()
    assert illogical(honest * 4, honest) == ()


def test_gaps_and_zeros_are_found_where_they_are(honest):
    honest[10:15] = np.nan
    honest[100:106] = 0
    assert spans(missing_runs(honest, at_least=5)) == [(10, 15)]
    assert missing_runs(honest, at_least=6) == ()
    assert spans(zero_runs(honest)) == [(100, 106)]
    assert constant_runs(honest) == (), "zeros are told as zeros, once"


def test_a_frozen_reading_is_constant_from_its_first_repeat_on(honest):
    honest[50:58] = honest[50]
    found = constant_runs(honest)
    assert spans(found) == [(50, 58)]
    assert found[0].value == honest[50]
    assert constant_runs(honest, at_least=9) == ()
    honest[53] = np.nan
    assert spans(constant_runs(honest)) == [(54, 58)]


def test_a_nearly_frozen_reading_needs_a_tolerance():
    values = np.array([5.0, 5.01, 4.99, 5.0, 5.01, 7.0, 7.2])
    assert constant_runs(values) == ()
    assert spans(constant_runs(values, tolerance=0.02)) == [(0, 5)]
    assert spans(constant_runs([1.0, 1.0, 1.0, 1.0])) == [(0, 4)]


def test_a_jump_is_a_spike_and_neighbours_are_one(honest):
    honest[200:202] = [160, 150]
    found = spikes(honest)
    assert spans(found) == [(200, 202)]
    assert found[0].value == 160
    assert found[0].evidence["sigmas"] > 5
    assert spans(spikes(np.where(np.arange(720) == 300, -50, honest)))[-1] == (300, 301)


def test_a_steady_past_does_not_turn_noise_into_spikes():
    steady = np.full(60, 100.0)
    steady[50] = 102
    assert spikes(steady) == ()
    assert spans(spikes(steady, sigmas=1.5)) == [(50, 51)]
    assert spikes(np.array([1.0] * 5 + [99.0])) == (), "too little past to judge"
    assert spikes([]) == ()


def test_spikes_do_not_depend_on_what_comes_later(honest):
    honest[400] = 200
    assert spans(spikes(honest[:450])) == spans(spikes(honest))


def test_readings_crowded_under_the_limit_are_clipped(honest):
    calm = np.minimum(honest, 45)
    calm[300:360] = 49.5 + 0.4 * np.sin(np.arange(60))
    (one,) = clipped_at_limit(calm, limit=50)
    assert one.start <= 300
    assert one.stop >= 360
    assert one.evidence["highest"] <= 50
    calm[330] = 51
    assert all(not found.start <= 330 < found.stop for found in clipped_at_limit(calm, limit=50))
    assert clipped_at_limit([49.9] * 5, limit=50) == ()


def test_two_devices_with_the_same_moving_numbers_are_mirrored(honest):
    other = honest[::-1].copy()
    other[100:130] = honest[100:130]
    assert spans(mirrored(honest, other)) == [(100, 130)]
    assert mirrored(np.zeros(50), np.zeros(50)) == (), "two idle devices agree honestly"


def test_more_pollution_after_treatment_than_before_is_illogical(honest):
    before = honest * 4
    honest[60:64] *= 10
    (one,) = illogical(before, honest)
    assert (one.start, one.stop) == (60, 64)
    assert one.evidence["after_mean"] > one.evidence["before_mean"]
    assert illogical([10] * 5, [10.5] * 5) == (), "within the margin of two instruments"
