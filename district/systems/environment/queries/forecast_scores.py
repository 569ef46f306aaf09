"""How good the stored forecasts were: each was made before the hour it is judged on."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import ExpressionWrapper, F, FloatField, Max, QuerySet, Sum

from ..models import ForecastScore
from .forecasts import AQI_ITEM

HORIZONS = ((1, 24), (25, 48), (49, 72))

STATEMENT = """
    SELECT f.lead, count(*), avg(abs(f.value - truth.aqi)), avg(abs(origin.aqi - truth.aqi)),
           avg(abs(yesterday.aqi - truth.aqi)),
           avg((truth.aqi BETWEEN f.low AND f.high)::int) FILTER (WHERE f.low IS NOT NULL)
    FROM (
        SELECT point_id, made_at, for_at, value, low, high,
               width_bucket(extract(epoch FROM for_at - made_at) / 3600, ARRAY[0.5, 24.5, 48.5]) AS lead
        FROM environment_forecast
        WHERE item = %s AND period = 'hour' AND for_at >= %s AND for_at < %s
    ) AS f
    JOIN environment_airhour truth ON truth.point_id = f.point_id AND truth.at = f.for_at
    JOIN environment_airhour origin
         ON origin.point_id = f.point_id AND origin.at = date_trunc('hour', f.made_at) - interval '1 hour'
    JOIN environment_airhour yesterday
         ON yesterday.point_id = f.point_id AND yesterday.at = f.for_at - f.lead * interval '24 hours'
    WHERE truth.aqi IS NOT NULL AND origin.aqi IS NOT NULL AND yesterday.aqi IS NOT NULL
    GROUP BY f.lead ORDER BY f.lead
"""
"""Persistence is the last full hour before the forecast; seasonal is the same hour of the last day known then."""


def forecast_scores(since: datetime, until: datetime) -> list[ForecastScore]:
    """One row for 1–24, 25–48 and 49–72 hours ahead, over the hours from `since` to `until`."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, [AQI_ITEM, since, until])
        rows = cursor.fetchall()
    return [
        ForecastScore(
            kind=ForecastScore.Kind.ISSUED, hours=f"{HORIZONS[lead - 1][0]}–{HORIZONS[lead - 1][1]}", count=count,
            ours=float(ours), persistence=float(persistence), seasonal=float(seasonal),
            coverage=None if coverage is None else float(coverage), judged_at=until,
        )
        for lead, count, ours, persistence, seasonal, coverage in rows
        if 1 <= lead <= len(HORIZONS)
    ]  # fmt: skip


def stored_scores() -> list[ForecastScore]:
    """As last judged: what was published; before there is any of it, the models on the days held back from them."""
    published = list(ForecastScore.objects.filter(kind=ForecastScore.Kind.ISSUED).order_by("pk"))
    return published or _of_all_stations(ForecastScore.objects.filter(kind=ForecastScore.Kind.HELD_BACK))


def _of_all_stations(scores: QuerySet[ForecastScore]) -> list[ForecastScore]:
    """A row for each stretch of lead hours, stations weighted by what they were judged on."""

    def mean(name: str) -> ExpressionWrapper:
        return ExpressionWrapper(Sum(F(name) * F("count")) / Sum("count"), output_field=FloatField())

    rows = scores.values("hours").annotate(
        all=Sum("count"), ours_=mean("ours"), persistence_=mean("persistence"), seasonal_=mean("seasonal"),
        coverage_=mean("coverage"), at=Max("judged_at"),
    )  # fmt: skip
    return [
        ForecastScore(
            kind=ForecastScore.Kind.HELD_BACK, hours=row["hours"], count=row["all"], ours=row["ours_"],
            persistence=row["persistence_"], seasonal=row["seasonal_"], coverage=row["coverage_"], judged_at=row["at"],
        )
        for row in sorted(rows, key=lambda row: int(row["hours"]))
    ]  # fmt: skip


def judged_since(at: datetime, days: int = 30) -> tuple[datetime, datetime]:
    """The span that published forecasts are judged over."""
    return at - timedelta(days=days), at
