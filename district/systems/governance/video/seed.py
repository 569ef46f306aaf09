"""Simulated cameras and schematic key points to look at, and one grant. Running it again changes nothing that is there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction

from district.kernel.clock import now, today
from district.kernel.devices.models import Device
from district.kernel.people.demo import is_wanted
from district.kernel.people.models import Account, Organisation
from district.systems.governance.models import (
    Camera,
    CameraMount,
    GrantState,
    KeyPoint,
    VideoGrant,
    VideoSource,
)

from .simulator.fleet import fleet, is_registered, password_of

GRANTED = 6


@transaction.atomic
def seed_video() -> None:
    """Needs the organisations. Key points are schematic; without demo accounts there are no simulated devices either."""
    for point in fleet().points:
        KeyPoint.objects.get_or_create(code=point["code"], defaults={**point, "is_schematic": True})
    if not is_wanted():
        return
    units = {unit.code: unit for unit in Organisation.objects.all()}
    for each in fleet().devices:
        device = _device(each)
        for channel in filter(is_registered, each["channels"]):
            _camera(channel, device, units)
    _grant(units)


def _device(each: dict[str, Any]) -> Device:
    device, _ = Device.objects.get_or_create(
        code=each["code"],
        defaults={
            "name": each["name"], "kind": each["kind"], "protocol": "gb28181", "password": password_of(each["code"]),
            "system": "governance", "division_code": each["division_code"], "lon": each["lon"], "lat": each["lat"],
            "is_simulated": True, "interval_s": each["interval_s"],
            "attributes": {"media": each["media"]} if "media" in each else {},
        },
    )  # fmt: skip
    VideoSource.objects.get_or_create(device=device)
    return device


def _camera(channel: dict[str, Any], device: Device, units: dict[str, Organisation]) -> None:
    Camera.objects.get_or_create(
        code=channel["code"],
        defaults={
            "name": channel["name"], "device": device, "organisation": units.get(channel["organisation"]),
            "division_code": channel["division_code"], "address": channel["address"], "lon": channel["lon"],
            "lat": channel["lat"], "mount": channel.get("mount", CameraMount.FIXED),
            "heading_deg": channel["heading_deg"], "view_deg": channel["view_deg"], "range_m": channel["range_m"],
            "is_simulated": True,
        },
    )  # fmt: skip


def _grant(units: dict[str, Organisation]) -> None:
    """The city management may watch some squares for a while; asked by one, approved by another."""
    asker = Account.objects.filter(username="governance.handler").first()
    boss = Account.objects.filter(username="governance.video_officer").first()
    if asker is None or boss is None or VideoGrant.objects.exists():
        return
    made = VideoGrant.objects.create(
        organisation=asker.organisation or units["zhoucun"], purpose="集市占道经营整治（演示）",
        legal_basis="城市管理综合整治工作方案（演示）", from_on=today(), until_on=today() + timedelta(days=30),
        state=GrantState.APPROVED, asked_by=asker, decided_by=boss, decided_at=now(), decision="同意（演示）",
    )  # fmt: skip
    made.cameras.set(Camera.objects.filter(mount=CameraMount.DOME).order_by("code")[:GRANTED])
