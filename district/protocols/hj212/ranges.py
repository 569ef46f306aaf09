"""What a value may be at all: physical bounds, not limits of emission. Beyond them it is quarantined, never counted."""

from __future__ import annotations

from .tables import factor_of

MOST = 1e15
"""N14.2 is the widest number the standard knows."""
STATES = (0.0, 5.0)
HOURS = (0.0, 24.0)


def bounds(code: str, statistic: str) -> tuple[float, float]:
    """Lowest and highest possible value of an item under its code as sent, both included.

    Unknown codes are bounded by the width of the wire only: a vendor's item may be anything.
    """
    if statistic == "rs":
        return STATES
    if statistic == "rt":
        return HOURS
    factor = factor_of(code)
    if factor is None:
        return -MOST, MOST
    if statistic == "cou":
        # A total of something that may be negative (flow by a drifting velocity) may be negative too.
        return (0.0 if factor.low >= 0 else -MOST), MOST
    return factor.low, factor.high
