"""The newest commands of a device, as its page and the fragment that follows them show them."""

from __future__ import annotations

from typing import Any

from district.kernel.devices.models import Device, DeviceCommand
from district.protocols.hj212 import REQUESTS

from ..queries.devices import OPEN_COMMANDS

SHOWN = 20
BADGES = {
    "queued": "secondary",
    "sent": "azure",
    "executing": "azure",
    "done": "green",
    "failed": "red",
    "refused": "red",
    "timed_out": "orange",
    "cancelled": "secondary",
}


def command_list(device: Device) -> dict[str, Any]:
    """What `device_commands.html` needs."""
    rows = list(DeviceCommand.objects.filter(device=device).select_related("asked_by")[:SHOWN])
    return {
        "commands": rows,
        "command_names": {name: request.zh for name, request in REQUESTS.items()},
        "command_badges": BADGES,
        "is_open": any(row.state in OPEN_COMMANDS for row in rows),
    }
