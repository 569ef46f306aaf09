"""From evaluated hours to days: means, air quality, water class, noise levels, emissions, capture rates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from district.kernel.clock import day_bounds

from ..air_means import daily_means
from ..models import CaptureRate, DailyValue
from ..noise import LOUDEST_DB, energy_mean
from ..queries.evaluated_hours import VALIDITIES, evaluated_hours, rows_of
from ..queries.series import LEVEL, EvaluatedSeries
from ..validity import is_day_valid
from .result_rows import upsert

Floats = NDArray[np.float64]

VALID, INVALID, MISSING, STOPPED, SUBSTITUTED, CORRECTED, PENDING = range(7)
CODES = {
    "valid": VALID,
    "invalid": INVALID,
    "missing": MISSING,
    "stopped": STOPPED,
    "substituted": SUBSTITUTED,
    "corrected": CORRECTED,
}
"""PENDING: an hour that is not over yet, or that nobody owes."""
_CODE_OF = np.array([CODES[validity] for validity in VALIDITIES], dtype=np.int8)


@dataclass(frozen=True)
class DayGrid:
    """Evaluated hours as arrays of shape (series, days, 24): values in item units, and validity codes."""

    first: date
    last: date
    series: Sequence[EvaluatedSeries]
    values: Floats
    codes: NDArray[np.int8]
    now: datetime

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=index) for index in range((self.last - self.first).days + 1)]

    @cached_property
    def place(self) -> Mapping[int, int]:
        return {one.id: index for index, one in enumerate(self.series)}

    @cached_property
    def measured(self) -> Floats:
        """Values that were measured or corrected; substitutes left out."""
        return np.where((self.codes == VALID) | (self.codes == CORRECTED), self.values, np.nan)

    @cached_property
    def is_over(self) -> NDArray[np.bool_]:
        """Per day, whether its 24 hours have passed."""
        return np.array([day_bounds(on)[1] <= self.now for on in self.days])

    def of(self, point_id: int | None = None, outlet_id: int | None = None) -> dict[tuple[str, str], int]:
        """(item, statistic) → index, for one point or the outlet side of one outlet."""
        return {
            (one.item, one.statistic): index
            for index, one in enumerate(self.series)
            if (point_id is not None and one.point_id == point_id)
            or (outlet_id is not None and one.outlet_id == outlet_id and not one.is_inlet)
        }


def day_grid(series: Sequence[EvaluatedSeries], first: date, last: date, now: datetime) -> DayGrid:
    """Reads the evaluated hours of a span of days, as they stand at `now`."""
    days = (last - first).days + 1
    values = np.full((len(series), days * 24), np.nan)
    codes = np.full((len(series), days * 24), PENDING, dtype=np.int8)
    ids = [one.id for one in series]
    start, end = day_bounds(first)[0], day_bounds(last)[1]
    hours = evaluated_hours(ids, start, end)
    row, column = rows_of(ids, hours), hours.hour_from(start)
    codes[row, column] = _CODE_OF[hours.validity]
    values[row, column] = hours.value
    return DayGrid(first, last, series, values.reshape(-1, days, 24), codes.reshape(-1, days, 24), now)


def write_daily_values(grid: DayGrid) -> int:
    """Means of the days of every series; totals (`cou`) are summed, noise is averaged by energy."""
    rows = []
    for index, one in enumerate(grid.series):
        hours = grid.values[index]
        for number, on in enumerate(grid.days):
            codes = grid.codes[index, number]
            if (codes == PENDING).all():
                continue
            rows.append((one.id, on, *_day_of(one, hours[number], codes)))
    fields = ("series_id", "on", "value", "minimum", "maximum", "hours", "valid_hours", "validity", "reason")
    return upsert(DailyValue, rows, fields, ("series_id", "on"))


def _day_of(one: EvaluatedSeries, hours: Floats, codes: NDArray[np.int8]) -> tuple:
    known = hours[np.isfinite(hours)]
    valid = int(((codes == VALID) | (codes == CORRECTED)).sum())
    stopped = int((codes == STOPPED).sum())
    if known.size == 0:
        state = "stopped" if stopped == 24 else "missing"
        return (None, None, None, 0, valid, state, state)
    if one.statistic == "cou":
        value: float | None = float(known.sum())
    elif one.element == "noise":
        value = energy_mean(known[np.abs(known) <= LOUDEST_DB])
    elif one.item == WIND_DIRECTION:
        value = circular_mean(known)
    else:
        value = _exact_mean(hours)
    is_valid = is_day_valid(valid, stopped) if one.medium != "ambient" else valid >= 20
    substituted = int((codes == SUBSTITUTED).sum())
    validity = "valid" if is_valid else "substituted" if substituted + valid >= 20 else "invalid"
    return (
        value,
        float(known.min()),
        float(known.max()),
        known.size,
        valid,
        validity,
        "" if is_valid else "too_few_hours",
    )


def circular_mean(degrees: Floats) -> float:
    """The mean of directions, 0 to 360: of 350° and 10° it is 0°, not 180°."""
    radians = np.deg2rad(degrees)
    return float(np.rad2deg(np.arctan2(np.sin(radians).mean(), np.cos(radians).mean())) % 360)


def _exact_mean(hours: Floats) -> float:
    """The mean with ties kept exact (see `air_means`); of fewer than 20 hours a plain one."""
    mean = daily_means(hours[None, :]).value[0]
    return float(np.nanmean(hours)) if np.isnan(mean) else float(mean)


WIND_DIRECTION = "a01008"

REQUIRED = {
    "air": ("a34004", "a34002", "a21026", "a21004", "a21005", "a05024"),
    "gas": ("a21026", "a21002", "a34013"),
    "waste_water": ("w01018", "w21003", "w00000"),
    "noise": (LEVEL,),
}
"""Items whose hours count in the capture rate of a device; those it does not measure are not owed. Devices of other
elements owe every item they report. A noise device owes its equivalent level: the levels it may add are statistics of
the same hour, and day, night and day-night levels have no hours at all."""


def write_capture_rates(grid: DayGrid) -> int:
    """Received and valid hours beside those owed, per device and day. Hours of a stopped plant are not owed, nor
    those before a device began."""
    by_device: dict[int, list[int]] = defaultdict(list)
    for index, one in enumerate(grid.series):
        required = REQUIRED.get(one.element)
        if one.statistic in ("avg", "data") and (required is None or one.item in required):
            by_device[one.device_id].append(index)
    rows = []
    for device_id, places in by_device.items():
        for number, on in enumerate(grid.days):
            codes = grid.codes[places, number]
            if not (codes == PENDING).all():
                owed = int(((codes != STOPPED) & (codes != PENDING)).sum())
                valid = int(((codes == VALID) | (codes == CORRECTED)).sum())
                not_arrived = int(((codes == MISSING) | (codes == SUBSTITUTED)).sum())
                rows.append((device_id, on, owed, max(valid, owed - not_arrived), valid))
    return upsert(
        CaptureRate, rows, ("device_id", "on", "expected", "received", "valid"), ("device_id", "on")
    )
