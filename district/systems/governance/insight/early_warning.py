"""Kinds and towns whose week runs above expectation, in the manner of Farrington's method (Noufaily 2013, Stat. Med. 32).

The weeks before, but for a guard of the last few, give the expectation: level, slow trend and season by Poisson
regression, past outbreaks weighed down, spread by the quasi-Poisson φ. A week above the upper bound of the negative
binomial is a warning. `ears_c2` is the plain three-sigma rule that many systems use, for comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from . import count_regression
from .hierarchy import Key

Floats = npt.NDArray[np.float64]

WEEK = 7
LEVEL = 0.005
"""Chance of a warning for one series in one quiet week."""
GUARD_WEEKS = 3
LEAST_WEEKS = 8
SEASON_FROM_WEEKS = 78
LEAST_EVENTS = 5
"""Fewer than this in the week are no warning, however rare the kind."""
OUTBREAK_RESIDUAL = 2.0
"""Past weeks this many deviations above expectation are weighed down."""
RATE_FROM_WEEKS = 26
LEAST_EXPECTED = 0.1
"""Of fewer than this in a week no multiple is given."""


@dataclass(frozen=True)
class LoadWarning:
    """A series (town, kind; "" is all) above its upper bound in the seven days to `last`."""

    town: str
    kind: str
    last: int
    observed: int
    expected: float
    upper: float
    p: float

    @property
    def ratio(self) -> float | None:
        """None where next to nothing was expected: a multiple of that says nothing."""
        return self.observed / self.expected if self.expected >= LEAST_EXPECTED else None


@dataclass(frozen=True)
class Judged:
    """The newest week of every series: columns."""

    observed: Floats
    expected: Floats
    upper: Floats
    p: Floats

    @property
    def is_high(self) -> npt.NDArray[np.bool_]:
        return (self.observed > self.upper) & (self.observed >= LEAST_EVENTS)


def weeks_of(counts: Floats) -> Floats:
    """Series × weeks, the last week ending on the last day; days before the first whole week are left out."""
    whole = counts.shape[1] // WEEK
    return counts[:, counts.shape[1] - whole * WEEK :].reshape(len(counts), whole, WEEK).sum(axis=2)


def judge(weekly: Floats, level: float = LEVEL) -> Judged:
    """The last week against those before it; ValueError with less than `LEAST_WEEKS` of them."""
    past, week = weekly[:, : -1 - GUARD_WEEKS], weekly[:, -1]
    if past.shape[1] < LEAST_WEEKS:
        raise ValueError(f"{weekly.shape[1]} weeks; a warning needs {LEAST_WEEKS + GUARD_WEEKS + 1}")
    design = _design(weekly.shape[1])
    rows, now = design[: past.shape[1]], design[-1:]
    weights = np.ones_like(past)
    for _ in range(2):
        beta = count_regression.fit(past, rows, weights)
        mean = count_regression.mean_of(beta, rows)
        spread = count_regression.dispersion(past, mean, design.shape[1], weights)
        residual = (past - mean) / np.sqrt(spread[:, None] * np.maximum(mean, 0.05))
        weights = np.where(
            residual > OUTBREAK_RESIDUAL, (OUTBREAK_RESIDUAL / np.maximum(residual, 1e-9)) ** 2, 1.0
        )
    expected = count_regression.mean_of(beta, now)[:, 0]
    unknown = count_regression.log_variance(beta, rows, weights, now)[:, 0]
    wide = np.maximum(spread * (1 + expected * np.minimum(unknown, 1.0)), 1 + 1e-6)
    size = expected / (wide - 1)
    return Judged(
        week,
        expected,
        np.asarray(scipy.stats.nbinom.ppf(1 - level, size, 1 / wide), dtype=float),
        np.asarray(scipy.stats.nbinom.sf(week - 1, size, 1 / wide), dtype=float),
    )


def _design(weeks: int) -> Floats:
    """Weeks × columns: constant, trend over the record, and the year's harmonics where the record is long enough."""
    at = np.arange(weeks)
    columns = [np.ones(weeks)]
    if weeks >= RATE_FROM_WEEKS:
        columns.append((at - weeks / 2) / weeks)
    if weeks >= SEASON_FROM_WEEKS:
        turn = 2 * np.pi * at * WEEK / 365.2425
        columns += [part(k * turn) for k in (1, 2) for part in (np.sin, np.cos)]
    return np.column_stack(columns)


def warnings(keys: Sequence[Key], counts: Floats, last: int, level: float = LEVEL) -> list[LoadWarning]:
    """What to look at now, the least likely first. `counts`: series × days up to day number `last`."""
    found = judge(weeks_of(counts), level)
    high = np.flatnonzero(found.is_high)
    return [
        LoadWarning(
            keys[row][0], keys[row][1], last, int(found.observed[row]), float(found.expected[row]), float(found.upper[row]),
            float(found.p[row]),
        )
        for row in high[np.argsort(found.p[high], kind="stable")]
    ]  # fmt: skip


def ears_c2(weekly: Floats, sigmas: float = 3.0) -> npt.NDArray[np.bool_]:
    """EARS C2 on weeks: above the mean plus three deviations of seven weeks, with two weeks between."""
    past, week = weekly[:, -10:-3], weekly[:, -1]
    return (week > past.mean(axis=1) + sigmas * past.std(axis=1, ddof=1)) & (week >= LEAST_EVENTS)


@dataclass(frozen=True)
class AlarmRates:
    """Share of quiet weeks with a warning, and of planted outbreaks found, for ours and for EARS C2."""

    false_alarms: float
    false_alarms_c2: float
    power: float
    power_c2: float
    trials: int


def simulate(trials: int, seed: int, *, weeks: int = 130, risk: float = 2.0) -> AlarmRates:
    """Weekly series with season, trend, past outbreaks and overdispersion; in half of them the last week is `risk` ×."""
    rng = np.random.default_rng(seed)
    at = np.arange(weeks)
    level = np.exp(rng.uniform(np.log(3), np.log(60), trials))[:, None]
    season = 1 + rng.uniform(0, 0.5, trials)[:, None] * np.sin(
        2 * np.pi * (at + rng.uniform(0, 52, (trials, 1))) / 52.18
    )
    trend = np.exp(rng.uniform(-0.3, 0.3, trials)[:, None] * at / weeks)
    outbreaks = np.where(rng.random((trials, weeks)) < 0.02, 2.0, 1.0)
    outbreaks[:, -1] = 1.0
    mean = level * season * trend * outbreaks
    spread = rng.uniform(1.05, 2.5, trials)[:, None]
    quiet = rng.negative_binomial(mean / (spread - 1), 1 / spread).astype(float)
    loud = quiet.copy()
    loud[:, -1] = rng.negative_binomial(risk * mean[:, -1] / (spread[:, 0] - 1), 1 / spread[:, 0])
    calm, hit = judge(quiet).is_high, judge(loud).is_high
    return AlarmRates(
        float(calm.mean()),
        float(ears_c2(quiet).mean()),
        float(hit.mean()),
        float(ears_c2(loud).mean()),
        trials,
    )
