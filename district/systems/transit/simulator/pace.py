"""The fleet's own clock: the present, or the recent past played faster until it has caught up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta


class Pace:
    """Simulated time runs `speed` times as fast as `now` from `start_at`, and never ahead of `now`."""

    def __init__(self, now: Callable[[], datetime], speed: float = 1.0, start_at: datetime | None = None) -> None:
        if speed <= 0:
            raise ValueError(f"speed {speed} must be above zero")
        self._now = now
        self.speed = speed
        self._began_at = now()
        self._start_at = min(start_at or self._began_at, self._began_at)

    def now(self) -> datetime:
        """Simulated time."""
        real = self._now()
        return min(self._start_at + (real - self._began_at) * self.speed, real)

    async def sleep_until_s(self, at: float) -> None:
        """Until simulated time reaches these Unix seconds; wakes now and then, so that a slept-through day is noticed."""
        while (left := at - self.now().timestamp()) > 0:
            await asyncio.sleep(min(max(left / self.speed, 0.001), 5.0))

    def nap_s(self, seconds: float) -> float:
        return seconds / self.speed

    def ago(self, span: timedelta) -> datetime:
        return self.now() - span
