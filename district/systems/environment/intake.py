"""What a decoded HJ 212 upload means: which series its values belong to, and how far they can be believed.

Pure; runs in the gateway. Item codes arrive as those of 2017 (the protocol translates 2005 numbers), statistics and
periods by the names of the protocol's border: rtd, min, avg, max, cou, zs_…; realtime, minute, hour, day, state, runtime.
"""

from __future__ import annotations

from functools import cache

from district.kernel.devices.series_facts import SeriesFacts
from district.protocols.hj212.ranges import MOST, bounds
from district.protocols.hj212.tables import factor_of

from .items import items

TOTALS = frozenset(("cou",))
STATE_UNITS = {"rs": "", "rt": "h"}

LATE_AFTER_S = {"realtime": 600.0, "state": 600.0, "minute": 1800.0, "hour": 3 * 3600.0, "day": 36 * 3600.0}
"""A value that comes later than this after the end of its period is marked late."""
PERIOD_S = {"realtime": 0.0, "minute": 600.0, "hour": 3600.0, "day": 86400.0}
"""Longest length of a period: values are dated at its start (HJ 212-2017, 6.6.5: DataTime)."""


@cache
def series_facts(item: str, statistic: str, period: str) -> SeriesFacts:
    """The facts of a series at its first sight. Units are those of the standard's tables, totals in the mass unit."""
    low, high = _range(item, statistic)
    if statistic in STATE_UNITS:
        return SeriesFacts(STATE_UNITS[statistic], 0 if statistic == "rs" else 2, low, high)
    factor = factor_of(item)
    known = items().get(item)
    if statistic in TOTALS:
        return SeriesFacts(factor.mass_unit if factor else "", 3, low, high)
    unit = known.unit if known else ""
    if statistic.startswith("zs_") and unit == "ug/m3":
        unit = "mg/m3"  # converted to reference oxygen: a chimney's, not the ambient air's
    if not unit and factor and not factor.is_unit_as_printed:
        unit = factor.unit
    return SeriesFacts(unit, known.decimals if known else 3, low, high)


def late_after_s(period: str) -> float:
    """Seconds after `at` from which a value of this period counts as late."""
    return PERIOD_S.get(period, 0.0) + LATE_AFTER_S.get(period, 36 * 3600.0)


def _range(item: str, statistic: str) -> tuple[float | None, float | None]:
    low, high = bounds(item, statistic)
    return (None if low <= -MOST else low), (None if high >= MOST else high)
