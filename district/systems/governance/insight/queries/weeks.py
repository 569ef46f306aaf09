"""A week counted for the briefing."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.db.models import F, Q

from district.kernel.clock import day_bounds

from ...models import Trend, TrendKind
from ..briefing import FORECAST_COVER, WeekFacts
from .events import cases_counted, day_of, kind_of, town_of, villages_near, week_of

LONGEST_DAYS = 3650


def week_facts(day: date) -> WeekFacts:
    """What is stated about the week (Monday to Sunday) that holds `day`."""
    first, last = week_of(day)
    now, before = _opened(first, last), _opened(first - timedelta(days=7), first - timedelta(days=1))
    four = cases_counted(first - timedelta(days=28), first - timedelta(days=1)).count()
    days = Counter(row[0] for row in now)
    closed, in_time, hours = _closed(first, last)
    running, overdue = _running(last)
    return WeekFacts(
        first, last, len(now), len(before), four,
        _paired([row[1] for row in now], [row[1] for row in before]),
        _paired([row[2] for row in now], [row[2] for row in before]),
        tuple(days[first + timedelta(days=place)] for place in range(7)),
        closed, in_time, hours, running, overdue,
        _clusters(last), _trend(TrendKind.WARNINGS, last).get("warnings", []), _ahead(last),
        cases_counted(first, last).filter(is_simulated=True).exists(),
        _trend(TrendKind.WARNINGS, last).get("topics", []),
    )  # fmt: skip


def _opened(first: date, last: date) -> list[tuple[date, str, str]]:
    rows = cases_counted(first, last).values_list("opened_at", "classification", "division_code")
    return [(day_of(at), kind_of(code), town_of(division)) for at, code, division in rows]


def _paired(now: list[str], before: list[str]) -> dict[str, tuple[int, int]]:
    one, two = Counter(now), Counter(before)
    return {key: (one[key], two[key]) for key in sorted(set(one) | set(two))}


def _closed(first: date, last: date) -> tuple[int, int, float | None]:
    rows = cases_counted(last - timedelta(days=LONGEST_DAYS), last).filter(
        state="closed",
        closed_at__gte=day_bounds(first)[0],
        closed_at__lt=day_bounds(last)[1],
        due_at__isnull=False,
    )
    spans = [
        (closed - opened).total_seconds() / 3600
        for opened, closed in rows.values_list("opened_at", "closed_at")
    ]
    return len(spans), rows.filter(closed_at__lte=F("due_at")).count(), median(spans) if spans else None


def _running(last: date) -> tuple[int, int]:
    """Open, and overdue, at the end of the day: also for a week long past."""
    end = day_bounds(last)[1]
    rows = cases_counted(last - timedelta(days=LONGEST_DAYS), last).filter(
        Q(closed_at__isnull=True) | Q(closed_at__gte=end)
    )
    return rows.count(), rows.filter(due_at__lt=end).count()


def _trend(kind: TrendKind, last: date) -> dict[str, Any]:
    """What was reckoned for the last day of the week, or empty."""
    found = Trend.objects.filter(kind=kind, on=last).first()
    return found.result if found else {}


def _clusters(last: date) -> list[dict[str, Any]]:
    """The clusters with the village nearest to each."""
    clusters = _trend(TrendKind.HOT_SPOTS, last).get("clusters", [])
    near = villages_near([tuple(one["at"]) for one in clusters])
    return [{**one, "near": name} for one, name in zip(clusters, near, strict=True)]


def _ahead(last: date) -> list[tuple[date, float, float, float]]:
    found = _trend(TrendKind.FORECAST, last)
    total = next((one for one in found.get("series", []) if not one["town"] and not one["kind"]), None)
    if total is None and len(found.get("series", [])) == 1:
        total = found["series"][0]
    if total is None:
        return []
    low, high = total["bounds"][FORECAST_COVER]
    days = [date.fromisoformat(day) for day in found["ahead"]]
    return list(zip(days, total["mean"], low, high, strict=True))[:7]
