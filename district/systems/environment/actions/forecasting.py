"""Fits and stores the forecasts of the air stations."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from django.db import transaction

from district.kernel.clock import CHINA

from ..air_quality import POLLUTANTS, aqi_standard
from ..forecast import (
    AQI,
    BadHistory,
    Forecaster,
    History,
    UnreadableModel,
    fit,
    from_bytes,
    outlook,
    to_bytes,
)
from ..forecast import Forecast as Prediction
from ..items import code_of_pollutant
from ..models import Forecast, ForecastModel, HourlyValue, MonitoringPoint
from ..queries.series import evaluated_series
from .forecast_scoring import judge_on_held_back_days

HOUR = timedelta(hours=1)
LONGEST_RECORD = timedelta(days=3 * 366)
KEEP = timedelta(days=120)

WEATHER_ITEMS = {
    "a01007": "wind_speed",
    "a01008": "wind_from_deg",
    "a01001": "temperature_c",
    "a01006": "pressure_hpa",
    "a01002": "humidity_percent",
}
HPA_OF_KPA = 10.0


def station_history(point: MonitoringPoint, end: datetime) -> History | None:
    """The station's measured hours up to `end` (exclusive), AQI by the standard of that day; None when empty."""
    end = end.astimezone(CHINA).replace(minute=0, second=0, microsecond=0)
    if point.device_id is None:
        return None
    names = {code_of_pollutant(name): name for name in POLLUTANTS} | WEATHER_ITEMS
    series = {
        one.id: names[one.item]
        for one in evaluated_series([point.device_id])
        if one.statistic == "avg" and one.item in names
    }
    rows = HourlyValue.objects.filter(
        series_id__in=series,
        at__gte=end - LONGEST_RECORD,
        at__lt=end,
        validity__in=("valid", "corrected"),
        value__isnull=False,
    )
    first = rows.order_by("at").values_list("at", flat=True).first()
    if first is None:
        return None
    start = first.astimezone(CHINA)
    columns = {name: np.full(int((end - start) / HOUR), np.nan) for name in series.values()}
    for series_id, at, value in rows.values_list("series_id", "at", "value").iterator(20_000):
        columns[series[series_id]][int((at - start) / HOUR)] = value
    if "pressure_hpa" in columns:
        columns["pressure_hpa"] *= HPA_OF_KPA
    values = {name: column for name, column in columns.items() if name in POLLUTANTS}
    weather = {name: column for name, column in columns.items() if name not in POLLUTANTS}
    return History(start, values, weather).with_aqi(aqi_standard(end.date())) if values else None


def fit_station(point: MonitoringPoint, at: datetime) -> int:
    """Fits a model for AQI and every pollutant the station measures; gives how many could be fitted."""
    history = station_history(point, at)
    if history is None:
        return 0
    count = 0
    for target in (AQI, *(name for name in POLLUTANTS if name in history.values)):
        try:
            made = fit(history, target)
        except BadHistory:
            continue  # too short a record; the page says that there is no forecast yet
        ForecastModel.objects.update_or_create(
            point=point, item=target, defaults={"fitted_at": at, "kind": made.kind, "data": to_bytes(made)}
        )
        count += 1
    if count:
        judge_on_held_back_days(point, history, at)
    return count


def forecast_station(point: MonitoringPoint, at: datetime) -> int:
    """Stores the forecast of the next 72 hours and of the natural days in them; gives the number of rows."""
    history = station_history(point, at)
    models = _models(point)
    if history is None or not models:
        return 0
    found: dict[str, Prediction] = {}
    for target, model in models.items():
        if target in history.values:
            found[target] = model.forecast(history)
    rows = [
        Forecast(
            point=point,
            item=target,
            period="hour",
            made_at=at,
            for_at=for_at,
            value=round(mean, 3),
            low=round(low, 3),
            high=round(high, 3),
            method=made.model,
        )
        for target, made in found.items()
        for for_at, mean, low, high in made.points()
    ]
    rows += _days(point, found, at)
    with transaction.atomic():
        Forecast.objects.bulk_create(rows, ignore_conflicts=True)
        Forecast.objects.filter(point=point, made_at__lt=at - KEEP).delete()
    return len(rows)


def _days(point: MonitoringPoint, found: dict[str, Prediction], at: datetime) -> list[Forecast]:
    return [
        Forecast(
            point=point,
            item=AQI,
            period="day",
            made_at=at,
            for_at=datetime(day.on.year, day.on.month, day.on.day, tzinfo=CHINA),
            value=day.index.computed_aqi,
            low=day.low,
            high=day.high,
            method="outlook",
        )
        for day in outlook({name: one for name, one in found.items() if name != AQI})
        if day.index.computed_aqi is not None
    ]


def _models(point: MonitoringPoint) -> dict[str, Forecaster]:
    """The stored models; one written by another edition is left out until it is fitted again."""
    found = {}
    for row in ForecastModel.objects.filter(point=point):
        try:
            found[row.item] = from_bytes(bytes(row.data))
        except UnreadableModel:
            continue
    return found
