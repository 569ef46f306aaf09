"""The simulator's own clock: the present, or the recent past played faster until it has caught up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

LONGEST_NAP_S = 5.0


class Pace:
    """Simulated time runs `speed` times as fast as `now` from `start_at`, and never ahead of `now`."""

    def __init__(
        self, now: Callable[[], datetime], speed: float = 1.0, start_at: datetime | None = None,
        longest_nap_s: float = LONGEST_NAP_S,
    ) -> None:
        if speed <= 0:
            raise ValueError(f"speed {speed} must be above zero")
        self._now = now
        self._speed = speed
        self._longest_nap_s = longest_nap_s
        self._began_at = now()
        self._start_at = min(start_at or self._began_at, self._began_at)

    def now(self) -> datetime:
        """Simulated time."""
        real = self._now()
        return min(self._start_at + (real - self._began_at) * self._speed, real)

    def real_now(self) -> datetime:
        return self._now()

    def seconds_until(self, at: datetime) -> float:
        """Real seconds until simulated time reaches `at`, at most a short nap, so that a slept-through day is noticed."""
        left = (at - self.now()) / timedelta(seconds=1)
        return min(max(left / self._speed, 0.0), self._longest_nap_s)

    async def sleep_until(self, at: datetime) -> None:
        while self.now() < at:
            await asyncio.sleep(max(self.seconds_until(at), 0.001))
