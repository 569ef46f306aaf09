"""The period a page looks at: `?from=2026-11-01&to=2026-11-30`, both days included; this month without it."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest

from district.kernel.cases.indicator_queries import Period
from district.kernel.clock import day_bounds, today

LONGEST = timedelta(days=1100)


def period_of(request: HttpRequest) -> Period:
    """Days that cannot be read are those of this month; a period is three years long at most."""
    first = _day(request.GET.get("from"), today().replace(day=1))
    last = min(max(first, _day(request.GET.get("to"), max(first, today()))), first + LONGEST)
    return Period(day_bounds(first)[0], day_bounds(last)[1])


def query_of(period: Period) -> str:
    return f"from={period.first_on}&to={period.last_on}"


def _day(text: str | None, otherwise: date) -> date:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return otherwise
    return found if 1990 <= found.year <= 2200 else otherwise
