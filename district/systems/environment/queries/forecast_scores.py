"""How good the stored forecasts were: each was made before the hour it is judged on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import connection

from .forecasts import AQI_ITEM

RECENT, RECENT_S = "environment.forecast_scores", 600
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


@dataclass(frozen=True)
class ForecastScore:
    """Mean absolute errors in AQI for a stretch of lead hours, and the part of the truth inside the interval."""

    hours: str
    count: int
    ours: float
    persistence: float
    seasonal: float
    coverage: float | None

    @property
    def is_best(self) -> bool:
        return self.ours <= min(self.persistence, self.seasonal)


def forecast_scores(since: datetime, until: datetime) -> list[ForecastScore]:
    """One row for 1–24, 25–48 and 49–72 hours ahead, over the hours from `since` to `until`."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, [AQI_ITEM, since, until])
        rows = cursor.fetchall()
    return [
        ForecastScore(
            f"{HORIZONS[lead - 1][0]}–{HORIZONS[lead - 1][1]}",
            count,
            float(ours),
            float(persistence),
            float(seasonal),
            None if coverage is None else float(coverage),
        )
        for lead, count, ours, persistence, seasonal, coverage in rows
        if 1 <= lead <= len(HORIZONS)
    ]


def recent_scores(at: datetime) -> list[ForecastScore]:
    """The scores of the last month at `at`, reckoned anew every ten minutes: a hundred thousand forecasts are judged."""
    found = cache.get(RECENT)
    if found is None:
        found = forecast_scores(*judged_since(at))
        cache.set(RECENT, found, RECENT_S)
    return found


def judged_since(at: datetime, days: int = 30) -> tuple[datetime, datetime]:
    """The span the score table of the page is made over."""
    return at - timedelta(days=days), at
