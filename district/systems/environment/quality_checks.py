"""Detectors that look at a series of one device and say what looks wrong, with the span as evidence.

A series is an array of equal steps, NaN where nothing arrived. Positions are indices into it, `stop` exclusive.
Detectors only point; whether a finding is an alarm, a fault or a falsified reading is for rules and people.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from district.systems.environment.spans import runs

SIGMA_OF_MAD = 1.4826
"""A normal distribution's standard deviation is 1.4826 times its median absolute deviation."""


@dataclass(frozen=True)
class Finding:
    """`kind`: constant, zero, spike, missing, clipped, mirrored, illogical. `value` is the one a person should
    see first (the constant, the spike's peak, the share clipped …); `evidence` holds the figures behind it."""

    kind: str
    start: int
    stop: int
    value: float | None
    evidence: dict[str, float] = field(default_factory=dict)

    @property
    def length(self) -> int:
        return self.stop - self.start


def _numbers(values: ArrayLike) -> NDArray[np.float64]:
    return np.asarray(values, dtype=np.float64)


def missing_runs(values: ArrayLike, at_least: int = 1) -> tuple[Finding, ...]:
    """Runs of NaN."""
    return tuple(
        Finding("missing", start, stop, None, {"count": stop - start})
        for start, stop in runs(np.isnan(_numbers(values)), at_least)
    )


def zero_runs(values: ArrayLike, at_least: int = 3, tolerance: float = 0.0) -> tuple[Finding, ...]:
    """Runs of readings whose amount is at most `tolerance`. Leave out hours the source stood still."""
    numbers = _numbers(values)
    return tuple(
        Finding("zero", start, stop, 0.0, {"count": stop - start})
        for start, stop in runs(np.abs(numbers) <= tolerance, at_least)
    )


def constant_runs(values: ArrayLike, at_least: int = 4, tolerance: float = 0.0) -> tuple[Finding, ...]:
    """Runs of readings that stay within `tolerance` of the first of the run; zeros are `zero_runs`' business."""
    numbers = _numbers(values)
    if tolerance <= 0:
        is_same = np.concatenate([[False], numbers[1:] == numbers[:-1]])
        found = [(start - 1, stop) for start, stop in runs(is_same, max(at_least - 1, 1))]
    else:
        found = _runs_near_first(numbers, at_least, tolerance)
    return tuple(
        Finding("constant", start, stop, float(numbers[start]), {"count": stop - start})
        for start, stop in found
        if numbers[start] != 0
    )


def _runs_near_first(values: NDArray[np.float64], at_least: int, tolerance: float) -> list[tuple[int, int]]:
    found, start = [], 0
    for place in range(1, len(values) + 1):
        if place == len(values) or not abs(values[place] - values[start]) <= tolerance:
            if place - start >= at_least:
                found.append((start, place))
            start = place
    return found


def spikes(
    values: ArrayLike, sigmas: float = 5.0, window: int = 48, at_least: int = 12, resolution: float = 0.0
) -> tuple[Finding, ...]:
    """Readings more than `sigmas` robust standard deviations from the median of the `window` readings before.

    The past only is looked at, so a detector at the gateway and one over history agree. A very steady past has
    almost no deviation; it counts as at least `resolution` and 1 % of its median. Fewer than `at_least` past
    readings prove nothing. Neighbouring spikes are one finding.
    """
    numbers = _numbers(values)
    padded = np.concatenate([np.full(window, np.nan), numbers])
    past = np.lib.stride_tricks.sliding_window_view(padded, window)[: len(numbers)]
    is_enough = (~np.isnan(past)).sum(axis=1) >= at_least
    median, deviation = np.zeros(len(numbers)), np.zeros(len(numbers))
    if is_enough.any():
        median[is_enough] = np.nanmedian(past[is_enough], axis=1)
        spread = np.abs(past[is_enough] - median[is_enough, None])
        deviation[is_enough] = SIGMA_OF_MAD * np.nanmedian(spread, axis=1)
    floor = np.maximum(resolution, np.abs(median) * 0.01)
    distance = np.abs(numbers - median) / np.maximum(np.maximum(deviation, floor), 1e-12)
    is_spike = is_enough & (distance > sigmas)
    found = []
    for start, stop in runs(is_spike):
        place = start + int(np.argmax(distance[start:stop]))
        evidence = {"median": float(median[place]), "sigma": float(max(deviation[place], floor[place])),
                    "sigmas": float(distance[place])}
        found.append(Finding("spike", start, stop, float(numbers[place]), evidence))
    return tuple(found)


def clipped_at_limit(
    values: ArrayLike, limit: float, window: int = 24, band: float = 0.03, share: float = 0.8
) -> tuple[Finding, ...]:
    """Spans whose readings crowd just below the limit (within `band` of it) and never pass it.

    A window of `window` readings counts when at least `share` of those that arrived lie in the band, none is
    above, and at least half arrived. Overlapping windows are one finding.
    """
    numbers = _numbers(values)
    if len(numbers) < window:
        return ()
    views = np.lib.stride_tricks.sliding_window_view(numbers, window)
    arrived = (~np.isnan(views)).sum(axis=1)
    crowded = ((views >= limit * (1 - band)) & (views <= limit)).sum(axis=1)
    is_clipped = (crowded >= share * arrived) & ~(views > limit).any(axis=1) & (arrived * 2 >= window)
    found = []
    for start, stop in runs(is_clipped):
        part = numbers[start : stop + window - 1]
        inside = part[~np.isnan(part)]
        part_share = float(((inside >= limit * (1 - band)) & (inside <= limit)).mean())
        found.append(Finding("clipped", start, stop + window - 1, part_share,
                             {"limit": limit, "share": part_share, "highest": float(inside.max())}))
    return tuple(found)


def mirrored(
    one: ArrayLike, other: ArrayLike, at_least: int = 12, tolerance: float = 0.0, distinct: int = 4
) -> tuple[Finding, ...]:
    """Spans where two devices report the same numbers although the numbers move (`distinct` different ones)."""
    first, second = _numbers(one), _numbers(other)
    found = []
    for start, stop in runs(np.abs(first - second) <= tolerance, at_least):
        kinds = len(np.unique(first[start:stop]))
        if kinds >= distinct:
            found.append(Finding("mirrored", start, stop, float(stop - start), {"distinct": kinds}))
    return tuple(found)


def illogical(
    before: ArrayLike, after: ArrayLike, at_least: int = 3, margin: float = 0.1
) -> tuple[Finding, ...]:
    """Spans where the concentration after treatment is higher than before it, by more than the share `margin`."""
    inlet, outlet = _numbers(before), _numbers(after)
    found = []
    for start, stop in runs(outlet > inlet * (1 + margin), at_least):
        inlet_mean, outlet_mean = float(inlet[start:stop].mean()), float(outlet[start:stop].mean())
        found.append(Finding("illogical", start, stop, outlet_mean,
                             {"before_mean": inlet_mean, "after_mean": outlet_mean}))
    return tuple(found)
