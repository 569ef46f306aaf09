"""What devices reported for hours, as arrays: hour messages first, minutes where an hour message is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from district.kernel.devices import marks
from district.kernel.devices.models import Series
from district.kernel.devices.queries import readings

from ..validity import Verdict, hour_mean
from .series import EvaluatedSeries

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class ReportedHours:
    """Arrays of shape (series, hours). `values` NaN where nothing was reported, in the device's own unit; `marks`
    as the kernel keeps them; `samples` minutes behind a value made from minutes; `is_reported` by an hour message."""

    values: NDArray[np.float64]
    marks: NDArray[np.int32]
    samples: NDArray[np.int16]
    is_reported: NDArray[np.bool_]


def reported_hours(series: Sequence[EvaluatedSeries], start: datetime, hours: int) -> ReportedHours:
    """The hours from `start` (a full hour) for every series, in the order given."""
    shape = (len(series), hours)
    found = ReportedHours(
        np.full(shape, np.nan), np.zeros(shape, np.int32), np.zeros(shape, np.int16), np.zeros(shape, bool)
    )
    end = start + hours * HOUR
    _take_hour_messages(found, series, start, end)
    _take_minutes(found, series, start, end)
    return found


def _take_hour_messages(
    found: ReportedHours, series: Sequence[EvaluatedSeries], start: datetime, end: datetime
) -> None:
    place = np.full(max((one.id for one in series), default=0) + 1, -1)
    for index, one in enumerate(series):
        place[one.id] = index
    columns = readings([one.id for one in series], start, end)
    rows = place[columns.series_id]
    hours = _hours_since(start, columns.at)
    found.values[rows, hours] = columns.value
    found.marks[rows, hours] = columns.mark
    found.is_reported[rows, hours] = True


def flags_of(raw: NDArray[np.int32]) -> list[str]:
    """The data flag of each mark: its first letter, N when the device gave none, `suspect` when a check doubts it."""
    known = {int(mark): _flag_of(int(mark)) for mark in np.unique(raw)}
    return [known[int(mark)] for mark in raw]


def _flag_of(mark: int) -> str:
    return "suspect" if mark & marks.SUSPECT else marks.letters_of(mark)[:1] or "N"


def _hours_since(start: datetime, at: NDArray[np.datetime64]) -> NDArray[np.int64]:
    origin = np.datetime64(int(start.timestamp()), "s")
    return (at.astype("datetime64[s]") - origin).astype(np.int64) // 3600


def _take_minutes(
    found: ReportedHours, series: Sequence[EvaluatedSeries], start: datetime, end: datetime
) -> None:
    """Hours without an hour message become the mean of their valid minutes, if there are enough (45)."""
    wanted = {
        (one.device_id, one.item): index
        for index, one in enumerate(series)
        if one.statistic == "avg" and not found.is_reported[index].all()
    }
    devices = {device_id for device_id, _ in wanted}
    minute = {
        row.pk: wanted[row.device_id, row.item]
        for row in Series.objects.filter(device_id__in=devices, period="minute", statistic="avg")
        if (row.device_id, row.item) in wanted
    }
    if not minute:
        return
    columns = readings(list(minute), start, end)
    hours = _hours_since(start, columns.at)
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for position, (series_id, hour) in enumerate(
        zip(columns.series_id.tolist(), hours.tolist(), strict=True)
    ):
        if not found.is_reported[minute[series_id], hour]:
            groups[minute[series_id], hour].append(position)
    for (index, hour), positions in groups.items():
        _fill_hour(
            found, index, hour, columns.at[positions], columns.value[positions], columns.mark[positions]
        )


def _fill_hour(
    found: ReportedHours,
    index: int,
    hour: int,
    at: NDArray[np.datetime64],
    values: NDArray[np.float64],
    raw_marks: NDArray[np.int32],
) -> None:
    flags = flags_of(raw_marks)
    mean = hour_mean(values, flags, minutes_each(at))
    found.samples[index, hour] = mean.valid_minutes
    if mean.value is not None:
        found.values[index, hour] = mean.value
    elif mean.verdict == Verdict.STOPPED:
        found.marks[index, hour] = marks.of_letter("F")


def minutes_each(at: NDArray[np.datetime64]) -> int:
    """How many minutes one reading stands for: the usual step between them, 1 to 30; 1 for a single reading."""
    if len(at) < 2:
        return 1
    steps = np.diff(np.sort(at.astype("datetime64[s]"))).astype(np.int64) / 60
    return int(min(30, max(1, round(float(np.median(steps))))))
