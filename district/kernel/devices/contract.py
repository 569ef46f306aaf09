"""What the devices package tells. Listeners: `@on(DeviceReported)` in a `handlers.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from district.kernel.vocabulary import Event


@dataclass(frozen=True)
class DeviceReported(Event):
    """A device told something that is no measured value; the payload stands in the DeviceReport of that id.

    Events of one device may be handled in another order than they happened: `at` says which is newer.
    """

    report_id: int
    device_id: int
    device_code: str
    system: str
    protocol: str
    kind: str
    subject: str
    at: datetime
