"""A dispatcher's word to wait at a stop, and what it does to the forecast. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .board import RunState
    from .drives import Drive
    from .foresight import Foreseen

NEAR_M = 60.0
"""A bus so near to the stop that it was told to wait at may be standing there."""


@dataclass(frozen=True)
class Hold:
    """To wait `seconds` at the stop `place` of the pattern. `is_confirmed`: the terminal has taken the order."""

    place: int
    seconds: float
    given_at: float
    is_confirmed: bool


def rest_s(hold: Hold, drive: Drive | None, now: float) -> float:
    """How much longer a bus waits that stands at the stop of the hold; 0 when it does not stand there."""
    reached = _reached(hold, drive)
    return 0.0 if reached is None else max(max(reached, hold.given_at) + hold.seconds - now, 0.0)


def _reached(hold: Hold, drive: Drive | None) -> float | None:
    """When the bus came to the stop that it stands at; buses halt a little before it, too."""
    if drive is None or not drive.at or drive.waits or hold.place >= len(drive.passed):
        return None
    there = float(drive.planned.trip.pattern.stops_at[hold.place])
    if abs(drive.along_m - there) > NEAR_M:
        return None
    passed = float(drive.passed[hold.place])
    return passed if np.isfinite(passed) else drive.when_at(there - NEAR_M)


def is_held(run: RunState, now: float) -> bool:
    """Whether the bus stands because it was told to."""
    return any(rest_s(hold, run.drive, now) > 0 for hold in run.holds)


def with_holds(each: Foreseen, now: float) -> Foreseen:
    """The forecast with the waiting in it: later from the stop on, for those who hope for the early end only once the order
    has been confirmed."""
    run = each.run
    if not run.holds:
        return each
    arrivals, departures, earliest, latest = (column.copy() for column in (each.arrivals, each.departures, each.earliest,
                                                                          each.latest))  # fmt: skip
    reason = dict(each.reason)
    for hold in sorted(run.holds, key=lambda one: one.place):
        number = hold.place - each.first_stop
        later = rest_s(hold, run.drive, now) if number < 0 else 0.0
        if 0 <= number < len(arrivals) - 1:
            later = max(_begun(each, number, hold, arrivals) + hold.seconds - float(departures[number]), 0.0)
            departures[number] += later
        if later <= 0:
            continue
        after = slice(max(number + 1, 0), None)
        for column in (arrivals, departures, latest) + ((earliest,) if hold.is_confirmed else ()):
            column[after] += later
        reason |= {"hold_s": round(later), "hold_place": hold.place}
    return replace(each, arrivals=arrivals, departures=departures, earliest=earliest, latest=latest, reason=reason)


def _begun(each: Foreseen, number: int, hold: Hold, arrivals: Sequence[float] | np.ndarray[tuple[int], np.dtype[np.float64]]
           ) -> float:  # fmt: skip
    """When the waiting begins: at the first stop with the departure that was planned, else when the bus comes."""
    drive = each.run.drive
    if (reached := _reached(hold, drive)) is not None:
        return max(reached, hold.given_at)
    if hold.place == 0 and (drive is None or drive.waits):
        return max(each.run.planned.begins_at, hold.given_at)
    return float(arrivals[number])
