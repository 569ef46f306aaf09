"""Unix seconds of boards as people read them, in China."""

from __future__ import annotations

from datetime import UTC, datetime

from district.kernel.clock import CHINA


def clock_of(seconds: float) -> str:
    """HH:MM."""
    return f"{_at(seconds):%H:%M}"


def moment_of(seconds: float) -> str:
    """MM-DD HH:MM."""
    return f"{_at(seconds):%m-%d %H:%M}"


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).astimezone(CHINA)
