"""Why a forecast is not to be trusted like others. Pure."""

from __future__ import annotations

from .board import RunState
from .vehicles import Vehicle

BY_STATE = {"unlikely": "unlikely", "off_route": "off_route", "silent": "old_position"}


def mark_of(run: RunState, vehicle: Vehicle | None, *, has_model: bool) -> str:
    """As of Forecast.mark; "" when there is nothing against it."""
    if run.state in BY_STATE:
        return BY_STATE[run.state]
    if vehicle is not None and vehicle.is_clock_bad:
        return "bad_clock"
    return "" if has_model else "no_model"
