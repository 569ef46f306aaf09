"""Questions several systems ask, as Ibis expressions: the same on DuckDB and on Spark. No Django."""

from __future__ import annotations

import ibis.expr.types as ir


def origins_and_destinations(trips: ir.Table) -> ir.Table:
    """Of trips (origin, destination, hour, minutes): for each pair and hour the number and the mean minutes."""
    return trips.group_by("origin", "destination", "hour").aggregate(
        trips=trips.count(), mean_minutes=trips.minutes.mean()
    )


def by_attribute(records: ir.Table, things: ir.Table, key: str, attribute: str, value: str) -> ir.Table:
    """Records joined with the things they are about: for each value of the attribute the number, sum and mean.

    Records about unknown things count under null.
    """
    joined = records.join(things.select(key, attribute), key, how="left")
    return joined.group_by(attribute).aggregate(
        n=joined.count(), total=joined[value].sum(), mean=joined[value].mean()
    )
