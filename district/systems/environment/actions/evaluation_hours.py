"""Evaluates the hours of all series of a span of days and writes what differs. The same span twice changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from district.kernel.clock import CHINA, day_bounds
from district.kernel.devices.models import Device

from ..hour_evaluation import EvaluatedHours, Hours, evaluate_hours
from ..models import Correction, HourlyValue, StateMark
from ..queries.observed import ReportedHours, flags_of, reported_hours
from ..queries.series import MAY_BE_NEGATIVE, EvaluatedSeries
from .result_rows import upsert

HOUR = timedelta(hours=1)
LOOK_BACK_HOURS = 2160
"""As far as the longest substitute looks back (HJ 75-2017 12.2), in valid hours; twice that in days of the clock."""

SUBSTITUTED_ITEMS = frozenset(
    {"a21026", "a21002", "a34013", "a00000", "w01018", "w21003", "w21011", "w21001", "w00000", "w01001"}
)
"""Items of sources whose gaps are filled: pollutants and flow. Auxiliary readings are left as they are."""

FIELDS = ("series_id", "at", "value", "raw", "validity", "reason", "samples", "observed_at")


@dataclass(frozen=True)
class Span:
    """Whole hours from `start` to `end` (exclusive)."""

    start: datetime
    end: datetime

    @property
    def hours(self) -> int:
        return int((self.end - self.start) / HOUR)

    def at(self, index: int) -> datetime:
        return self.start + index * HOUR

    def index(self, at: datetime) -> int:
        return int((at - self.start) / HOUR)


def span_of(first: date, last: date, now: datetime) -> Span:
    """The hours of days first … last, as far as they are over at `now`."""
    complete = now.astimezone(CHINA).replace(minute=0, second=0, microsecond=0)
    start = day_bounds(first)[0]
    return Span(start, max(start, min(day_bounds(last)[1], complete)))


def evaluate_span(series: Sequence[EvaluatedSeries], span: Span) -> int:
    """Evaluates and writes; gives the number of rows that are new or changed."""
    if not series or span.hours <= 0:
        return 0
    reported = reported_hours(series, span.start, span.hours)
    begins = _first_owed(series, span, reported)
    states = _declared_states(series, span)
    corrections = _corrections(series, span)
    rows: list[tuple] = []
    for place, one in enumerate(series):
        of_one = _rows_of(
            one, span, reported, place, states.get(one.outlet_id or 0), corrections.get(one.id, {})
        )
        rows += of_one[begins[one.device_id] :]
    return upsert(HourlyValue, rows, FIELDS, ("series_id", "at"))


FIRST_ROWS = """
    SELECT s.device_id, min(f.at) FROM devices_series s
    CROSS JOIN LATERAL (
        SELECT at FROM environment_hourlyvalue WHERE series_id = s.id ORDER BY at LIMIT 1
    ) AS f
    WHERE s.id = ANY(%s) GROUP BY s.device_id
"""


def _first_owed(series: Sequence[EvaluatedSeries], span: Span, reported: ReportedHours) -> dict[int, int]:
    """Device → index of the first hour of the span it owes: nothing is missing from before it began.

    A device begins when it was registered, or earlier with the first hour it ever reported.
    """
    devices = {one.device_id for one in series}
    begins = dict(Device.objects.filter(pk__in=devices).values_list("pk", "made_at"))
    with connection.cursor() as cursor:
        cursor.execute(FIRST_ROWS, [[one.id for one in series]])
        for device_id, at in cursor.fetchall():
            begins[device_id] = min(begins[device_id], at)
    has_value = ~np.isnan(reported.values) | reported.is_reported
    for place in np.flatnonzero(has_value.any(axis=1)).tolist():
        device_id = series[place].device_id
        begins[device_id] = min(begins[device_id], span.at(int(np.argmax(has_value[place]))))
    # The hour in which a device was registered was not whole: it owes from the next one on.
    return {
        device_id: min(span.hours, max(0, -int(-(at - span.start) // HOUR)))
        for device_id, at in begins.items()
    }


def _rows_of(
    one: EvaluatedSeries,
    span: Span,
    reported: ReportedHours,
    place: int,
    states: list[str] | None,
    corrections: dict[int, float | None],
) -> list[tuple]:
    raw = reported.values[place] * one.factor
    hours = Hours(raw, flags_of(reported.marks[place]), states or [""] * span.hours, corrections)
    substitutes = one.outlet_id is not None and one.item in SUBSTITUTED_ITEMS and not one.is_inlet
    may_be_negative = one.item in MAY_BE_NEGATIVE
    first = 0
    found = evaluate_hours(hours, one.medium, may_be_negative=may_be_negative, substitutes=False)
    if substitutes and (np.isnan(found.value) & (found.worth != 3)).any():
        found, first = _with_substitutes(one, span, hours, found, may_be_negative)
    return [
        (
            one.id,
            span.at(index),
            _number(found.value[index + first]),
            _number(raw[index]),
            found.validity[index + first],
            found.reason[index + first],
            int(reported.samples[place, index]),
            span.at(index) if reported.is_reported[place, index] else None,
        )
        for index in range(span.hours)
    ]


def _with_substitutes(
    one: EvaluatedSeries, span: Span, hours: Hours, found: EvaluatedHours, may_be_negative: bool
) -> tuple[EvaluatedHours, int]:
    """Evaluates again with the hours before the span in front; gives the index of the span's first hour."""
    start = span.start - 2 * LOOK_BACK_HOURS * HOUR
    before = _history(one.id, start, span.start)
    length = len(before.raw)
    joined = Hours(
        np.concatenate([before.raw, hours.raw]),
        [*before.flags, *hours.flags],
        [*before.states, *hours.states],
        {**before.corrections, **{index + length: value for index, value in hours.corrections.items()}},
    )
    quarter = _quarter_start(span.start)
    capture_from = max(0, int((quarter - (span.start - length * HOUR)) / HOUR))
    return evaluate_hours(
        joined, one.medium, may_be_negative=may_be_negative, substitutes=True, capture_from=capture_from
    ), length


def _quarter_start(at: datetime) -> datetime:
    local = at.astimezone(CHINA)
    return day_bounds(date(local.year, (local.month - 1) // 3 * 3 + 1, 1))[0]


def _history(series_id: int, start: datetime, end: datetime) -> Hours:
    """What had been found valid, invalid, missing and stopped before; from the first hour ever known."""
    rows = HourlyValue.objects.filter(series_id=series_id, at__gte=start, at__lt=end).order_by("at")
    known = list(rows.values_list("at", "value", "raw", "validity"))
    if not known:
        return Hours(np.empty(0), [], [], {})
    first = known[0][0]
    length = int((end - first) / HOUR)
    raw: NDArray[np.float64] = np.full(length, np.nan)
    flags, states = ["N"] * length, [""] * length
    for at, value, reported, validity in known:
        index = int((at - first) / HOUR)
        if validity in ("valid", "corrected"):
            raw[index] = np.nan if value is None else value
        elif validity == "stopped":
            states[index] = "stopped"
        elif reported is not None:
            raw[index], flags[index] = reported, "D"
    return Hours(raw, flags, states, {})


def _declared_states(series: Sequence[EvaluatedSeries], span: Span) -> dict[int, list[str]]:
    """Outlet → declared state of each hour that the state covers for more than half."""
    found: dict[int, list[str]] = {}
    outlets = {one.outlet_id for one in series if one.outlet_id}
    for mark in StateMark.objects.filter(
        outlet_id__in=outlets, from_at__lt=span.end, until_at__gt=span.start
    ):
        states = found.setdefault(mark.outlet_id, [""] * span.hours)
        for index in range(max(0, span.index(mark.from_at)), min(span.hours, span.index(mark.until_at) + 1)):
            covered = min(mark.until_at, span.at(index + 1)) - max(mark.from_at, span.at(index))
            if covered * 2 > HOUR:
                states[index] = mark.state
    return found


def _corrections(series: Sequence[EvaluatedSeries], span: Span) -> dict[int, dict[int, float | None]]:
    """Series → hour index → corrected value, the latest confirmed one."""
    found: dict[int, dict[int, float | None]] = defaultdict(dict)
    rows = Correction.objects.filter(
        series_id__in=[one.id for one in series],
        at__gte=span.start,
        at__lt=span.end,
        state=Correction.State.CONFIRMED,
    )
    for row in rows.order_by("decided_at"):
        found[row.series_id][span.index(row.at)] = row.new_value
    return found


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
