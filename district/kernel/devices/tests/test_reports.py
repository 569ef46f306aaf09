from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from district.kernel.clock import now
from district.kernel.devices.contract import DeviceReported
from district.kernel.devices.models import Device, DeviceReport
from district.kernel.devices.reports import KEPT, announce_reports, forget_old_reports
from district.kernel.events.listeners import forget, on
from district.kernel.jobs.in_line import run_waiting

HEARD: list[DeviceReported] = []


@pytest.fixture
def listening() -> Iterator[None]:
    HEARD.clear()

    @on(DeviceReported)
    def hear(event: DeviceReported) -> None:
        HEARD.append(event)

    yield
    forget(f"{hear.__module__}.{hear.__qualname__}")


def reported(device: Device, key: str, **more: object) -> DeviceReport:
    return DeviceReport.objects.create(
        device=device,
        protocol="gb28181",
        kind="alarm",
        subject="37",
        key=key,
        at=now(),
        payload={"a": 1},
        **more,
    )


def test_a_report_reaches_its_listeners_once(device: Device, listening: None) -> None:
    report = reported(device, "k1")
    assert (announce_reports(), announce_reports()) == (1, 0)
    run_waiting()
    assert [(event.report_id, event.system, event.kind, event.subject) for event in HEARD] == [
        (report.pk, "environment", "alarm", "37")
    ]


def test_only_old_reports_that_were_announced_are_deleted(device: Device) -> None:
    old = now() - KEPT - timedelta(days=1)
    reported(device, "k1", received_at=old, is_told=True)
    kept = [reported(device, "k2", received_at=old), reported(device, "k3", is_told=True)]
    assert forget_old_reports() == 1
    assert set(DeviceReport.objects.values_list("pk", flat=True)) == {report.pk for report in kept}
