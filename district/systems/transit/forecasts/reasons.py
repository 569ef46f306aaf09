"""What makes a forecast unlike the timetable, of all it is made of: that which people ask about. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LEAST_PERCENT = 3
"""Weather that makes less of a difference is not worth a word."""


def reasons_of(source: str, reason: Mapping[str, Any]) -> list[str]:
    """Keys: block (the bus is still on its trip before), hold (told to wait), rain, snow, fog (slower than else)."""
    found = ["block"] if source == "block" else []
    if reason.get("hold_s"):
        found.append("hold")
    if reason.get("weather", "dry") != "dry" and reason.get("weather_percent", 0) >= LEAST_PERCENT:
        found.append(str(reason["weather"]))
    return found
