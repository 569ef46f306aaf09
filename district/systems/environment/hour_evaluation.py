"""From what a device reported for its hours to what counts: validity, declared states, substitution, correction.

Pure; works on the hours of one series. HJ 75-2017 12 for flue gas, HJ 356-2019 6 for waste water.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .substitution import substitute_gaps
from .validity import Verdict, capture_rate_of, verdicts

Medium = Literal["ambient", "gas", "water"]
Floats = NDArray[np.float64]

DEVICE_FLAGS = {"device_maintenance": "M", "device_fault": "D", "device_calibration": "C"}
"""A declared state of the device → the data flag it amounts to."""

PLANT_STATES = {"stopped": "stopped", "start_up": "starting", "shut_down": "stopping", "banked": "banked"}
"""A declared state of the plant → its name in the validity rules."""

_VALIDITY = {
    Verdict.VALID: "valid",
    Verdict.INVALID: "invalid",
    Verdict.MISSING: "missing",
    Verdict.STOPPED: "stopped",
}


@dataclass(frozen=True)
class Hours:
    """The hours of one series without holes. `raw` NaN = not reported; `flags` are data flags; `states` declared
    states of the outlet, "" for none; `corrections` hour index → corrected value, None = declared invalid."""

    raw: Floats
    flags: Sequence[str]
    states: Sequence[str]
    corrections: Mapping[int, float | None]


@dataclass(frozen=True)
class EvaluatedHours:
    """Per hour: what counts (NaN when nothing does), validity and a machine-readable reason."""

    value: Floats
    validity: tuple[str, ...]
    reason: tuple[str, ...]
    worth: NDArray[np.int8]


def evaluate_hours(
    hours: Hours,
    medium: Medium,
    *,
    may_be_negative: bool = False,
    substitutes: bool = True,
    capture_from: int = 0,
) -> EvaluatedHours:
    """Evaluates the hours of a series. `capture_from` is the first hour of the quarter, for its capture rate.

    `may_be_negative` is for items such as air temperature. Ambient series are never substituted.
    """
    flags = [DEVICE_FLAGS.get(state, flag) for flag, state in zip(hours.flags, hours.states, strict=True)]
    plant = [PLANT_STATES.get(state, "running") for state in hours.states]
    judged = np.where(np.isnan(hours.raw), np.nan, np.abs(hours.raw)) if may_be_negative else hours.raw
    worth = verdicts(judged, flags, plant)
    value = np.where(worth == Verdict.VALID, hours.raw, np.nan)
    validity = [_VALIDITY[Verdict(each)] for each in worth]
    reason = [
        _reason(Verdict(each), flag, raw) for each, flag, raw in zip(worth, flags, hours.raw, strict=True)
    ]
    for index, corrected in hours.corrections.items():
        worth[index] = Verdict.INVALID if corrected is None else Verdict.VALID
        value[index] = np.nan if corrected is None else corrected
        validity[index] = "invalid" if corrected is None else "corrected"
        reason[index] = "corrected"
    if substitutes and medium != "ambient":
        _substitute(value, worth, validity, reason, medium, capture_from)
    return EvaluatedHours(value, tuple(validity), tuple(reason), worth)


def _reason(verdict: Verdict, flag: str, raw: float) -> str:
    if verdict == Verdict.VALID:
        return "manual" if flag == "S" else ""
    if verdict == Verdict.MISSING:
        return "missing"
    if verdict == Verdict.STOPPED:
        return "stopped"
    if flag in ("", "N"):
        return "negative" if raw < 0 else "not_valid"
    return f"mark_{flag}"


def _substitute(
    value: Floats,
    worth: NDArray[np.int8],
    validity: list[str],
    reason: list[str],
    medium: Medium,
    capture_from: int,
) -> None:
    """Writes substitutes into the columns in place."""
    if medium == "water":
        filled, names = fill_water_gaps(value, worth)
    else:
        rate = capture_rate_of(worth[capture_from:])
        found = substitute_gaps(value, worth, 100.0 if rate is None else rate)
        filled = found.values
        names = [""] * len(value)
        for gap in found.gaps:
            for index in range(gap.start, gap.stop):
                names[index] = gap.reason
    for index in np.flatnonzero((worth == Verdict.INVALID) | (worth == Verdict.MISSING)).tolist():
        if np.isfinite(filled[index]):
            value[index], validity[index], reason[index] = filled[index], "substituted", names[index]
        elif names[index]:
            reason[index] = names[index]


def fill_water_gaps(value: Floats, worth: NDArray[np.int8]) -> tuple[Floats, list[str]]:
    """A gap of n hours gets the mean of the valid hours among the n hours before it (HJ 356-2019, 6.2)."""
    out = value.copy()
    names = [""] * len(value)
    is_gap = (worth == Verdict.INVALID) | (worth == Verdict.MISSING)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], is_gap.astype(np.int8), [0]])))
    for start, stop in edges.reshape(-1, 2):
        before = value[max(0, start - (stop - start)) : start]
        before = before[np.isfinite(before)]
        if before.size:
            out[start:stop] = before.mean()
        for index in range(start, stop):
            names[index] = "mean_of_before" if before.size else "no_valid_history"
    return out, names
