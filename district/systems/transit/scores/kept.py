"""What was forecast, beside what happened: the predictions kept of a day, put to the instants that they are judged at. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .. import accuracy
from ..moments import WIDEST_GAP_S, Moments
from ..passages import Run

Floats = NDArray[np.float64]
LONGEST_VALID_S = 120.0
"""A prediction speaks for so long after it was made; the process renews it at least every half minute."""
AHEAD_S = (270.0, 330.0)
"""The stated horizon of the forecast rate: five minutes before the arrival."""


@dataclass(frozen=True)
class Said:
    """A prediction: `made_at` Unix seconds, seconds from then on for the stops from `first_stop` on."""

    made_at: float
    first_stop: int
    arrivals: Sequence[int]
    earliest: Sequence[int]
    latest: Sequence[int]


@dataclass(frozen=True)
class Visits:
    """Stops passed; of them with a forecast out before; of them with one that was right five minutes before."""

    known: int
    forecast: int
    right: int


def put_to(rows: Moments, said: Mapping[int, Sequence[Said]]) -> tuple[Floats, Floats, Floats]:
    """(told, earliest, latest) of each row, NaN where nothing was out. `said`: by number of run, in order of time."""
    told, earliest, latest = (np.full(len(rows), np.nan) for _ in range(3))
    for number in np.unique(rows.run).tolist():
        of_run = said.get(number, ())
        made = np.array([each.made_at for each in of_run])
        for row in np.flatnonzero(rows.run == number).tolist():
            place = int(np.searchsorted(made, rows.at[row], side="right")) - 1
            if place < 0 or rows.at[row] - made[place] > LONGEST_VALID_S:
                continue
            each = of_run[place]
            stop = int(rows.stop[row]) - each.first_stop
            if 0 <= stop < len(each.arrivals):
                told[row], earliest[row], latest[row] = (
                    each.made_at + column[stop] for column in (each.arrivals, each.earliest, each.latest)
                )
    return np.fmax(told, np.where(np.isnan(told), np.nan, rows.at)), earliest, np.fmax(latest, told)


def visits(runs: Sequence[Run], rows: Moments, told: Floats) -> Visits:
    """Counts of the runs' passages."""
    known = sum(int((np.isfinite(run.passed_at) & (run.gap_s <= WIDEST_GAP_S)).sum()) for run in runs)
    keys = rows.run * 100_000 + rows.stop
    out = np.isfinite(told)
    left = rows.actual_at - rows.at
    right = out & accuracy.is_right(left, np.where(out, rows.actual_at - told, 1e9))
    in_time = right & (left >= AHEAD_S[0]) & (left < AHEAD_S[1])
    return Visits(known, len(np.unique(keys[out])), len(np.unique(keys[in_time])))
