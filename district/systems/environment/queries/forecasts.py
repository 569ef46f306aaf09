"""The newest forecast of a station, as it was stored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from ..models import Forecast, MonitoringPoint

AQI_ITEM = "AQI"


def newest_forecast(point: MonitoringPoint, item: str = AQI_ITEM, period: str = "hour") -> list[Forecast]:
    """The rows of the last run for a station, in order of the time they are for; empty when there was none."""
    rows = Forecast.objects.filter(point=point, item=item, period=period)
    made_at = rows.aggregate(at=Max("made_at"))["at"]
    return list(rows.filter(made_at=made_at).order_by("for_at")) if made_at else []


def district_forecast(
    points: Iterable[MonitoringPoint], since: datetime
) -> list[tuple[datetime, float, float, float]]:
    """(hour, value, low, high) of the AQI, mean over the stations' newest runs since a moment."""
    newest = (
        Forecast.objects.filter(point__in=list(points), item=AQI_ITEM, period="hour", made_at__gte=since)
        .order_by("point_id", "for_at", "-made_at")
        .distinct("point_id", "for_at")
    )
    by_hour: dict[datetime, list[Forecast]] = {}
    for row in newest:
        by_hour.setdefault(row.for_at, []).append(row)
    return [
        (
            at,
            sum(row.value for row in rows) / len(rows),
            sum(row.value if row.low is None else row.low for row in rows) / len(rows),
            sum(row.value if row.high is None else row.high for row in rows) / len(rows),
        )
        for at, rows in sorted(by_hour.items())
    ]
