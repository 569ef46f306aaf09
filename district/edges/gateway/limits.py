"""What one connection, and all of them, may take. Every number can be set by an environment variable of its name."""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Limits:
    """`DISTRICT_GATEWAY_<NAME IN CAPITALS>` overrides; sizes in bytes, times in seconds.

    A connection that sends faster than `frames_per_s` (after a burst) is read more slowly, never dropped. One that
    leaves a frame unfinished for `unfinished_s`, says nothing right within `silent_s`, or nothing at all for `idle_s`
    is closed; the terminal of a vehicle, which sends signs of life, already after `terminal_idle_s`. `future_s` and
    `keep_days` (DISTRICT_KEEP_DAYS, as for the hand-over) bound the time of a reading.
    """

    connections: int = 20_000
    buffer: int = 128 * 1024
    all_buffers: int = 256 * 1024 * 1024
    turn_bytes: int = 2 * 1024 * 1024
    turn_share: int = 64 * 1024
    gather_s: float = 0.003
    frames_per_s: int = 1_000
    burst_frames: int = 20_000
    unfinished_s: float = 60.0
    silent_s: float = 120.0
    idle_s: float = 2 * 3600.0
    terminal_idle_s: float = 600.0
    wrong_passwords: int = 20
    unsent: int = 1024 * 1024
    future_s: float = 600.0
    keep_days: int = 400
    drain_s: float = 10.0
    sync_clock: int = 0

    @classmethod
    def from_environment(cls) -> Limits:
        """Raises ValueError naming the variable that is no number."""
        given: dict[str, Any] = {}
        usual = cls()
        for each in fields(cls):
            name = "DISTRICT_KEEP_DAYS" if each.name == "keep_days" else f"DISTRICT_GATEWAY_{each.name.upper()}"
            if os.environ.get(name):
                try:
                    given[each.name] = type(getattr(usual, each.name))(os.environ[name])
                except ValueError as error:
                    raise ValueError(f"{name}={os.environ[name]}：应为数字（not a number）") from error
        return cls(**given)


def raise_open_files() -> int:
    """As many open files as the system allows; gives the number."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most
