"""Means of many observations. Ibis expressions over the table of `lake.observations`; run on any engine."""

from __future__ import annotations

import ibis.expr.types as ir

from district.kernel.devices.marks import EXCLUDED


def counted(observations: ir.Table) -> ir.Table:
    """Only values that claim to be valid measurements."""
    return observations.filter((observations.mark & EXCLUDED) == 0)


def hourly(observations: ir.Table) -> ir.Table:
    """series_id, hour (its beginning), mean, low, high, n."""
    groups = _aggregated(observations, "hour")
    return groups.mutate(hour=(groups.hour.cast("int64") * 3600).as_timestamp("s").cast("timestamp('UTC')"))


def daily(observations: ir.Table) -> ir.Table:
    """series_id, day (natural day in China Standard Time), mean, low, high, n."""
    return _aggregated(observations, "day")


def _aggregated(observations: ir.Table, period: str) -> ir.Table:
    return observations.group_by("series_id", period).aggregate(
        mean=observations.value.mean(), low=observations.value.min(), high=observations.value.max(),
        n=observations.count(),
    )
