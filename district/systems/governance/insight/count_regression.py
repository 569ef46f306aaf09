"""Poisson regression of many count series at once: one design, shrunken coefficients, iteratively reweighted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

SMALL = 1e-6
STEPS = 12
FARTHEST = 6.0
"""Log-means are kept within this of the series' own level: a column seen once must not run away."""


def fit(counts: Floats, design: Floats, weights: Floats, ridge: float = 2.0) -> Floats:
    """Coefficients, series × columns, of log means.

    `counts`: series × times; `design`: times × columns, the first constant and unpenalised; `weights`: times, or
    series × times. `ridge` stands for so many events of evidence that a column has no effect.
    """
    weight = np.broadcast_to(weights, counts.shape)
    level = np.log(np.maximum((weight * counts).sum(axis=1) / weight.sum(axis=1), 1e-3))
    beta = np.zeros((len(counts), design.shape[1]))
    beta[:, 0] = level
    penalty = np.full(design.shape[1], ridge)
    penalty[0] = SMALL
    for _ in range(STEPS):
        eta = _held(beta @ design.T, level)
        mean = np.exp(eta)
        gradient = (weight * (counts - mean)) @ design - penalty * (beta - _at_level(level, beta.shape[1]))
        hessian = np.einsum("st,ti,tj->sij", weight * mean, design, design, optimize=True) + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient[:, :, None])[:, :, 0]
        beta = beta + np.clip(step, -1.5, 1.5)
        if float(np.abs(step).max(initial=0)) < 1e-6:
            break
    return beta


def log_variance(beta: Floats, design: Floats, weights: Floats, ahead: Floats, ridge: float = 2.0) -> Floats:
    """Series × rows of `ahead`: how little is known of the log mean, e.g. of a weekday not seen yet."""
    mean = mean_of(beta, design)
    penalty = np.full(design.shape[1], ridge)
    penalty[0] = SMALL
    hessian = np.einsum("st,ti,tj->sij", weights * mean, design, design, optimize=True) + np.diag(penalty)
    return np.asarray(np.einsum("ti,sij,tj->st", ahead, np.linalg.inv(hessian), ahead, optimize=True))


def mean_of(beta: Floats, design: Floats) -> Floats:
    """Series × times of expected counts."""
    return np.exp(_held(beta @ design.T, beta[:, 0]))


def dispersion(counts: Floats, mean: Floats, columns: int, weights: Floats | None = None) -> Floats:
    """Pearson's φ per series, at least 1: how much wider than Poisson the counts lie."""
    weight = np.broadcast_to(1.0 if weights is None else weights, counts.shape)
    pearson = (weight * (counts - mean) ** 2 / np.maximum(mean, 0.05)).sum(axis=1)
    return np.maximum(1.0, pearson / np.maximum(weight.sum(axis=1) - columns, 1.0))


def _at_level(level: Floats, columns: int) -> Floats:
    return np.column_stack([level, np.zeros((len(level), columns - 1))])


def _held(eta: Floats, level: Floats) -> Floats:
    return np.clip(eta, level[:, None] - FARTHEST, level[:, None] + FARTHEST)
