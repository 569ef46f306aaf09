"""What video listens to."""

from __future__ import annotations

from district.kernel.devices.contract import DeviceReported
from district.kernel.events import on

from .intake import PROTOCOL, SYSTEM, take_report


@on(DeviceReported)
def take_video_report(event: DeviceReported) -> None:
    """A report of a camera, recorder or platform of this system."""
    if event.system == SYSTEM and event.protocol == PROTOCOL:
        take_report(event.report_id)
