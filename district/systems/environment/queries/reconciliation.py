"""Each line of a permit against what is really there: device, data, capture rate, last manual report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Sum
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import CHINA
from district.kernel.devices.models import Device, Latest, Series
from district.kernel.wording import term

from ..models import CaptureRate, FileRecord, Outlet, PermitLimit
from ..validity import required

FRESH = timedelta(hours=2)
"""An hour message arrives soon after its hour; two hours without one is a gap."""

CAPTURE_DAYS = 30

AUTOMATIC = term("自动监测")

FREQUENCY_DAYS = {
    term("每日"): 1, term("每周"): 7, term("每月"): 31, term("每季度"): 92, term("每半年"): 184, term("每年"): 366,
}

GAPS = {
    "no_device": _("没有登记监测设备"),
    "item_not_reported": _("设备不上报该项目"),
    "offline": _("设备离线"),
    "stale": _("超过两小时没有小时数据"),
    "low_capture": _("近 30 天有效传输率低于 75%"),
    "no_report": _("没有手工监测报告"),
    "report_overdue": _("手工监测超过规定频次"),
}


@dataclass(frozen=True)
class Line:
    """A line of the permit: what is required, the evidence, and codes of GAPS that are open."""

    limit: PermitLimit
    requires: str
    device: Device | None
    latest_at: datetime | None
    latest_value: float | None
    capture_percent: float | None
    last_report_on: date | None
    gaps: tuple[str, ...]

    @property
    def gap_texts(self) -> tuple[str, ...]:
        return tuple(str(GAPS[code]) for code in self.gaps)


def reconciliation(limits: Iterable[PermitLimit], now: datetime) -> list[Line]:
    """A line per limit; four queries for all of them."""
    rows = list(limits)
    outlets = {row.outlet_id: row.outlet for row in rows}
    devices = {outlet.device_id for outlet in outlets.values() if outlet.device_id}
    latest = _latest(devices)
    capture = _capture(devices, now.astimezone(CHINA).date())
    reports = _reports(outlets)
    return [_line(row, latest, capture, reports, now) for row in rows]


LatestHours = dict[tuple[int, str], tuple[datetime, float] | None]


def _latest(device_ids: set[int]) -> LatestHours:
    """(device, item) → newest hour mean, None when a series exists that has never reported."""
    found: LatestHours = {}
    series = Series.objects.filter(device_id__in=device_ids, period="hour", statistic__in=("avg", "zs_avg"))
    newest = {row.series_id: row for row in Latest.objects.filter(series__in=series)}
    for one in series.order_by("statistic"):
        row = newest.get(one.pk)
        found[one.device_id, one.item] = (row.at, row.value) if row else found.get((one.device_id, one.item))
    return found


def _capture(device_ids: set[int], today: date) -> dict[int, float]:
    rows = CaptureRate.objects.filter(device_id__in=device_ids, on__gte=today - timedelta(days=CAPTURE_DAYS))
    totals = rows.values("device_id").annotate(owed=Sum("expected"), good=Sum("valid"))
    return {row["device_id"]: 100 * row["good"] / row["owed"] for row in totals if row["owed"]}


def _reports(outlets: dict[int, Outlet]) -> dict[int, date]:
    """Outlet → day of its last monitoring report in the file."""
    rows = FileRecord.objects.filter(outlet_id__in=outlets, kind="monitoring", is_withdrawn=False)
    return dict(rows.order_by().values_list("outlet_id").annotate(last=Max("happened_on")))


def _line(
    limit: PermitLimit,
    latest: LatestHours,
    capture: dict[int, float],
    reports: dict[int, date],
    now: datetime,
) -> Line:
    if not limit.requires_automatic:
        last_on = reports.get(limit.outlet_id)
        return Line(
            limit,
            limit.frequency or term("手工监测"),
            None,
            None,
            None,
            None,
            last_on,
            _report_gaps(limit, last_on, now.astimezone(CHINA).date()),
        )
    device = limit.outlet.device
    if device is None:
        return Line(limit, AUTOMATIC, None, None, None, None, None, ("no_device",))
    key = (device.pk, limit.item)
    at, value = latest.get(key) or (None, None)
    percent = capture.get(device.pk)
    gaps = _device_gaps(device, key in latest, at, percent, now)
    return Line(limit, AUTOMATIC, device, at, value, percent, None, gaps)


def _device_gaps(
    device: Device, is_reported: bool, at: datetime | None, percent: float | None, now: datetime
) -> tuple[str, ...]:
    found = {
        "offline": not device.is_online,
        "item_not_reported": not is_reported,
        "stale": is_reported and (at is None or now - at > FRESH + timedelta(hours=1)),
        "low_capture": percent is not None and percent < required("gas", "capture"),
    }
    return tuple(code for code, is_open in found.items() if is_open)


def _report_gaps(limit: PermitLimit, last_on: date | None, today: date) -> tuple[str, ...]:
    if last_on is None:
        return ("no_report",)
    days = FREQUENCY_DAYS.get(limit.frequency)
    return ("report_overdue",) if days is not None and (today - last_on).days > days else ()
