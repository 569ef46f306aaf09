"""What the gateway must know of buses: how old a position may be, and what the items mean that makers define. Pure."""

from __future__ import annotations

from district.kernel.devices.series_facts import NO_FACTS, SeriesFacts

POSITION_ITEMS: dict[int, tuple[int, str]] = {0xE1: (2, "aboard")}
"""Additional items of a position beyond the standard's: id → length and name; a big-endian number. 0xE1: people aboard."""
LATE_AFTER_S = 90.0
"""Of a position every 10 s; older ones have waited for a line."""


def late_after_s(period: str) -> float:
    """How long after its time something counts as late."""
    return LATE_AFTER_S


def series_facts(item: str, statistic: str, period: str) -> SeriesFacts:
    """Buses measure nothing that is kept as a series."""
    return NO_FACTS
