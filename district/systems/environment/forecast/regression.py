"""The model for a station with months of record: regression and trees, weighed by how well each did on days held out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

from district.systems.environment.forecast.features import HORIZONS, Matrix, Sheet, targets
from district.systems.environment.forecast.ridge import Design, weights
from district.systems.environment.forecast.spread import Spread, spread_of
from district.systems.environment.forecast.trees import Trees, fit_trees

BLOCK_HOURS = 240
EVERY_BLOCK = 5
"""Of five ten-day blocks one is held out, so that every season has its part in weights and intervals."""

HELD_OUT_STEP = 3
TREE_HORIZONS = (1, 2, 3, 4, 6, 9, 12, 16, 20, 24, 30, 36, 42, 48, 54, 60, 66, 72)
TREE_ROWS = 2500
POOLED = 3
"""Hours ahead on either side that share the choice of penalty and weights (fewer for the first hours)."""

PRIOR_MIX = (0.0, 0.45, 0.45)
PRIOR_STRENGTH = 0.5
"""Held-out days are few: weights are drawn towards an even mix, as strongly as half the evidence."""


@dataclass(frozen=True)
class Regression:
    """`mix` (3 × HORIZONS): how much of what persistence, linear model and trees say is added to the ground."""

    names: tuple[str, ...]
    design: Design
    coefficients: Matrix
    trees: Trees
    mix: Matrix
    spread: Spread

    def log_means(self, sheet: Sheet, rows: NDArray[np.int64]) -> Matrix:
        """Log forecasts (rows × HORIZONS) made at the given rows of a sheet."""
        parts = _parts(sheet, rows, self.design, self.coefficients, self.trees)
        return sheet.ground[rows] + np.einsum("kh,krh->rh", self.mix, parts)


def unrest(sheet: Sheet, rows: NDArray[np.int64]) -> Matrix:
    """How restless the last week was, as a factor for the width of an interval."""
    return np.clip(np.nan_to_num(sheet.column("sd168")[rows], nan=0.6), 0.15, 1.5) ** 0.5


def fit_regression(sheet: Sheet) -> Regression:
    """Fits on four fifths of the record and weighs on the rest. Deterministic."""
    deviation = targets(sheet.log_values) - sheet.ground
    is_usable = (np.isfinite(deviation).mean(axis=1) > 0.8) & np.isfinite(sheet.column("mean24"))
    fitting, held_out = _split(len(deviation), is_usable)
    design = Design.of(sheet)
    regressors = design.regressors(sheet.features[fitting], sheet.hours_of_day[fitting])
    checks = design.regressors(sheet.features[held_out], sheet.hours_of_day[held_out])
    truth = deviation[held_out]
    scale = np.exp(sheet.ground[held_out])
    candidates = list(weights(regressors, _filled(deviation[fitting])))
    losses = [np.nanmean(np.abs((checks @ one - truth) * scale), axis=0) for one in candidates]
    best = np.argmin([[row[_near(ahead)].mean() for ahead in range(HORIZONS)] for row in losses], axis=0)
    coefficients = np.stack(candidates)[best, :, np.arange(HORIZONS)].T
    trees = _fitted_trees(sheet, deviation, fitting)
    parts = _parts(sheet, held_out, design, coefficients, trees)
    mix = _mix(parts, truth, scale)
    log_residuals = truth - np.einsum("kh,krh->rh", mix, parts)
    spread = spread_of(log_residuals / unrest(sheet, held_out)[:, None], 24 / HELD_OUT_STEP)
    # With penalty and weights settled, the linear part may learn from all days.
    everything = np.flatnonzero(is_usable)
    regressors = design.regressors(sheet.features[everything], sheet.hours_of_day[everything])
    final = np.stack(list(weights(regressors, _filled(deviation[everything]))))
    coefficients = final[best, :, np.arange(HORIZONS)].T
    return Regression(sheet.names, design, coefficients, trees, mix, spread)


def _split(length: int, is_usable: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    hours_to_end = np.arange(length)[::-1]
    is_held = (hours_to_end // BLOCK_HOURS) % EVERY_BLOCK == 2
    # A fitting row whose targets reach into a held-out block would have seen the answers.
    reaches = np.zeros(length, dtype=bool)
    for ahead in range(1, HORIZONS + 1):
        reaches[:-ahead] |= is_held[ahead:]
    rows = np.arange(length)
    return rows[is_usable & ~is_held & ~reaches], rows[is_usable & is_held][::HELD_OUT_STEP]


def _filled(wanted: Matrix) -> Matrix:
    """Gaps in the hours ahead bridged, so that one decomposition serves all of them."""
    known = np.isfinite(wanted)
    index = np.where(known, np.arange(wanted.shape[1]), 0)
    index = np.maximum.accumulate(index, axis=1)
    filled = np.take_along_axis(wanted, index, axis=1)
    return np.where(np.isfinite(filled), filled, np.nanmean(wanted, axis=1, keepdims=True))


def _near(ahead: int) -> slice:
    """The hours ahead pooled with this one: none beside the first, where every hour differs from the next."""
    reach = min(POOLED, ahead // 2)
    return slice(ahead - reach, ahead + reach + 1)


def _fitted_trees(sheet: Sheet, deviation: Matrix, fitting: NDArray[np.int64]) -> Trees:
    random = np.random.default_rng(0)
    rows, wanted = [], []
    for ahead in TREE_HORIZONS:
        drawn = random.choice(fitting, min(TREE_ROWS, len(fitting)), replace=False)
        drawn = drawn[np.isfinite(deviation[drawn, ahead - 1])]
        rows.append(_tree_rows(sheet, drawn, ahead))
        wanted.append(deviation[drawn, ahead - 1])
    return fit_trees(np.vstack(rows), np.concatenate(wanted))


def _tree_rows(sheet: Sheet, rows: NDArray[np.int64], ahead: int) -> Matrix:
    hour = (sheet.hours_of_day[rows] + ahead) % 24
    return np.column_stack([sheet.features[rows], np.full(len(rows), ahead), hour])


def _parts(sheet: Sheet, rows: NDArray[np.int64], design: Design, coefficients: Matrix, trees: Trees) -> Matrix:
    """What each member adds to the ground (members × rows × HORIZONS)."""
    last = sheet.column("lag0")[rows] + (sheet.ground[rows, 23])  # lag0 is relative to the profile of this hour
    persistence = np.nan_to_num(last[:, None] - sheet.ground[rows])
    linear = design.regressors(sheet.features[rows], sheet.hours_of_day[rows]) @ coefficients
    stacked = np.vstack([_tree_rows(sheet, rows, ahead) for ahead in range(1, HORIZONS + 1)])
    grown = trees.predict(stacked).reshape(HORIZONS, len(rows)).T
    return np.stack([persistence, linear, grown])


def _mix(parts: Matrix, truth: Matrix, scale: Matrix) -> Matrix:
    """Non-negative weights per hour ahead, errors weighed by concentration because people read µg/m³, not ratios."""
    mix = np.zeros((len(parts), HORIZONS))
    for ahead in range(HORIZONS):
        near = _near(ahead)
        known = np.isfinite(truth[:, near]) & np.isfinite(scale[:, near])
        weight = scale[:, near][known]
        columns = np.column_stack([part[:, near][known] * weight for part in parts])
        pull = np.sqrt(PRIOR_STRENGTH * np.square(columns).sum() / len(parts)) * np.eye(len(parts))
        wanted = np.concatenate([truth[:, near][known] * weight, pull @ np.array(PRIOR_MIX)])
        # The first hours know their answer: the even mix is only a guide where the members disagree little.
        strength = min(1.0, ahead / 12)
        wanted[len(weight):] *= strength
        mix[:, ahead], _ = scipy.optimize.nnls(np.vstack([columns, pull * strength]), wanted)
    return mix
