"""What stands in for the invalid hours of a flue gas monitor: HJ 75-2017, 12.2, by capture rate and gap length."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from district.systems.environment.standards import table
from district.systems.environment.validity import Verdict


@dataclass(frozen=True)
class Gap:
    """A run of invalid running hours: hours `start` to `stop` (exclusive), `hours` of them invalid.

    `value` is None when nothing can be substituted. `reason`: `max_of_180`, `max_of_720`, `max_of_2160`,
    `manual_data_required`, `no_valid_history`. `found_hours` is how many valid hours were there to look back at.
    """

    start: int
    stop: int
    hours: int
    value: float | None
    reason: str
    found_hours: int


@dataclass(frozen=True)
class Substituted:
    """`values` with the substitutes filled in (NaN where there is none), which hours they are, and the gaps."""

    values: NDArray[np.float64]
    is_substituted: NDArray[np.bool_]
    gaps: tuple[Gap, ...]


def substitute_rule(capture_rate: float, gap_hours: int) -> Mapping[str, str]:
    """The row of the table for a quarter's capture rate (percent) and a gap of so many hours."""
    for row in table("gap_substitutes"):
        is_rate = float(row["capture_from"]) <= capture_rate and capture_rate < float(row["capture_below"] or "inf")
        is_length = int(row["gap_from_h"]) <= gap_hours <= float(row["gap_to_h"] or "inf")
        if is_rate and is_length:
            return row
    raise ValueError(f"no rule for a capture rate of {capture_rate} % and a gap of {gap_hours} h")


def substitute_gaps(values: ArrayLike, worth: NDArray[np.int8], capture_rate: float) -> Substituted:
    """Fill the gaps of an hourly series (concentration, or emission rate as the standard words it).

    `worth` are the `validity.verdicts` of the hours; hours the source was stopped need nothing and do not end a
    gap. Only hours measured as valid are looked back at, never earlier substitutes.
    """
    numbers = np.array(values, dtype=np.float64)
    valid_at = np.flatnonzero(worth == Verdict.VALID)
    out = np.where(worth == Verdict.VALID, numbers, np.nan)
    is_substituted = np.zeros(len(numbers), dtype=bool)
    gaps = []
    for hours in _gaps(worth):
        gap = _substitute(numbers, valid_at, hours, capture_rate)
        gaps.append(gap)
        if gap.value is not None:
            out[hours] = gap.value
            is_substituted[hours] = True
    return Substituted(out, is_substituted, tuple(gaps))


def _gaps(worth: NDArray[np.int8]) -> list[NDArray[np.intp]]:
    running_at = np.flatnonzero(worth != Verdict.STOPPED)
    is_gap = worth[running_at] != Verdict.VALID
    places = np.flatnonzero(is_gap)
    if places.size == 0:
        return []
    breaks = np.flatnonzero(np.diff(places) > 1) + 1
    return [running_at[part] for part in np.split(places, breaks)]


def _substitute(
    values: NDArray[np.float64], valid_at: NDArray[np.intp], hours: NDArray[np.intp], capture_rate: float
) -> Gap:
    start, stop, count = int(hours[0]), int(hours[-1]) + 1, len(hours)
    rule = substitute_rule(capture_rate, count)
    before = valid_at[: int(np.searchsorted(valid_at, start))]
    if rule["statistic"] == "manual":
        return Gap(start, stop, count, None, "manual_data_required", 0)
    looked_at = before[-int(rule["lookback_hours"]):]
    if looked_at.size == 0:
        return Gap(start, stop, count, None, "no_valid_history", 0)
    return Gap(
        start, stop, count, float(values[looked_at].max()), f"max_of_{rule['lookback_hours']}", len(looked_at)
    )
