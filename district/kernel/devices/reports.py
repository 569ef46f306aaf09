"""Reports of devices, written by the gateway without Django, are announced as events here, each exactly once."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from district.kernel import clock
from district.kernel.devices.contract import DeviceReported
from district.kernel.devices.models import DeviceReport
from district.kernel.events import publish

BATCH = 200
CHANNEL = "device_reports"
KEPT = timedelta(days=30)


@transaction.atomic
def announce_reports() -> int:
    """Publishes what waits, oldest first, and returns how many. Several workers may call it at once."""
    waiting = list(
        DeviceReport.objects.filter(is_told=False).order_by("pk").select_for_update(skip_locked=True, of=("self",))
        .select_related("device").defer("payload")[:BATCH]
    )  # fmt: skip
    for report in waiting:
        device = report.device
        publish(
            DeviceReported(
                report.pk, device.pk, device.code, device.system, report.protocol, report.kind, report.subject, report.at
            )
        )
    DeviceReport.objects.filter(pk__in=[report.pk for report in waiting]).update(is_told=True)
    return len(waiting)


def forget_old_reports() -> int:
    """Deletes what was announced longer ago than `KEPT`; systems have taken what they need. Returns how many."""
    deleted, _ = DeviceReport.objects.filter(is_told=True, received_at__lt=clock.now() - KEPT).delete()
    return deleted
