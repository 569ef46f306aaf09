"""The forecast on made-up stations whose truth is known, and on recorded days where they are at hand."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from district.systems.environment import forecast
from district.systems.environment.forecast import AQI, History
from district.systems.environment.forecast.baselines import persistence, same_hour
from district.systems.environment.forecast.features import HORIZONS, log_offset, sheet, targets
from district.systems.environment.forecast.spread import spread_of
from district.systems.environment.forecast.trees import fit_trees

START = datetime(2024, 3, 1, 0)


def station(days: int, seed: int = 0, gap_share: float = 0.02) -> History:
    """PM2.5 with a daily wave, a wind that clears the air, and slow episodes; O3 in step with the day."""
    random = np.random.default_rng(seed)
    hours = np.arange(days * 24)
    slow = np.convolve(random.normal(size=len(hours) + 96), np.ones(96) / np.sqrt(96), mode="valid")[
        : len(hours)
    ]
    wind = np.exp(0.6 * np.convolve(random.normal(size=len(hours) + 24), np.ones(24) / np.sqrt(24), "valid"))
    wind = 2 * wind[: len(hours)]
    log_pm = 3.4 + 0.3 * np.cos(2 * np.pi * (hours - 7) / 24) + 0.6 * slow - 0.25 * np.log(wind)
    pm = np.exp(log_pm + 0.1 * random.normal(size=len(hours)))
    o3 = np.clip(
        60 + 45 * np.cos(2 * np.pi * (hours - 15) / 24) + 12 * random.normal(size=len(hours)), 2, None
    )
    for column in (pm, o3):
        column[random.random(len(hours)) < gap_share] = np.nan
    return History(
        START, {"PM2.5": pm, "O3": o3}, {"wind_speed": wind, "wind_from_deg": np.full(len(hours), 90.0)}
    )


@pytest.fixture(scope="module")
def year() -> History:
    return station(300)


def test_a_station_with_months_of_record_beats_both_naive_forecasts(year: History):
    table = forecast.score(year, "PM2.5", folds=2, fold_days=40, step_hours=11)
    assert table.models == ("regression", "regression")
    assert table.ratio("persistence") > 1.05
    assert table.ratio(table.best_seasonal()) > 1.05


def test_where_the_same_hour_of_the_last_week_is_the_best_there_is_we_are_hardly_worse(year: History):
    table = forecast.score(year, "O3", folds=1, fold_days=60, step_hours=11)
    assert table.ratio("persistence") > 1.2
    assert table.ratio(table.best_seasonal()) > 0.95


def test_the_interval_holds_about_as_often_as_it_says(year: History):
    for coverage in (0.5, 0.9):
        table = forecast.score(year, "PM2.5", folds=1, fold_days=60, step_hours=5, coverage=coverage)
        assert np.mean(table.coverage) == pytest.approx(coverage, abs=0.12)


def test_a_forecast_looks_only_at_what_was_known_at_its_origin(year: History):
    model = forecast.fit(year.rows(0, 200 * 24), "PM2.5")
    origin = year.hour_at(200 * 24)
    later = {name: column.copy() for name, column in year.values.items()}
    for column in later.values():
        column[200 * 24 + 1 :] = 9999.0
    altered = History(year.start_at, later, year.weather)
    assert model.forecast(year, origin).mean.tolist() == model.forecast(altered, origin).mean.tolist()


def test_a_model_survives_storage_to_the_last_bit(year: History):
    for record in (year, year.rows(0, 24 * 9), year.rows(0, 24)):
        model = forecast.fit(record, "PM2.5", learns_weather_ahead=True)
        again = forecast.from_bytes(forecast.to_bytes(model))
        before, after = model.forecast(record), again.forecast(record)
        assert before.points() == after.points()
        assert (again.kind, again.fitted_until) == (model.kind, model.fitted_until)


def test_damaged_storage_is_refused_by_name(year: History):
    data = forecast.to_bytes(forecast.fit(year.rows(0, 48), "O3"))
    for wrong in (b"", b"nonsense", data[:-40], data[:100]):
        with pytest.raises(forecast.UnreadableModel):
            forecast.from_bytes(wrong)


@pytest.mark.parametrize(
    ("hours", "kind"), [(10, "level"), (48, "level"), (24 * 6, "profile"), (24 * 40, "profile")]
)
def test_a_short_record_gives_a_wide_honest_answer_and_says_how(hours: int, kind: str):
    record = station(60, seed=3, gap_share=0.0).rows(0, hours)
    made = forecast.fit(record, "PM2.5").forecast(record)
    assert made.model == kind
    assert np.all(made.low <= made.mean)
    assert np.all(made.mean <= made.high)
    assert made.high[23] / made.low[23] > 1.8
    assert len(made.at) == HORIZONS
    assert made.at[0] == record.hour_at(hours)


def test_less_history_never_makes_a_narrower_interval_than_months_of_it():
    record = station(200, seed=5)
    widths = {}
    for days in (1, 6, 190):
        part = record.rows(200 * 24 - days * 24, 200 * 24)
        made = forecast.fit(part, "PM2.5").forecast(part)
        widths[days] = float(np.median(np.log((made.high + 1) / (made.low + 1))))
    assert widths[190] < widths[6] < widths[1]


def test_too_little_to_say_anything_is_refused_with_the_reason():
    with pytest.raises(forecast.BadHistory) as refused:
        forecast.fit(station(1).rows(0, 4), "PM2.5")
    assert refused.value.code == "too_short"
    with pytest.raises(forecast.BadHistory) as refused:
        forecast.fit(station(2), "SO2")
    assert refused.value.code == "no_target"


def test_a_silent_station_is_answered_from_its_profile_and_tells_its_age(year: History):
    model = forecast.fit(year.rows(0, 200 * 24), "PM2.5")
    silent = {name: column.copy() for name, column in year.values.items()}
    silent["PM2.5"][190 * 24 :] = np.nan
    made = model.forecast(History(year.start_at, silent, year.weather), year.hour_at(200 * 24))
    assert np.isfinite(made.mean).all()
    assert np.isfinite(made.high).all()
    assert made.age_hours == 10 * 24 + 1


def test_a_factor_that_stops_reporting_does_not_stop_the_others(year: History):
    model = forecast.fit(year.rows(0, 200 * 24), "PM2.5")
    alone = History(year.start_at, {"PM2.5": year.values["PM2.5"]})
    assert np.isfinite(model.forecast(alone, year.hour_at(200 * 24)).mean).all()


def test_weather_ahead_helps_where_weather_matters():
    """A station ruled by rain: who is told of the rain to come must do better than who is not."""
    random = np.random.default_rng(8)
    hours = np.arange(24 * 250)
    wind = np.repeat(np.where(random.random(len(hours) // 12) < 0.4, 8.0, 1.0), 12)
    pm = np.exp(3.8 - 0.35 * (wind > 4) * 3 + 0.1 * random.normal(size=len(hours)))
    record = History(START, {"PM2.5": pm}, {"wind_speed": wind})
    model = forecast.fit(record.rows(0, 24 * 200), "PM2.5", learns_weather_ahead=True)
    plain, told = [], []
    for origin in range(24 * 200, 24 * 240, 37):
        truth = pm[origin + 1 : origin + 73]
        ahead = {"wind_speed": wind[origin + 1 : origin + 73]}
        plain.append(np.abs(model.forecast(record, record.hour_at(origin)).mean - truth).mean())
        made = model.forecast(record, record.hour_at(origin), weather=ahead)
        assert made.used_weather
        told.append(np.abs(made.mean - truth).mean())
    assert np.mean(told) < 0.7 * np.mean(plain)


def test_hourly_aqi_follows_the_tables_and_never_passes_500(year: History):
    with_index = year.with_aqi("HJ 633-2026")
    assert np.nanmax(with_index.values[AQI]) <= 500
    made = forecast.fit(with_index.rows(0, 24 * 100), AQI).forecast(
        with_index, with_index.hour_at(24 * 100 - 1)
    )
    assert made.high.max() <= 500


def test_the_outlook_has_one_entry_for_each_day_with_twenty_hours(year: History):
    record = year.rows(0, 24 * 30 + 2)
    made = {name: forecast.fit(record, name).forecast(record) for name in ("PM2.5", "O3")}
    days = forecast.outlook(made)
    assert [(day.on - record.hour_at(0).date()).days for day in days] == [30, 31, 32]
    for day in days:
        assert day.index.computed_aqi is not None
        assert day.low is not None
        assert day.high is not None
        assert day.low <= day.index.computed_aqi <= day.high


def test_the_ground_is_the_same_hour_of_the_last_week_seen_from_the_origin():
    values = np.exp(np.random.default_rng(2).normal(3, 0.5, 24 * 20))
    record = History(START, {"PM2.5": values})
    offset = log_offset(values)
    made = sheet(record, "PM2.5", offset)
    row = 24 * 15 + 7
    for ahead in (1, 17, 24, 25, 48, 70):
        seen = [row + ahead - 24 * day for day in range(1, 12) if row + ahead - 24 * day <= row][:7]
        assert made.ground[row, ahead - 1] == pytest.approx(np.log(values[seen] + offset).mean())


def test_targets_and_baselines_line_up_with_the_hours_ahead():
    values = np.arange(24 * 12, dtype=float)
    rows = np.array([24 * 7 + 3])
    assert targets(values)[rows[0], [0, 71]].tolist() == [rows[0] + 1, rows[0] + 72]
    assert set(persistence(values, rows)[0]) == {float(rows[0])}
    assert same_hour(values, rows, 1)[0, [0, 23, 24, 71]].tolist() == [
        rows[0] - 23,
        rows[0],
        rows[0] - 23,
        rows[0],
    ]


def test_the_trees_answer_as_the_library_that_grew_them():
    from sklearn.ensemble import HistGradientBoostingRegressor

    random = np.random.default_rng(4)
    rows = random.normal(size=(3000, 6))
    rows[random.random(rows.shape) < 0.1] = np.nan
    wanted = np.nan_to_num(rows[:, 0] * rows[:, 1]) + random.normal(size=3000)
    grown = HistGradientBoostingRegressor(
        loss="absolute_error",
        max_iter=120,
        learning_rate=0.06,
        max_leaf_nodes=15,
        min_samples_leaf=200,
        l2_regularization=10.0,
        early_stopping=False,
        random_state=0,
    ).fit(rows, wanted)
    assert fit_trees(rows, wanted).predict(rows) == pytest.approx(grown.predict(rows), abs=1e-12)


def test_a_band_from_few_residuals_is_wider_than_from_many():
    random = np.random.default_rng(6)
    residuals = random.normal(size=(40, HORIZONS))
    few, many = spread_of(residuals, 8), spread_of(residuals, 1)
    assert np.all(few.band(0.8)[1] >= many.band(0.8)[1])
    assert np.all(few.band(0.9)[0] <= few.band(0.5)[0])


@pytest.mark.slow
def test_a_recorded_station_beats_both_naive_forecasts_at_every_judged_hour():
    reference = os.environ.get("DISTRICT_REFERENCE")
    if not reference:
        pytest.skip("DISTRICT_REFERENCE is not set: no recorded air quality at hand")
    from bench.forecast import recorded_station

    record = recorded_station(Path(reference) / "data/environment/air/prsa_Dingling.parquet")
    table = forecast.score(record, "PM2.5", folds=2, fold_days=120, step_hours=11)
    for place in range(3):
        peers = [
            table.mae[name][place] for name in ("persistence", "same_hour_1d", "same_hour_3d", "same_hour_7d")
        ]
        assert table.mae["ours"][place] < min(peers)
