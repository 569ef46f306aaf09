"""The live topics the pages of this system listen to."""

from __future__ import annotations

from district.kernel.ui.live import topic

from ..manifest import STAFF_ROLES

STATIONS_TOPIC = "environment.latest"
COMMANDS_TOPIC = "environment.commands"

_STAFF = tuple(f"environment.{key}" for key in STAFF_ROLES)

topic(STATIONS_TOPIC, roles=_STAFF)
topic(COMMANDS_TOPIC, roles=("environment.monitor",))
