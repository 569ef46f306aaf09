"""The newest reading of every item of a device, whatever period it came in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from district.kernel.devices import marks
from district.kernel.devices.models import Latest
from district.kernel.ui import formats

from ..items import item as item_of
from ..items import printed_unit

PERIODS = ("realtime", "hour")
STATISTICS = ("rtd", "zs_rtd", "avg", "zs_avg", "data")
"""`data` is the level of a noise meter, which is not a mean."""


@dataclass(frozen=True)
class LatestReading:
    """`value` in the unit the device reports in; `mark` is read with `devices.marks`."""

    series_id: int
    device_id: int
    item: str
    statistic: str
    period: str
    at: datetime
    value: float
    mark: int
    unit: str

    @property
    def title(self) -> str:
        name = item_of(self.item).zh
        return f"{name}（折算）" if self.statistic.startswith("zs_") else name

    @property
    def decimals(self) -> int:
        return item_of(self.item).decimals

    @property
    def value_text(self) -> str:
        return formats.number(self.value, self.decimals)

    @property
    def unit_text(self) -> str:
        return printed_unit(self.unit)

    @property
    def mark_text(self) -> str:
        return marks.describe(self.mark)

    @property
    def is_counted(self) -> bool:
        return marks.is_counted(self.mark)


def latest_readings(
    device_ids: Iterable[int], periods: Iterable[str] = PERIODS
) -> dict[int, dict[tuple[str, str], LatestReading]]:
    """By device, then by (item, "" or "zs"): the newest of its real-time and hourly values. One statement."""
    rows = Latest.objects.filter(
        series__device_id__in=list(device_ids),
        series__period__in=list(periods),
        series__statistic__in=STATISTICS,
    ).values_list(
        "series_id",
        "series__device_id",
        "series__item",
        "series__statistic",
        "series__period",
        "at",
        "value",
        "mark",
        "series__unit",
    )
    found: dict[int, dict[tuple[str, str], LatestReading]] = {}
    for row in rows:
        reading = LatestReading(*row)
        of_device = found.setdefault(reading.device_id, {})
        key = (reading.item, "zs" if reading.statistic.startswith("zs_") else "")
        known = of_device.get(key)
        if known is None or known.at < reading.at:
            of_device[key] = reading
    return found
