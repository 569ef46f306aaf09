"""The past of a station, item by item: evaluated hours, or what the device said in the last hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from district.kernel.clock import CHINA
from district.kernel.devices import marks
from district.kernel.devices.models import Observation, Series

from ..items import item as item_of
from ..models import PermitLimit
from .evaluated_hours import evaluated_hours
from .instants import AT_S, Moments

REALTIME = "1h"
SPANS = {
    REALTIME: timedelta(hours=1),
    "24h": timedelta(hours=24),
    "7d": timedelta(days=7),
    "30d": timedelta(days=30),
}


@dataclass
class ItemHistory:
    """One item. `values` count, `doubtful` were reported but do not count; both have the length of `at`."""

    item: str
    statistic: str
    unit: str
    at: list[datetime]
    values: list[float | None]
    doubtful: list[float | None]

    @property
    def title(self) -> str:
        name = item_of(self.item).zh
        return f"{name}（折算）" if self.statistic.startswith("zs_") else name

    @property
    def has_doubtful(self) -> bool:
        return any(value is not None for value in self.doubtful)


def history_of(device_id: int, span: str, until: datetime) -> list[ItemHistory]:
    """All items of a device over the span that ends at `until`; items without evaluated hours as they were reported."""
    is_realtime = span == REALTIME
    wanted = Q(period="realtime", statistic__in=("rtd", "zs_rtd"))
    if not is_realtime:
        wanted = Q(period="hour", statistic__in=("avg", "zs_avg", "data"))
    series = {
        row.pk: row for row in Series.objects.filter(wanted, device_id=device_id).order_by("item", "pk")
    }
    since = until - SPANS[span]
    rows = {} if is_realtime else _evaluated(list(series), since, until)
    rows |= _observed([key for key in series if key not in rows], since, until)
    moments = Moments()
    return [_history(series[key], rows[key], moments) for key in series if key in rows]


Row = tuple[int, float | None, float | None]
"""Seconds since 1970, the value that counts, the value that does not."""


def _evaluated(series: Sequence[int], since: datetime, until: datetime) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    hours = evaluated_hours(series, since, until)
    doubtful = np.where(np.isnan(hours.value), hours.raw, np.nan)
    order = np.argsort(hours.at_s, kind="stable")
    for key in np.unique(hours.series_id).tolist():
        chosen = order[hours.series_id[order] == key]
        columns = (hours.at_s, hours.value, doubtful)
        found[key] = list(zip(*(_or_none(column[chosen]) for column in columns), strict=True))
    return found


def _or_none(numbers: NDArray[Any]) -> list[Any]:
    return [None if number != number else number for number in numbers.tolist()]  # NaN alone differs from itself


def _observed(series: Sequence[int], since: datetime, until: datetime) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    rows = Observation.objects.filter(series_id__in=series, at__gte=since, at__lt=until).order_by("at")
    for key, at, value, mark in rows.values_list("series_id", AT_S, "value", "mark"):
        counts = marks.is_counted(mark)
        found.setdefault(key, []).append((at, value if counts else None, None if counts else value))
    return found


def _history(series: Series, rows: list[Row], moments: Moments) -> ItemHistory:
    return ItemHistory(
        series.item,
        series.statistic,
        series.unit or item_of(series.item).unit,
        [moments[at] for at, _value, _doubtful in rows],
        [value for _at, value, _doubtful in rows],
        [doubtful for _at, _value, doubtful in rows],
    )


def hour_limits(outlet_id: int, until: datetime) -> dict[str, PermitLimit]:
    """The hourly limits of an outlet in force on the day of `until`, by item."""
    on = until.astimezone(CHINA).date()
    ruling = Q(valid_until_on__isnull=True) | Q(valid_until_on__gte=on)
    rows = PermitLimit.objects.filter(ruling, outlet_id=outlet_id, period="hour", valid_from_on__lte=on)
    return {row.item: row for row in rows.order_by("valid_from_on")}
