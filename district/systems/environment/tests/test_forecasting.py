"""Forecasts stored from evaluated hours."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from district.kernel.clock import CHINA
from district.systems.environment.actions.forecast_scoring import (
    SHORTEST_RECORD_DAYS,
    judge_on_held_back_days,
    judge_published,
)
from district.systems.environment.actions.forecasting import fit_station, forecast_station, station_history
from district.systems.environment.forecast import History
from district.systems.environment.models import Forecast, ForecastModel, ForecastScore, HourlyValue
from district.systems.environment.queries.forecast_scores import stored_scores

from .observing import air_point, series

pytestmark = pytest.mark.django_db

START = datetime(2026, 10, 20, tzinfo=CHINA)
HOURS = 10 * 24
END = START + timedelta(hours=HOURS)


@pytest.fixture
def station():
    point = air_point()
    noise = np.random.default_rng(5)
    for item, level in (("a34004", 40.0), ("a05024", 80.0), ("a01006", 100.2)):
        one = series(point.device, item)
        daily = level * (1 + 0.3 * np.sin(np.arange(HOURS) / 24 * 2 * np.pi)) + noise.normal(0, 1, HOURS)
        HourlyValue.objects.bulk_create(
            [
                HourlyValue(
                    series=one,
                    at=START + timedelta(hours=hour),
                    value=float(value),
                    raw=float(value),
                    validity="missing" if hour == 7 else "valid",
                )
                for hour, value in enumerate(daily)
            ]
        )
    return point


def test_the_record_of_a_station_has_gaps_where_nothing_was_measured(station):
    history = station_history(station, END)
    assert len(history) == HOURS
    assert np.isnan(history.values["PM2.5"][7])
    assert history.weather["pressure_hpa"][0] == pytest.approx(1002.0, rel=0.3)
    assert "AQI" in history.values


def test_a_run_stores_72_hours_of_every_target_with_its_interval(station):
    assert forecast_station(station, END) == 0
    assert fit_station(station, END) == 3
    forecast_station(station, END)
    rows = Forecast.objects.filter(item="AQI", period="hour").order_by("for_at")
    assert [rows[0].for_at, rows.last().for_at, rows.count()] == [END, END + timedelta(hours=71), 72]
    assert all(row.low <= row.value <= row.high for row in rows)
    assert Forecast.objects.filter(item="AQI", period="day").exists()


def test_a_damaged_model_is_left_out_until_it_is_fitted_again(station):
    fit_station(station, END)
    ForecastModel.objects.filter(item="AQI").update(data=b"not a model")
    forecast_station(station, END)
    assert not Forecast.objects.filter(item="AQI", period="hour").exists()
    fit_station(station, END + timedelta(hours=1))
    forecast_station(station, END + timedelta(hours=1))
    assert Forecast.objects.filter(item="AQI", period="hour").earliest("for_at").for_at == END + timedelta(
        hours=1
    )


def test_a_station_without_data_gets_no_forecast():
    point = air_point()
    assert (fit_station(point, END), forecast_station(point, END)) == (0, 0)


def test_a_long_record_is_judged_on_its_last_days_by_a_model_that_has_not_seen_them():
    rng = np.random.default_rng(1)
    length = SHORTEST_RECORD_DAYS * 24
    hours = 80 + 30 * np.sin(np.arange(length) / 24 * 2 * np.pi) + rng.normal(0, 2, length)
    history = History(START, {"AQI": hours}, {})
    point = air_point()
    for _again in range(2):
        assert judge_on_held_back_days(point, history, END) == 3
    rows = stored_scores()
    assert [row.hours for row in rows] == ["24", "48", "72"]
    assert all(row.kind == "held_back" and row.count > 0 and row.ours < row.persistence for row in rows)
    assert judge_on_held_back_days(point, history.rows(0, 24 * 20), END) == 0


def test_published_forecasts_take_the_place_of_held_back_days_once_there_are_any(station):
    ForecastScore.objects.create(
        kind="held_back", point=station, hours="24", count=5, ours=1, persistence=2, seasonal=3, judged_at=END
    )
    assert judge_published(END) == 0
    assert [row.kind for row in stored_scores()] == ["held_back"]
    ForecastScore.objects.create(
        kind="issued", hours="1–24", count=5, ours=1, persistence=2, seasonal=3, judged_at=END
    )
    assert [row.kind for row in stored_scores()] == ["issued"]
    judge_published(END + timedelta(hours=1))
    assert [row.kind for row in stored_scores()] == ["held_back"]
