from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from district.kernel.clock import today
from district.kernel.kpis.models import KpiMeasurement


def latest_values() -> QuerySet[KpiMeasurement]:
    """The newest measurement of each indicator."""
    return KpiMeasurement.objects.order_by("system", "key", "-on").distinct("system", "key")


def history(system: str, key: str, days: int = 365, until: date | None = None) -> QuerySet[KpiMeasurement]:
    """One value a day, oldest first."""
    last = until or today()
    since = last - timedelta(days=days)
    return KpiMeasurement.objects.filter(system=system, key=key, on__gt=since, on__lte=last).order_by("on")
