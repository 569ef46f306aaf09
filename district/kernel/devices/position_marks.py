"""Bits of a position's `mark`: how it came and how far it may be believed. Beside the bits of `marks`. No Django."""

from __future__ import annotations

NO_FIX = 1 << 0
"""The terminal had no fix: the place is its last one or none."""
SHIFTED = 1 << 1
"""Coordinates are encrypted by a plug-in (JT/T 808 status bit 5): not for maps."""
BLIND_AREA = 1 << 2
"""Sent later, from an area without a line (0x0704 type 1)."""
LATE = 1 << 3
"""Came long after its time."""
BAD_CLOCK = 1 << 4
"""Its time cannot be right, and `at` is when we received it; the time as told stands in `extra`."""
IMPLAUSIBLE = 1 << 5
"""Too far from the position before it for the time between."""
SIMULATED = 1 << 6

NOT_FOR_FORECASTS = NO_FIX | SHIFTED | BAD_CLOCK | IMPLAUSIBLE
