"""Means of many observations. Ibis expressions over the table of `lake.observations`; run on any engine."""

from __future__ import annotations

import ibis
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
    exact, n = observations.exact, observations.count()
    total, low, high = (each.cast("float64") for each in (exact.sum(), exact.min(), exact.max()))
    if "rest" in observations.columns:
        rest = observations.rest
        total = total.fill_null(0.0) + rest.sum().fill_null(0.0)
        low, high = ibis.least(low, rest.min()), ibis.greatest(high, rest.max())
    return observations.group_by("series_id", period).aggregate(mean=total / n, low=low, high=high, n=n)
