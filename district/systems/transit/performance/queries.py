"""Figures of days, from the runs that were kept."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from django.db import connection
from django.db.models import Count, Max

from district.kernel.clock import now

from ..forecasts.planned import plan_of
from ..models import Run
from .measures import Figures, figures_of

PASSED = """
    SELECT trip_id, start_time, array(SELECT coalesce(extract(epoch FROM each), 'NaN')::float8 FROM unnest(passed_at)
    WITH ORDINALITY AS passages(each, place) ORDER BY place) FROM transit_run WHERE day = %s AND cardinality(passed_at) > 0
"""
MOST_DAYS = 62


def figures_between(first: date, last: date) -> tuple[Figures, list[tuple[date, Figures]]]:
    """Of all days, and of each that has runs."""
    together, days = Figures(), []
    for number in range(min((last - first).days + 1, MOST_DAYS)):
        day = first + timedelta(days=number)
        known = Run.objects.filter(day=day).aggregate(many=Count("pk"), newest=Max("updated_at"))
        if not known["many"]:
            continue
        # A day that is over is counted once; today's figures are good for a minute.
        stamp = f"{known['many']} {known['newest']}" if day < now().date() else f"{now():%H:%M}"
        found = _figures_of(day, stamp)
        together.add(found)
        days.append((day, found))
    return together, days


@lru_cache(maxsize=MOST_DAYS)
def _figures_of(day: date, _stamp: str) -> Figures:
    plan = plan_of(day)
    if plan is None:
        return Figures()
    with connection.cursor() as cursor:
        cursor.execute(PASSED, [day])
        passed = {(day, trip_id, start_time): passages for trip_id, start_time, passages in cursor.fetchall()}
    return figures_of(plan.trips, passed, now().timestamp() - 1800)
