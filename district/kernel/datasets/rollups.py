"""Means of many observations. Ibis expressions over a table of series_id, at, value, mark, day; run on any engine."""

from __future__ import annotations

import ibis.expr.types as ir

from district.kernel.devices.marks import EXCLUDED


def counted(observations: ir.Table) -> ir.Table:
    """Only values that claim to be valid measurements."""
    return observations.filter((observations.mark & EXCLUDED) == 0)


def hourly(observations: ir.Table) -> ir.Table:
    """series_id, hour (its beginning), mean, low, high, n."""
    # Ibis forgets that a truncated instant is still an instant; the cast costs nothing.
    hour = observations["at"].truncate("h").cast("timestamp('UTC')")
    return _aggregated(observations.mutate(hour=hour), "hour")


def daily(observations: ir.Table) -> ir.Table:
    """series_id, day (natural day in China Standard Time), mean, low, high, n."""
    return _aggregated(observations, "day")


def _aggregated(observations: ir.Table, period: str) -> ir.Table:
    return observations.group_by("series_id", period).aggregate(
        mean=observations.value.mean(), low=observations.value.min(), high=observations.value.max(),
        n=observations.count(),
    )
