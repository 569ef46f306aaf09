"""How a camera stands, in one word, and why: a camera is on line when a picture can be had. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

STALE_AFTER = timedelta(minutes=30)
"""Three probes missed: what the last one said counts no more."""

STATES = ("playable", "unplayable", "stale", "unproved", "offline", "retired")


def camera_state(
    *,
    is_in_use: bool,
    is_registered: bool,
    is_playable: bool | None,
    probed_at: datetime | None,
    now: datetime,
) -> str:
    """`unproved`: registered, but no picture has been asked for yet."""
    if not is_in_use:
        return "retired"
    if not is_registered:
        return "offline"
    if is_playable is None or probed_at is None:
        return "unproved"
    if now - probed_at > STALE_AFTER:
        return "stale"
    return "playable" if is_playable else "unplayable"
