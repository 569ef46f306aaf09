"""When a vehicle will be at the stops ahead, with an interval, learnt from days before.

The plan with the present delay carried on is where it begins; what is learnt is how far the arrival lies from that:
gradient-boosted quantiles (scikit-learn) over what `moments` knows. The point told is the one whose tolerated window
(early side narrow, late side wide, as riders feel it) holds most of what happened; the interval is made to cover what it
says by split conformal prediction (Romano, Patterson and Candès 2019) on runs that were not learnt from.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .accuracy import BUCKETS
from .moments import FARTHEST_S, Moments

Floats = NDArray[np.float64]

LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95
COVERAGE = 0.9
AIM, LARGEST_AIM = 0.915, 0.98
"""What the day's own calibration aims at: a little more, for arrivals seen together are of the same few buses and tell less
than their number; and as much more as the intervals told lately held less (Gibbs and Candès 2021)."""
MOST_ROWS = 120_000
HELD_OUT = 4
"""Every fourth run is kept out of learning and calibrates."""
EDGES_S = np.array([0, 60, 120, 180, 270, 360, 480, 600, 750, FARTHEST_S, 1e9], dtype=np.float64)
"""Horizons that are calibrated apart: seconds from the instant to the middle forecast."""
SHIFTS_S = np.arange(-150.0, 91.0, 5.0)
FEWEST = 200
FEWEST_ALTOGETHER = 60
PRIOR_ROWS = 300.0
STEP_S, MEMORY_S = 900.0, 7200.0
KNOWN_AFTER_S = 300.0
"""An arrival is known when the next position has come."""
NAMES = ("delay_s", "planned_left_s", "history_s", "ahead_s", "ahead_weight", "trend_s", "hour", "stops_left", "metres_left",
         "share_done", "waits", "age_s")  # fmt: skip


def features(rows: Moments) -> Floats:
    """Shape (n, len(NAMES))."""
    return np.column_stack([getattr(rows, name) for name in NAMES])


@dataclass
class Forecaster:
    """A learnt model. `shift_s`, `widen_s`: by horizon, how far the told point lies from the middle, and how much the
    interval grows (or shrinks) to cover what it should."""

    models: dict[float, Any]
    shift_s: Floats
    widen_s: Floats
    learnt_rows: int = 0
    importance: dict[str, float] = field(default_factory=dict)
    is_one_threaded: bool = False

    def forecast(self, rows: Moments) -> tuple[Floats, Floats, Floats]:
        """(told, earliest, latest) arrival of each row, Unix seconds; none lies before its instant.

        As learnt, without what the day itself has shown; `forecast_in_turn` adds that.
        """
        low, middle, high = self.quantiles(rows)
        return told_of(rows, low, middle, high, self.shift_s, self.widen_s)

    def quantiles(self, rows: Moments) -> tuple[Floats, Floats, Floats]:
        """The learnt quantiles LOW, MIDDLE, HIGH in Unix seconds, in order."""
        if not len(rows):
            return np.empty(0), np.empty(0), np.empty(0)
        given, base = features(rows), rows.carried_at
        with nullcontext() if self.is_one_threaded else one_thread():
            low, middle, high = (base + self.models[share].predict(given) for share in (LOW, MIDDLE, HIGH))
        return np.minimum(low, middle), middle, np.maximum(high, middle)

    def forecast_in_turn(self, rows: Moments) -> tuple[Floats, Floats, Floats]:
        """The same for the rows of a day, each with what arrivals before its instant have shown of the day.

        A day may be unlike those learnt (another kind of day, snow, other gaps between positions): every STEP_S the shift
        and the widening are calibrated anew by the arrivals of the last MEMORY_S, drawn towards what was learnt.
        """
        low, middle, high = self.quantiles(rows)
        told, earliest, latest = np.empty(len(rows)), np.empty(len(rows)), np.empty(len(rows))
        known_at = rows.actual_at + KNOWN_AFTER_S
        step = np.floor(rows.at / STEP_S)
        for each in np.unique(step):
            now = np.flatnonzero(step == each)
            begin = each * STEP_S
            seen = np.flatnonzero((known_at <= begin) & (known_at > begin - MEMORY_S))
            actual = rows.actual_at[seen]
            aim = aimed((actual >= earliest[seen]) & (actual <= latest[seen]))
            shift, widen = calibrated(rows.taken(seen), low[seen], middle[seen], high[seen], self.shift_s, self.widen_s, aim)
            told[now], earliest[now], latest[now] = told_of(rows.taken(now), low[now], middle[now], high[now], shift, widen)
        return told, earliest, latest


@dataclass(frozen=True)
class Judged:
    """Forecasts whose arrivals are known: when made, when it came (Unix seconds)."""

    at: Floats
    actual_at: Floats


def told_of(rows: Moments, low: Floats, middle: Floats, high: Floats, shift: Floats, widen: Floats
          ) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    cell = horizon(middle - rows.at)
    told = np.maximum(middle + shift[cell], rows.at)
    return told, np.clip(low - widen[cell], rows.at, told), np.maximum(high + widen[cell], told)


def aimed(held: NDArray[np.bool_]) -> float:
    """The share that intervals are to cover from now on, by whether those told lately held the arrival."""
    if not len(held):
        return AIM
    trust = len(held) / (len(held) + PRIOR_ROWS)
    return float(np.clip(AIM + trust * (COVERAGE - held.mean()), COVERAGE - 0.05, LARGEST_AIM))


def one_thread() -> Any:
    """Threads of OpenMP wait for each other turning: on a machine with other work one is faster than all."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1, user_api="openmp")


def horizon(left_s: Floats) -> NDArray[np.int64]:
    """Which cell of EDGES_S seconds to go lie in."""
    return np.clip(np.searchsorted(EDGES_S, left_s, side="right") - 1, 0, len(EDGES_S) - 2)


def learnt(rows: Moments, seed: int = 11) -> Forecaster:
    """A forecaster out of the rows of the learnt days. Raises ValueError with too few of them."""
    if len(rows) < FEWEST:
        raise ValueError(f"可学习的到站记录只有 {len(rows)} 条，至少 {FEWEST} 条")
    kept_out = rows.run % HELD_OUT == 0
    train, check = rows.taken(_some(~kept_out, seed)), rows.taken(_some(kept_out, seed))
    given, target, weight = features(train), train.actual_at - train.carried_at, _weights(train)
    with one_thread():
        models = {share: _model(share, seed).fit(given, target, sample_weight=weight) for share in (LOW, MIDDLE, HIGH)}
    made = Forecaster(models, np.zeros(len(EDGES_S) - 1), np.zeros(len(EDGES_S) - 1), len(train))
    made.shift_s, made.widen_s = calibrated(check, *made.quantiles(check), made.shift_s, made.widen_s)
    return made


def _model(share: float, seed: int) -> Any:
    from sklearn.ensemble import HistGradientBoostingRegressor

    return HistGradientBoostingRegressor(
        loss="quantile", quantile=share, max_iter=100, learning_rate=0.1, max_leaf_nodes=31, min_samples_leaf=60,
        l2_regularization=1.0, random_state=seed,
    )  # fmt: skip


def _some(which: NDArray[np.bool_], seed: int) -> NDArray[np.int64]:
    chosen = np.flatnonzero(which)
    if len(chosen) <= MOST_ROWS:
        return chosen
    return np.sort(np.random.default_rng(seed).choice(chosen, MOST_ROWS, replace=False))


def _weights(rows: Moments) -> Floats:
    """Each bucket counts the same, as in the benchmark."""
    left = rows.actual_at - rows.at
    weight = np.zeros(len(rows))
    for each in BUCKETS:
        inside = (left >= each.from_s) & (left < each.to_s)
        weight[inside] = 1.0 / max(int(inside.sum()), 1)
    return weight * len(rows) / len(BUCKETS)


def calibrated(rows: Moments | Judged, low: Floats, middle: Floats, high: Floats, shift: Floats, widen: Floats,
               aim: float = COVERAGE) -> tuple[Floats, Floats]:  # fmt: skip
    """Shift and widening by horizon as these rows would have them, drawn towards those given by how few rows there are.

    `aim`: the share of arrivals that the interval is to hold.
    """
    shift, widen = shift.copy(), widen.copy()
    cell = horizon(middle - rows.at)
    error = rows.actual_at - middle
    early, late = _tolerance(rows.actual_at - rows.at)
    thin: list[int] = []
    for each in range(len(EDGES_S) - 1):
        inside = np.flatnonzero(cell == each)
        if len(inside) < FEWEST:
            thin.append(each)
            continue
        trust = len(inside) / (len(inside) + PRIOR_ROWS)
        best = _best_shift(error[inside], early[inside], late[inside], middle[inside] - rows.at[inside])
        shift[each] += trust * (best - shift[each])
        told = np.maximum(middle[inside] + shift[each], rows.at[inside])
        outside = np.maximum(np.minimum(low[inside], told) - rows.actual_at[inside],
                             rows.actual_at[inside] - np.maximum(high[inside], told))  # fmt: skip
        widen[each] += trust * (float(np.quantile(outside, aim)) - widen[each])
    if thin and len(rows.at) >= FEWEST_ALTOGETHER:
        together = np.flatnonzero(np.isin(cell, thin))
        if len(together) >= FEWEST_ALTOGETHER:
            left = middle[together] - rows.at[together]
            best = _best_shift(error[together] - shift[cell[together]], early[together], late[together], left)
            shift[thin] += best * len(together) / (len(together) + PRIOR_ROWS)
        _widen_thin(widen, thin, cell, rows, low, np.maximum(middle + shift[cell], rows.at), high, aim)
    return shift, widen


def _widen_thin(widen: Floats, thin: list[int], cell: NDArray[np.int64], rows: Moments | Judged, low: Floats, told: Floats,
                high: Floats, aim: float) -> None:  # fmt: skip
    """Horizons with few rows are widened by what all of them show together, as a share of their intervals."""
    low, high = np.minimum(low, told), np.maximum(high, told)
    width = np.maximum(high - low, 60.0)
    share = float(np.quantile(np.maximum(low - rows.actual_at, rows.actual_at - high) / width, aim))
    trust = len(width) / (len(width) + PRIOR_ROWS)
    for each in thin:
        inside = cell == each
        typical = float(np.median(width[inside] if inside.any() else width))
        widen[each] += trust * (share * typical - widen[each])


def _tolerance(left_s: Floats) -> tuple[Floats, Floats]:
    early, late = np.zeros(len(left_s)), np.zeros(len(left_s))
    for each in BUCKETS:
        inside = (left_s >= each.from_s) & (left_s < each.to_s)
        early[inside], late[inside] = each.early_s, each.late_s
    return early, late


def _best_shift(error: Floats, early: Floats, late: Floats, left: Floats) -> float:
    """The shift with most forecasts right; of equal ones that nearest to none."""
    def right(shift: float) -> float:
        moved = error - np.maximum(shift, -left)
        return float(((moved >= -early) & (moved <= late)).mean())

    return float(max(SHIFTS_S, key=lambda shift: (round(right(shift), 4), -abs(shift))))
