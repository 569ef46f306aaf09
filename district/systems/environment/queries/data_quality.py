"""How good the data are: capture rate by device and day, and what the detectors have seen."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet, Sum

from district.kernel.devices.models import Device
from district.kernel.people.access import scope_of
from district.kernel.people.models import Account

from ..models import CaptureRate, HourlyValue, QualityFinding


def devices_visible_to(account: Account) -> QuerySet[Device]:
    """The environment's devices in the area of the account's duty."""
    return scope_of(account, "environment").filter(
        Device.objects.filter(system="environment"),
        division_field="division_code",
        organisation_field="owner_id",
    )


@dataclass(frozen=True)
class CaptureMatrix:
    """Percent of valid hours, `percent[device][day]`, None where nothing was owed; totals per device."""

    devices: tuple[Device, ...]
    days: tuple[date, ...]
    percent: tuple[tuple[float | None, ...], ...]
    total_percent: tuple[float | None, ...]


def capture_matrix(devices: QuerySet[Device], first: date, last: date) -> CaptureMatrix:
    """Days first … last of every device that owed something, worst device first."""
    days = tuple(first + timedelta(days=number) for number in range((last - first).days + 1))
    found: dict[int, dict[date, tuple[int, int]]] = defaultdict(dict)
    rows = CaptureRate.objects.filter(device__in=devices, on__range=(first, last))
    for pk, on, valid, owed in rows.values_list("device_id", "on", "valid", "expected"):
        found[pk][on] = valid, owed
    known = {device.pk: device for device in devices if device.pk in found}
    totals = {
        pk: _percent(sum(valid for valid, _owed in by_day.values()), sum(owed for _valid, owed in by_day.values()))
        for pk, by_day in found.items()
        if pk in known
    }
    ordered = sorted(totals, key=lambda pk: (101.0 if totals[pk] is None else totals[pk], known[pk].code))
    return CaptureMatrix(
        tuple(known[pk] for pk in ordered),
        days,
        tuple(tuple(_cell(found[pk].get(day)) for day in days) for pk in ordered),
        tuple(totals[pk] for pk in ordered),
    )


def _cell(hours: tuple[int, int] | None) -> float | None:
    """Of (valid, owed) hours."""
    return None if hours is None else _percent(*hours)


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def capture_percent(first: date, last: date) -> float | None:
    """Valid of all hours owed, over all devices."""
    found = CaptureRate.objects.filter(on__range=(first, last)).aggregate(
        valid=Sum("valid"), owed=Sum("expected")
    )
    return _percent(found["valid"], found["owed"]) if found["owed"] else None


def findings_visible_to(account: Account) -> QuerySet[QualityFinding]:
    visible = devices_visible_to(account)
    rows = QualityFinding.objects.filter(series__device__in=visible)
    rows = rows.select_related("series__device", "verdict_by")
    return rows.defer("series__device__password", "series__device__cipher_key")


def marked_hours(devices: QuerySet[Device], start: datetime, end: datetime) -> list[tuple[str, str, int]]:
    """(validity, reason, hours) of hours that did not count as measured, most frequent first."""
    rows = HourlyValue.objects.filter(series__device__in=devices, at__gte=start, at__lt=end)
    grouped = rows.exclude(validity="valid").values("validity", "reason").annotate(hours=Count("at"))
    return [(row["validity"], row["reason"], row["hours"]) for row in grouped.order_by("-hours")[:30]]
