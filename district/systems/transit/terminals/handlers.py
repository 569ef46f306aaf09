"""What terminals tell is listened to."""

from __future__ import annotations

from district.kernel.devices.contract import DeviceReported
from district.kernel.events import on

from .actions import PROTOCOL, SYSTEM, note_alarms


@on(DeviceReported)
def take_terminal_report(event: DeviceReported) -> None:
    """Alarms of buses; everything else stays a report to look at."""
    if event.system == SYSTEM and event.protocol == PROTOCOL and event.kind == "alarm":
        note_alarms(event.report_id)
