"""The day's trends, reckoned once and kept: hot spots, forecast, warnings."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import transaction

from district.kernel.clock import now
from district.kernel.people.access import Scope

from ...models import Trend, TrendKind
from ...reading.emerging import emerging_in
from ..cells import centre
from ..early_warning import GUARD_WEEKS, LEAST_WEEKS, WEEK, LoadWarning, warnings
from ..happenings import Happenings, date_of, day_number
from ..hierarchy import ALL, daily_counts
from ..hot_spots import HISTORY_DAYS, HotSpots, hot_spots
from ..load_forecast import LEAST_DAYS, forecast
from ..load_scoring import OURS, SEASONAL_NAIVE, score
from ..queries.events import first_day_of_record, happened, off_days, study_area, villages_per_cell

RECORD_DAYS = 730
SHOWN_DAYS = 60
FOLDS = 4
SCORED_FROM_DAYS = 120


def reckon_trends(last: date) -> dict[str, Trend]:
    """Everything for the days up to and including `last`, kept in place of what was kept for it before."""
    first = first_day_of_record(last, RECORD_DAYS)
    events = happened(first or last, last)
    hot, ahead, high = (
        found_hot_spots(events, last), found_forecast(events, first, last), found_warnings(events, first, last)
    )  # fmt: skip
    return {
        "hot_spots": _keep(TrendKind.HOT_SPOTS, last, hot),
        "forecast": _keep(TrendKind.FORECAST, last, ahead),
        "warnings": _keep(TrendKind.WARNINGS, last, high | {"topics": emerging_in(last)}),
    }


@transaction.atomic
def _keep(kind: str, on: date, result: dict[str, Any]) -> Trend:
    made, _is_new = Trend.objects.update_or_create(
        kind=kind, on=on, defaults={"result": result, "made_at": now()}
    )
    return made


def hot_spots_in(scope: Scope, kind: str, last: date) -> dict[str, Any]:
    """Hot spots of one kind (`""`: all), of the events inside a scope."""
    events = happened(last - timedelta(days=HISTORY_DAYS - 1), last, scope)
    return found_hot_spots(events.where(events.kind == kind) if kind else events, last)


def found_hot_spots(events: Happenings, last: date) -> dict[str, Any]:
    """The findings as plain numbers, with the middle of each cell for the map."""
    area = study_area()
    if not len(area):
        return {"first": last.isoformat(), "last": last.isoformat(), "events": 0, "cells": [], "clusters": []}
    return plain_hot_spots(hot_spots(events, day_number(last), area, base=villages_per_cell(area)))


def plain_hot_spots(found: HotSpots) -> dict[str, Any]:
    return {
        "first": date_of(found.first).isoformat(), "last": date_of(found.last).isoformat(), "events": found.events,
        "cells": [{**asdict(one), "at": centre(one.cell)} for one in found.cells],
        "clusters": [{**asdict(one), "at": centre(one.centre)} for one in found.clusters],
    }  # fmt: skip


def found_forecast(events: Happenings, first: date | None, last: date) -> dict[str, Any]:
    """Past days and days ahead of every series, and how the last such forecasts did."""
    if first is None or (last - first).days + 1 < LEAST_DAYS:
        return {"series": [], "days": [], "ahead": [], "score": None}
    start, end = day_number(first), day_number(last)
    hierarchy, counts = daily_counts(events, start, end)
    free = off_days(start - 1, end + 30)
    made = forecast(hierarchy, counts, start, off_days=free)
    shown = counts[:, -SHOWN_DAYS:]
    series = []
    for row, (town, kind) in enumerate(made.keys):
        bounds = {str(round(100 * cover)): [low[row].tolist(), high[row].tolist()]
                  for cover, (low, high) in made.bounds.items()}  # fmt: skip
        series.append({
            "town": town, "kind": kind, "past": shown[row].astype(int).tolist(),
            "mean": np.round(made.mean[row], 3).tolist(), "bounds": bounds,
        })  # fmt: skip
    return {
        "days": [date_of(end - shown.shape[1] + 1 + place).isoformat() for place in range(shown.shape[1])],
        "ahead": [date_of(day).isoformat() for day in made.days], "series": series,
        "score": _scored(hierarchy, counts, start, free),
    }  # fmt: skip


def _scored(hierarchy: Any, counts: np.ndarray, start: int, free: set[int]) -> dict[str, Any] | None:
    if counts.shape[1] < SCORED_FROM_DAYS:
        return None
    total = hierarchy.keys.index((ALL, ALL)) if (ALL, ALL) in hierarchy.keys else 0
    found = {}
    for name, rows in (("total", [total]), ("leaves", list(range(hierarchy.leaves)))):
        one = score(hierarchy, counts, start, folds=FOLDS, off_days=free, rows=rows)
        found[name] = {
            "ours": one.mase[OURS], "seasonal_naive": one.mase[SEASONAL_NAIVE], "days": one.days,
            "coverage": {str(round(100 * cover)): share for cover, share in one.coverage.items()},
        }  # fmt: skip
    return found


def found_warnings(events: Happenings, first: date | None, last: date) -> dict[str, Any]:
    """Series above expectation in the seven days to `last`; `is_too_short` when there is not enough to expect from."""
    least = (LEAST_WEEKS + GUARD_WEEKS + 1) * WEEK
    if first is None or (last - first).days + 1 < least:
        return {"warnings": [], "is_too_short": True, "least_days": least}
    start, end = day_number(first), day_number(last)
    hierarchy, counts = daily_counts(events, start, end)
    found = warnings(hierarchy.keys, counts, end)
    return {"warnings": [_plain(one) for one in found], "is_too_short": False, "series": len(hierarchy.keys)}


def _plain(one: LoadWarning) -> dict[str, Any]:
    return {
        "town": one.town, "kind": one.kind, "first": date_of(one.last - WEEK + 1).isoformat(),
        "last": date_of(one.last).isoformat(), "observed": one.observed, "expected": round(one.expected, 2),
        "upper": one.upper, "p": one.p, "ratio": None if one.ratio is None else round(one.ratio, 3),
    }  # fmt: skip
