"""The live topic the pages of this system listen to: the gateway tells it when values have come."""

from __future__ import annotations

from district.kernel.ui.live import topic

from ..manifest import STAFF_ROLES

STATIONS_TOPIC = "environment.latest"

_STAFF = tuple(f"environment.{key}" for key in STAFF_ROLES)

topic(STATIONS_TOPIC, roles=_STAFF)
