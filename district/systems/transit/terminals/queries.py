"""Terminals as they are seen: their bus, link, last position, alarms, refusals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count

from district.kernel.clock import now
from district.kernel.devices.models import Device, DeviceReport, QuarantinedMessage
from district.kernel.devices.position_marks import BAD_CLOCK, IMPLAUSIBLE, NO_FIX, SHIFTED

from ..models import Bus
from .actions import PROTOCOL, SYSTEM
from .alarm_words import names_of

RECENT = timedelta(hours=24)


@dataclass
class TerminalRow:
    """One terminal. `state`: connected, offline, never, suspended, retired."""

    pk: int
    code: str
    name: str
    bus: str
    plate: str
    plate_told: str
    state: str
    version: str
    model: str
    seen_at: datetime | None
    at: datetime | None
    speed_kmh: float | None
    mark: int
    alarms: str
    refused: int
    is_simulated: bool

    @property
    def is_plate_wrong(self) -> bool:
        return bool(self.plate and self.plate_told and self.plate != self.plate_told)


def terminals_of_buses() -> Any:
    """The devices of this kind."""
    return Device.objects.filter(system=SYSTEM, protocol=PROTOCOL)


def terminal_rows(only: int | None = None) -> list[TerminalRow]:
    """All terminals by code, or one."""
    found = terminals_of_buses().select_related("link", "latest_position").order_by("code")
    found = found.filter(pk=only) if only is not None else found
    buses = {bus.device_id: bus for bus in Bus.objects.filter(device__isnull=False)}
    refused = dict(
        QuarantinedMessage.objects.filter(protocol=PROTOCOL, received_at__gte=now() - RECENT)
        .values_list("device_code").annotate(many=Count("pk"))
    )  # fmt: skip
    return [_row(device, buses.get(device.pk), refused.get(device.code, 0)) for device in found]


def _row(device: Device, bus: Bus | None, refused: int) -> TerminalRow:
    link, place = getattr(device, "link", None), getattr(device, "latest_position", None)
    told = device.attributes.get("terminal") or {}
    state = device.status if device.status != "active" else "never" if link is None or link.connected_at is None else (
        "connected" if link.is_connected else "offline"
    )  # fmt: skip
    return TerminalRow(
        device.pk, device.code, device.name, bus.number if bus else "", bus.plate if bus else "", str(told.get("plate", "")),
        state, str(told.get("version", "")), str(told.get("model", "")), device.last_seen_at, place.at if place else None,
        place.speed_kmh if place else None, place.mark if place else 0, names_of(place.alarm) if place else "", refused,
        device.is_simulated,
    )  # fmt: skip


def refusals(device: Device, most: int = 30) -> list[QuarantinedMessage]:
    """The newest messages of a terminal that were not taken."""
    found = QuarantinedMessage.objects.filter(protocol=PROTOCOL, device_code__in=(device.code, device.code.lstrip("0")))
    return list(found.defer("raw").order_by("-received_at")[:most])


def strangers(most: int = 20) -> list[dict[str, Any]]:
    """Numbers nobody has registered that knock: the newest first."""
    found = (
        QuarantinedMessage.objects.filter(protocol=PROTOCOL, reason="unknown_device", received_at__gte=now() - RECENT)
        .order_by("-received_at").values("device_code", "remote", "received_at")[:200]
    )  # fmt: skip
    by_number: dict[str, dict[str, Any]] = {}
    for each in found:
        by_number.setdefault(each["device_code"], each)
    return list(by_number.values())[:most]


def newest_report(device: Device, kind: str) -> DeviceReport | None:
    """What it told last of a kind."""
    return DeviceReport.objects.filter(device=device, kind=kind).order_by("-at", "-pk").first()


def doubts(mark: int) -> list[str]:
    """Keys of why a position is not to be believed."""
    bits = {"no_fix": NO_FIX, "shifted": SHIFTED, "bad_clock": BAD_CLOCK, "implausible": IMPLAUSIBLE}
    return [key for key, bit in bits.items() if mark & bit]
