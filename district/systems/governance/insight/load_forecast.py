"""How many events a day, 1–14 days ahead, per town and kind, with intervals; sums of parts are the whole.

Weekday, holidays and season by Poisson regression, the level by the last weeks' ratio to it, sums reconciled, and a
negative binomial around the mean that is as wide as the past errors were. A record of a few days gives a level and
wide intervals, no more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from . import count_regression
from .day_features import SEASON_FROM_DAYS, day_features
from .hierarchy import Hierarchy, Key

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

HORIZON_DAYS = 14
COVERAGES = (0.8, 0.9)
HALF_LIVES_DAYS = (10.0, 20.0, 45.0, 120.0)
"""How fast the level may move; the series' own past decides, each by its likelihood."""
FORGET_DAYS = 365.0
"""Half-life of what the regression remembers."""
LEAST_DAYS = 4
WARM_UP_DAYS = 21
PRIOR_EVENTS = 4.0
JUDGED_DAYS = 365
DAMPING = 0.97
"""A level away from the usual comes back so much a day."""


@dataclass(frozen=True)
class LoadForecast:
    """`mean`: series × days ahead. `bounds[coverage]`: (low, high), whole numbers of events, same shape."""

    keys: tuple[Key, ...]
    days: Ints
    mean: Floats
    bounds: dict[float, tuple[Floats, Floats]]

    def place(self, town: str, kind: str) -> int:
        return self.keys.index((town, kind))


def forecast(
    hierarchy: Hierarchy,
    counts: Floats,
    first: int,
    *,
    off_days: Collection[int] = (),
    horizon: int = HORIZON_DAYS,
    coverages: tuple[float, ...] = COVERAGES,
) -> LoadForecast:
    """`counts`: series × days from day number `first` on, no day missing; ValueError when fewer than four.

    `off_days`: day numbers on which the town rests (weekends and holidays); without them, weekends.
    """
    length = counts.shape[1]
    if length < LEAST_DAYS:
        raise ValueError(f"{length} days of counts; a forecast needs {LEAST_DAYS}")
    days = np.arange(first, first + length + horizon)
    design = day_features(days, off_days, length >= SEASON_FROM_DAYS)
    past, ahead = design[:length], design[length:]
    weights = np.power(0.5, np.arange(length)[::-1] / FORGET_DAYS)
    beta = count_regression.fit(counts, past, weights)
    usual = count_regression.mean_of(beta, past)
    level, spread = _levels(counts, usual, horizon, coverages)
    back = np.power(DAMPING, np.arange(1, horizon + 1))
    raw = count_regression.mean_of(beta, ahead) * np.exp(np.log(level)[:, None] * back)
    mean = hierarchy.reconciled(raw, np.maximum(counts[:, -180:].mean(axis=1), 0.01) * spread[coverages[-1]])
    # What the regression does not know of a day (a weekday it has hardly seen) widens the day's interval.
    unknown = np.minimum(count_regression.log_variance(beta, past, weights, ahead), 2.0)
    wide = {cover: spread[cover][:, None] * (1 + mean * unknown) for cover in coverages}
    return LoadForecast(
        hierarchy.keys, days[length:], mean, {cover: _bounds(mean, wide[cover], cover) for cover in coverages}
    )


def _levels(
    counts: Floats, usual: Floats, horizon: int, coverages: tuple[float, ...]
) -> tuple[Floats, dict[float, Floats]]:
    """The level of each series now, relative to `usual`, and for each coverage the spread φ its past errors ask for.

    Each half-life is tried on the past: the level known half a horizon before against what came.
    """
    ahead = max(1, min(horizon // 2, counts.shape[1] // 3))
    start = min(WARM_UP_DAYS, counts.shape[1] // 3)
    came = counts[:, ahead:][:, start:]
    tried = []
    for half_life in HALF_LIVES_DAYS:
        known = _running_level(counts, usual, half_life)
        mean = (usual[:, ahead:] * known[:, :-ahead])[:, start:]
        loss = (mean - came * np.log(np.maximum(mean, 1e-9))).mean(axis=1)
        score = np.abs(came - mean)[:, -JUDGED_DAYS:] / np.sqrt(np.maximum(mean[:, -JUDGED_DAYS:], 0.05))
        tried.append((loss, known[:, -1], [_spread(score, cover) for cover in coverages]))
    best = np.argmin([loss for loss, _, _ in tried], axis=0)
    rows = np.arange(len(counts))
    spreads = np.array([spread for _, _, spread in tried])
    return np.array([level for _, level, _ in tried])[best, rows], {
        cover: spreads[best, place, rows] for place, cover in enumerate(coverages)
    }


def _spread(score: Floats, coverage: float) -> Floats:
    """How much wider than Poisson an interval must be to have held that share of the past errors; never narrower."""
    reach = np.quantile(score, coverage, axis=1)
    return np.maximum(1.0, (reach / scipy.stats.norm.ppf(0.5 + coverage / 2)) ** 2)


def _running_level(counts: Floats, usual: Floats, half_life: float) -> Floats:
    """For each day the ratio of what came to what is usual up to it, drawn to 1 by a few events' worth."""
    keep = 0.5 ** (1 / half_life)
    came, expected = np.zeros(len(counts)), np.zeros(len(counts))
    levels = np.empty_like(counts)
    for day in range(counts.shape[1]):
        came, expected = came * keep + counts[:, day], expected * keep + usual[:, day]
        levels[:, day] = (came + PRIOR_EVENTS) / (expected + PRIOR_EVENTS)
    return levels


def _bounds(mean: Floats, spread: Floats, coverage: float) -> tuple[Floats, Floats]:
    """The whole numbers that hold `coverage`, both included: no more below than half of the rest, and no wider."""
    centre, wide = np.maximum(mean, 1e-6), np.maximum(spread, 1.0 + 1e-6)
    success = 1 / wide
    size = centre * success / (1 - success)
    low = np.asarray(scipy.stats.nbinom.ppf((1 - coverage) / 2, size, success), dtype=float)
    below = np.asarray(scipy.stats.nbinom.cdf(low - 1, size, success), dtype=float)
    return low, np.asarray(scipy.stats.nbinom.ppf(below + coverage, size, success), dtype=float)
