"""New values for the pages that are open: at most one notice a second and topic, small enough for NOTIFY."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

from numpy.typing import NDArray

from district.edges.gateway.group import Readings

TOPIC = "devices.latest"
MOST_VALUES = 80
MOST_DEVICES = 600
"""Beyond these a page is told which devices changed, or only that some did, and asks for the rest itself."""


class LiveValues:
    """Filled by the loop, emptied by the desk."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: dict[int, tuple[int, float, int]] = {}
        self._devices: set[int] = set()
        self._is_many = False

    def add(self, ids: NDArray[Any], readings: Readings, devices: set[int]) -> None:
        with self._lock:
            self._devices |= devices
            if len(ids) > MOST_VALUES or len(self._values) > MOST_VALUES:
                self._is_many = True
                return
            columns = (ids.tolist(), readings.at_us.tolist(), readings.value.tolist(), readings.mark.tolist())
            for id, at_us, value, mark in zip(*columns, strict=True):
                known = self._values.get(id)
                if known is None or at_us >= known[0]:
                    self._values[id] = (at_us, value, mark)

    def payloads(self, now: datetime) -> list[dict[str, Any]]:
        """The notice to send now, if any: `latest` rows are [series, at (ms), value, mark], or null when too many."""
        with self._lock:
            values, devices, is_many = self._values, self._devices, self._is_many
            self._values, self._devices, self._is_many = {}, set(), False
        if not devices:
            return []
        latest = [[id, at_us // 1000, value, mark] for id, (at_us, value, mark) in values.items()]
        data = {
            "at": now.isoformat(timespec="seconds"),
            "devices": sorted(devices) if len(devices) <= MOST_DEVICES else None,
            "latest": None if is_many or len(latest) > MOST_VALUES else latest,
        }
        return [{"topic": TOPIC, "data": data}]
