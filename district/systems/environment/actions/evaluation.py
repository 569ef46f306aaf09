"""Evaluates days from observations to results, and knows which days are due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from district.kernel.clock import CHINA
from district.kernel.devices.models import ObservationCount

from ..models import EvaluatedDay
from ..queries.series import evaluated_series
from .evaluation_ambient import write_air, write_noise, write_water
from .evaluation_days import day_grid, write_capture_rates, write_daily_values
from .evaluation_hours import evaluate_span, span_of
from .evaluation_outlets import write_outlets

LONGEST_SPAN_DAYS = 31
"""Days taken at once: as many as fit comfortably in memory."""

ONE_DAY = timedelta(days=1)


@transaction.atomic
def evaluate_days(first: date, last: date, now: datetime) -> int:
    """Evaluates all hours and days first … last; gives how many rows of results are new or changed.

    Doing it again changes nothing. A day's count of observations is read before its observations, so that what
    arrives in between makes the day due again.
    """
    counts = _observation_counts(first, last)
    series = evaluated_series()
    changed = evaluate_span(series, span_of(first, last, now))
    grid = day_grid(series, first, last, now)
    changed += write_daily_values(grid)
    air = [one for one in series if one.element == "air"]
    changed += write_air(day_grid(air, first - ONE_DAY, last, now), first)
    changed += write_water(grid) + write_noise(grid) + write_outlets(grid)
    changed += write_capture_rates(grid)
    _note_evaluated(first, last, counts, now)
    return changed


def _observation_counts(first: date, last: date) -> dict[date, int]:
    rows = ObservationCount.objects.filter(day__range=(first, last))
    return dict(rows.values_list("day", "observations"))


def _note_evaluated(first: date, last: date, counts: dict[date, int], now: datetime) -> None:
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    EvaluatedDay.objects.bulk_create(
        [EvaluatedDay(on=on, observations=counts.get(on, 0), evaluated_at=now) for on in days],
        update_conflicts=True,
        unique_fields=["on"],
        update_fields=["observations", "evaluated_at", "marked_at", "reason"],
    )


def due_days(now: datetime) -> list[date]:
    """Days with more observations than at their last evaluation, marked days, and always yesterday and today.

    Days still to come are never due.
    """
    today = now.astimezone(CHINA).date()
    known = {row.on: row for row in EvaluatedDay.objects.all()}
    due = {on for on, row in known.items() if row.marked_at is not None}
    for on, count in ObservationCount.objects.values_list("day", "observations"):
        if on not in known or known[on].observations != count:
            due.add(on)
    due |= {today, today - ONE_DAY}
    return sorted(on for on in due if on <= today)


def spans(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Runs of days without a hole, none longer than LONGEST_SPAN_DAYS."""
    first = last = None
    for on in sorted(days):
        if (
            last is not None
            and first is not None
            and on == last + ONE_DAY
            and (on - first).days < LONGEST_SPAN_DAYS
        ):
            last = on
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = on
    if first is not None and last is not None:
        yield first, last


def evaluate_due_days(now: datetime, most_spans: int = 12) -> int:
    """Evaluates what is due, the newest first, each span in a transaction of its own; gives the days evaluated."""
    done = 0
    for first, last in sorted(spans(due_days(now)), reverse=True)[:most_spans]:
        evaluate_days(first, last, now)
        done += (last - first).days + 1
    return done
