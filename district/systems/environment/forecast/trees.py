"""Boosted regression trees kept as plain arrays: fitted by scikit-learn, stored and answered without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Trees:
    """All trees in one table; `roots` are their first nodes. A leaf is its own left and right child."""

    base: float
    roots: NDArray[np.int32]
    feature: NDArray[np.int32]
    threshold: Matrix
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    missing_goes_left: NDArray[np.bool_]
    value: Matrix
    depth: int

    def predict(self, rows: Matrix) -> Matrix:
        """One number a row (rows × features, NaN allowed)."""
        total = np.full(len(rows), self.base)
        flat, width = np.ascontiguousarray(rows).ravel(), rows.shape[1]
        offset = np.arange(len(rows)) * width
        for root in self.roots:
            node = np.full(len(rows), root)
            for _ in range(self.depth):
                held = flat[offset + self.feature[node]]
                goes_left = np.where(np.isnan(held), self.missing_goes_left[node], held <= self.threshold[node])
                node = np.where(goes_left, self.left[node], self.right[node])
            total += self.value[node]
        return total


def fit_trees(rows: Matrix, wanted: Matrix, rounds: int = 120, leaves: int = 15, rate: float = 0.06) -> Trees:
    """Trees for the median (absolute error) of `wanted`; deterministic for the same rows."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    # The library cannot bin a column that holds nothing; a constant one is never split on.
    rows = np.where(np.isfinite(rows).any(axis=0), rows, 0.0)
    fitted = HistGradientBoostingRegressor(
        loss="absolute_error", max_iter=rounds, learning_rate=rate, max_leaf_nodes=leaves, min_samples_leaf=200,
        l2_regularization=10.0, early_stopping=False, random_state=0,
    ).fit(rows, wanted)
    return _as_arrays(fitted)


def _as_arrays(fitted: Any) -> Trees:
    tables = [stage[0].nodes for stage in fitted._predictors]
    starts = np.cumsum([0, *(len(table) for table in tables)])
    nodes = np.concatenate(tables)
    shift = np.repeat(starts[:-1], [len(table) for table in tables])
    here = np.arange(len(nodes))
    is_leaf = nodes["is_leaf"].astype(bool)
    return Trees(
        base=float(np.ravel(fitted._baseline_prediction)[0]),
        roots=starts[:-1].astype(np.int32),
        feature=np.where(is_leaf, 0, nodes["feature_idx"]).astype(np.int32),
        threshold=np.where(is_leaf, np.inf, nodes["num_threshold"]),
        left=np.where(is_leaf, here, nodes["left"] + shift).astype(np.int32),
        right=np.where(is_leaf, here, nodes["right"] + shift).astype(np.int32),
        missing_goes_left=nodes["missing_go_to_left"].astype(bool),
        value=np.where(is_leaf, nodes["value"], 0.0),
        depth=int(nodes["depth"].max()),
    )
