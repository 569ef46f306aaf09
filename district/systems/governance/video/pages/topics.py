"""The live topic of the camera pages: told when a report of the gateway has changed something."""

from __future__ import annotations

from district.kernel.ui.live import topic

from ..intake import TOPIC

WATCHERS = ("officer", "video_officer", "dispatcher", "handler", "reader")

topic(TOPIC, roles=tuple(f"governance.{key}" for key in WATCHERS))
