"""Cameras, devices and reports for tests."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from district.kernel.clock import now
from district.kernel.devices.models import Device, DeviceReport
from district.kernel.people.models import Organisation
from district.systems.governance.models import Camera
from district.systems.governance.video.intake import take_report

TOWN = "370306001"
NVR = "37030600001180000001"
CHANNEL = "37030600001310000001"


def nvr(code: str = NVR, division_code: str = TOWN) -> Device:
    return Device.objects.create(
        code=code, name="青年路录像机", kind="video_nvr", protocol="gb28181", password="secret", system="governance",
        division_code=division_code,
    )  # fmt: skip


def camera(
    device: Device | None, code: str = CHANNEL, unit: Organisation | None = None, **fields: Any
) -> Camera:
    return Camera.objects.create(
        **{
            "code": code,
            "name": "南门",
            "device": device,
            "division_code": TOWN,
            "organisation": unit,
            **fields,
        }
    )


def told(
    device: Device,
    kind: str,
    payload: dict[str, Any] | None = None,
    subject: str = "",
    at: datetime | None = None,
) -> DeviceReport:
    """A report of the gateway, taken."""
    report = DeviceReport.objects.create(
        device=device, protocol="gb28181", kind=kind, subject=subject, key=uuid.uuid4().hex, at=at or now(),
        payload=payload or {},
    )  # fmt: skip
    take_report(report.pk)
    return report


def channel(code: str = CHANNEL, name: str = "南门", **fields: Any) -> dict[str, Any]:
    """An item of a catalogue as the gateway tells it."""
    usual = {
        "id": code,
        "name": name,
        "manufacturer": "M",
        "model": "T",
        "is_on": True,
        "lon": None,
        "lat": None,
    }
    return usual | fields


def catalogue(device: Device, *channels: dict[str, Any], trouble: str = "", minutes: float = 0) -> None:
    payload = {
        "total": len(channels),
        "received": len(channels),
        "trouble": trouble,
        "channels": list(channels),
    }
    told(device, "catalogue", payload, at=now() + timedelta(minutes=minutes))
