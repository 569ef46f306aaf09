from datetime import date

import numpy as np
import pytest

from district.systems.governance.insight import count_regression, early_warning
from district.systems.governance.insight.day_features import day_features, weekday
from district.systems.governance.insight.happenings import day_number, happenings
from district.systems.governance.insight.hierarchy import ALL, Hierarchy, daily_counts
from district.systems.governance.insight.load_forecast import forecast
from district.systems.governance.insight.load_scoring import OURS, SEASONAL_NAIVE, score

FIRST = day_number(date(2024, 1, 1))


def simulated(days: int = 500, seed: int = 1) -> tuple[Hierarchy, np.ndarray]:
    """Two towns, three kinds, half the load on weekends."""
    rng = np.random.default_rng(seed)
    hierarchy = Hierarchy.of(["370306001", "370306101"], ["a", "b", "c"])
    weekend = np.where(weekday(np.arange(FIRST, FIRST + days)) >= 5, 0.5, 1.0)
    leaves = rng.poisson(np.array([2, 5, 9, 1, 3, 14])[:, None] * weekend)
    return hierarchy, hierarchy.sums @ leaves


def test_parts_add_up_to_their_sums():
    hierarchy, counts = simulated()

    mean = forecast(hierarchy, counts, FIRST).mean

    assert np.allclose(hierarchy.sums @ mean[: hierarchy.leaves], mean)
    assert (mean >= 0).all()


def test_weekends_are_forecast_lower():
    hierarchy, counts = simulated()

    made = forecast(hierarchy, counts, FIRST)
    total = made.mean[made.place(ALL, ALL)]

    week = weekday(made.days)
    assert total[week >= 5].mean() == pytest.approx(0.5 * total[week < 5].mean(), rel=0.15)


def test_days_not_seen_fall_into_the_interval_as_often_as_promised_and_ours_beats_last_week():
    hierarchy, counts = simulated()

    found = score(hierarchy, counts, FIRST, folds=8)

    assert found.mase[OURS] < 0.85 * found.mase[SEASONAL_NAIVE]
    assert 0.78 <= found.coverage[0.8] <= 0.93
    assert 0.88 <= found.coverage[0.9] <= 0.98


def test_the_wider_interval_holds_the_narrower_and_both_hold_the_likely():
    hierarchy, counts = simulated()

    bounds = forecast(hierarchy, counts, FIRST).bounds

    assert (bounds[0.9][0] <= bounds[0.8][0]).all()
    assert (bounds[0.9][1] >= bounds[0.8][1]).all()


def test_a_record_of_a_week_gives_wider_intervals_than_one_of_a_year():
    hierarchy, counts = simulated()

    def width(given: np.ndarray) -> float:
        low, high = forecast(hierarchy, given, FIRST).bounds[0.9]
        return float((high - low)[-1].mean())

    assert width(counts[:, :7]) > 1.15 * width(counts[:, :378])


def test_too_short_a_record_is_refused_with_its_length():
    hierarchy, counts = simulated(days=3)

    with pytest.raises(ValueError, match="3 days"):
        forecast(hierarchy, counts, FIRST)


def test_a_holiday_in_the_week_is_a_feature_of_its_own():
    wednesday = day_number(date(2026, 1, 7))

    plain, holiday = (day_features(np.array([wednesday]), off, False)[0] for off in ({0}, {wednesday}))

    assert (plain != holiday).any()


def test_counts_by_day_town_and_kind_are_those_of_the_events():
    rows = [
        (date(2026, 1, day), None, None, kind, town)
        for day, kind, town in [(1, "a", "T1"), (1, "a", "T1"), (3, "b", "T2")]
    ]
    events = happenings(rows)

    hierarchy, counts = daily_counts(events, day_number(date(2026, 1, 1)), day_number(date(2026, 1, 3)))

    assert counts[hierarchy.keys.index(("T1", "a"))].tolist() == [2, 0, 0]
    assert counts[hierarchy.keys.index((ALL, "b"))].tolist() == [0, 0, 1]
    assert counts[hierarchy.keys.index((ALL, ALL))].tolist() == [2, 0, 1]


def test_the_regression_finds_the_rates_it_was_made_from():
    rng = np.random.default_rng(4)
    design = np.column_stack([np.ones(2000), rng.integers(0, 2, 2000)])
    beta = np.array([[0.5, 0.8], [2.0, -1.0]])

    found = count_regression.fit(rng.poisson(np.exp(beta @ design.T)).astype(float), design, np.ones(2000))

    assert np.allclose(found, beta, atol=0.1)


def test_warnings_are_as_rare_as_their_level_and_still_find_trebled_weeks():
    rates = early_warning.simulate(1500, seed=5, risk=3.0)

    assert rates.false_alarms <= 0.012
    assert rates.power >= 0.65
    assert rates.false_alarms < rates.false_alarms_c2 / 2


def test_a_warning_says_what_was_seen_and_what_was_expected():
    hierarchy, counts = simulated(days=40 * 7)
    row = hierarchy.keys.index(("370306001", "b"))
    counts[row, -7:] += 12

    found = early_warning.warnings(hierarchy.keys, counts, FIRST + counts.shape[1] - 1)

    assert (found[0].town, found[0].kind) == ("370306001", "b")
    assert found[0].observed == counts[row, -7:].sum()
    assert found[0].observed > found[0].upper > found[0].expected
    assert 20 < found[0].expected < 40


def test_no_multiple_is_given_of_next_to_nothing():
    def ratio(expected: float) -> float | None:
        return early_warning.LoadWarning(
            "", "", last=1, observed=9, expected=expected, upper=1.0, p=0.0
        ).ratio

    assert ratio(4.5) == 2.0
    assert ratio(1e-8) is None
