"""AQI of whole columns (years of stations at once), equal to `air_quality` value by value.

Bad readings cannot raise here: NaN, infinity and negative concentrations are missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from district.systems.environment.air_quality import (
    AVERAGING,
    CAPPED_2026,
    EXCEEDING_ABOVE,
    IAQI_NODES,
    POLLUTANTS,
    PRIMARY_ABOVE,
    STAND_IN,
    TOP_IAQI,
    Report,
    breakpoints,
    decimals_of,
)
from district.systems.environment.standards import editions

MISSING = -1
ABOVE_COLUMN = -2
"""The two reasons (negative, so that a maximum ignores them) why a sub-index has no value."""

# Larger than any node and far from the end of int64; only the order matters up there.
_HUGE = 1e12


@dataclass(frozen=True)
class IndexColumns:
    """Columns of equal length. `aqi` and `computed` are int16 with MISSING where there is no value.

    `primary` and `missing` are uint8 bit masks, bit i for POLLUTANTS[i]; `missing` holds the items that have
    no usable sub-index; `sub_indices` is int16 of shape (rows, 6) with MISSING or ABOVE_COLUMN.
    """

    aqi: NDArray[np.int16]
    computed: NDArray[np.int16]
    primary: NDArray[np.uint8]
    missing: NDArray[np.uint8]
    sub_indices: NDArray[np.int16]


def rounded_steps(values: NDArray[np.float64], decimals: int) -> NDArray[np.int64]:
    """Values in steps of the last decimal (0 or 1), ties to even as the shortest decimal shows them.

    1.35 is a tie although its binary value is not: each value is compared with the float of the tie itself,
    (2k+1)/20, which is the same float that reading the decimal gives.
    """
    if decimals == 0:
        return np.rint(values).astype(np.int64)
    below = np.floor(values * 10)
    tie = (2 * below + 1) / 20
    goes_up = (values > tie) | ((values == tie) & (below % 2 == 1))
    return (below + goes_up).astype(np.int64)


def sub_index_column(
    pollutant: str, averaging: str, concentrations: NDArray[np.float64], standard: str
) -> NDArray[np.int16]:
    """IAQI per concentration (table unit) as int16; MISSING for NaN, infinite or negative, ABOVE_COLUMN as named."""
    values = np.asarray(concentrations, dtype=np.float64)
    is_good = np.isfinite(values) & (values >= 0)
    steps = rounded_steps(np.where(is_good, np.minimum(values, _HUGE), 0.0), decimals_of(pollutant))
    nodes = np.array(breakpoints(standard, pollutant, averaging), dtype=np.int64)
    iaqi_nodes = np.array(IAQI_NODES[: len(nodes)], dtype=np.int64)
    upper = np.clip(np.searchsorted(nodes, steps, side="left"), 1, len(nodes) - 1)
    low, iaqi_low = nodes[upper - 1], iaqi_nodes[upper - 1]
    rise = (iaqi_nodes[upper] - iaqi_low) * (steps - low)
    iaqi = iaqi_low - (-rise // (nodes[upper] - low))
    iaqi = np.where(steps > nodes[-1], _above(pollutant, averaging, standard, len(nodes)), iaqi)
    return np.where(is_good, iaqi, MISSING).astype(np.int16)


def _above(pollutant: str, averaging: str, standard: str, node_count: int) -> int:
    if node_count == len(IAQI_NODES):
        return TOP_IAQI
    return ABOVE_COLUMN if standard == "HJ 633-2012" else CAPPED_2026[pollutant, averaging]


def index_columns(
    report: Report, concentrations: Mapping[str, NDArray[np.float64]], standard: str
) -> IndexColumns:
    """AQI per row by one standard. Keys as in `daily_index` / `realtime_index`; an absent key is a missing item."""
    rows = len(next(iter(concentrations.values()))) if concentrations else 0
    sub_indices = np.full((rows, len(POLLUTANTS)), MISSING, dtype=np.int16)
    for column, pollutant in enumerate(POLLUTANTS):
        if pollutant not in concentrations:
            continue
        usual = sub_index_column(
            pollutant, AVERAGING[report][pollutant], concentrations[pollutant], standard
        )
        averaging = STAND_IN[report].get(pollutant, "")
        stand_in = concentrations.get(f"{pollutant}_{averaging}")
        if stand_in is not None:
            other = sub_index_column(pollutant, averaging, stand_in, standard)
            usual = np.where((usual == ABOVE_COLUMN) & (other >= 0), other, usual)
        sub_indices[:, column] = usual
    return _judged(sub_indices, standard)


def _judged(sub_indices: NDArray[np.int16], standard: str) -> IndexColumns:
    bits = (1 << np.arange(len(POLLUTANTS))).astype(np.uint8)
    is_lacking = sub_indices < 0
    computed = np.maximum(sub_indices.max(axis=1, initial=MISSING), MISSING).astype(np.int16)
    aqi = computed.copy()
    if standard != "HJ 633-2012":
        aqi[is_lacking.any(axis=1) & (computed <= EXCEEDING_ABOVE)] = MISSING
    is_primary = (sub_indices == aqi[:, None]) & (aqi[:, None] > PRIMARY_ABOVE)
    return IndexColumns(
        aqi, computed, (is_primary * bits).sum(axis=1, dtype=np.uint8),
        (is_lacking * bits).sum(axis=1, dtype=np.uint8), sub_indices,
    )


def index_columns_by_day(
    report: Report, concentrations: Mapping[str, NDArray[np.float64]], days: NDArray[np.datetime64]
) -> IndexColumns:
    """AQI per row, each by the standard in force on its day (datetime64[D], Beijing time)."""
    known = editions("aqi")
    starts = np.array([edition.since for edition in known], dtype="datetime64[D]")
    # Days before the first edition belong to it, as in `standards.edition_on`.
    which = np.maximum(np.searchsorted(starts, days.astype("datetime64[D]"), side="right") - 1, 0)
    out = _judged(np.full((len(days), len(POLLUTANTS)), MISSING, dtype=np.int16), known[0].name)
    for number, edition in enumerate(known):
        rows = np.flatnonzero(which == number)
        part = index_columns(report, {key: values[rows] for key, values in concentrations.items()}, edition.name)
        for name in ("aqi", "computed", "primary", "missing", "sub_indices"):
            if concentrations:
                getattr(out, name)[rows] = getattr(part, name)
    return out


def pollutants_of(mask: int) -> tuple[str, ...]:
    """The pollutants of a bit mask of `IndexColumns`."""
    return tuple(pollutant for bit, pollutant in enumerate(POLLUTANTS) if mask >> bit & 1)
