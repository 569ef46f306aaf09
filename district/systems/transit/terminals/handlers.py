"""What terminals tell is listened to."""

from __future__ import annotations

from district.kernel.devices.contract import DeviceReported
from district.kernel.events import on

from ..pictures.keeping import keep_media
from .actions import PROTOCOL, SYSTEM, note_alarms


@on(DeviceReported)
def take_terminal_report(event: DeviceReported) -> None:
    """Alarms of buses, pictures of their cameras; everything else stays a report to look at."""
    if event.system != SYSTEM or event.protocol != PROTOCOL:
        return
    if event.kind == "alarm":
        note_alarms(event.report_id)
    elif event.kind == "media":
        keep_media(event.report_id)
