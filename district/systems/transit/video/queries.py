"""Requests for pictures and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from district.kernel.clock import now
from district.kernel.devices.models import Device, DeviceCommand, DeviceReport

from ..models import Bus
from ..terminals.actions import PROTOCOL, SYSTEM
from .server import MediaServer, configured

PATIENCE = timedelta(seconds=20)
"""A stream that has not begun so long after the terminal has agreed does not come."""
RECENT = timedelta(hours=12)
MOST = 30


@dataclass
class Request:
    """One request. `state`: waiting, asked, refused, silent, agreed, missing, arriving, ended, at_server."""

    command: DeviceCommand
    bus: str
    channel: int
    state: str
    told: dict[str, Any]
    seen_at: datetime | None
    watch: str


def state_of(command: DeviceCommand, report: DeviceReport | None, server: MediaServer | None, at: datetime) -> str:
    """What a person should know of a request."""
    if command.state == "queued":
        return "waiting"
    if command.state in ("sent", "executing"):
        return "asked"
    if command.state in ("refused", "failed"):
        return "refused"
    if command.state != "done":
        return "silent"
    if command.parameters.get("host") and server is not None:
        return "at_server"
    if report is not None:
        return str(report.payload.get("state", "arriving"))
    return "agreed" if at - (command.answered_at or command.asked_at) < PATIENCE else "missing"


def recent_requests() -> list[Request]:
    """The newest first."""
    at, server = now(), configured()
    commands = list(
        DeviceCommand.objects.filter(
            command="start_video", asked_at__gte=at - RECENT, device__system=SYSTEM, device__protocol=PROTOCOL
        ).select_related("device", "asked_by")[:MOST]
    )
    buses = dict(Bus.objects.filter(device__in=[each.device_id for each in commands]).values_list("device_id", "number"))
    return [_request(each, buses.get(each.device_id, each.device.name), server, at) for each in commands]


def _request(command: DeviceCommand, bus: str, server: MediaServer | None, at: datetime) -> Request:
    channel = int(command.parameters.get("channel", 0))
    reports = DeviceReport.objects.filter(device=command.device, kind="video", subject=str(channel))
    later = (
        DeviceCommand.objects.filter(
            device=command.device, command="start_video", parameters__channel=channel, asked_at__gt=command.asked_at
        ).order_by("asked_at").first()
    )  # fmt: skip
    reports = reports.filter(at__gte=command.asked_at)
    report = (reports.filter(at__lt=later.asked_at) if later else reports).order_by("-at", "-pk").first()
    watch = server.address_of(command.device.code, channel) if server else ""
    return Request(command, bus, channel, state_of(command, report, server, at), report.payload if report else {},
                   report.at if report else None, watch)  # fmt: skip


def buses_with_terminals() -> list[Bus]:
    """Those that can be asked; connected ones first."""
    found = Bus.objects.filter(device__protocol=PROTOCOL, device__status="active").select_related("device", "device__link")
    return sorted(found, key=lambda bus: (not is_connected(bus.device), bus.number))


def is_connected(device: Device | None) -> bool:
    link = getattr(device, "link", None)
    return bool(link and link.is_connected)
