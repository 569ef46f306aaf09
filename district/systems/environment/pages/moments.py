"""Moments and numbers in the addresses of pages."""

from __future__ import annotations

from datetime import datetime

from district.kernel.clock import CHINA


def in_china(at: datetime) -> datetime:
    """The moment in China Standard Time; one without a zone is meant so."""
    return at.astimezone(CHINA) if at.tzinfo else at.replace(tzinfo=CHINA)


def read_whole(text: str | None, otherwise: int, low: int, high: int) -> int:
    """A whole number of an address within bounds, or another when it cannot be read."""
    try:
        return min(high, max(low, int(text or "")))
    except ValueError:
        return otherwise
