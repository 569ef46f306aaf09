"""A learnt model and history as bytes and back: arrays in a NumPy archive, never pickled code."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..forecast import HIGH, LOW, MIDDLE, Forecaster
from ..hops import HopTimes
from ..live.knowledge import LearntHops

Floats = NDArray[np.float64]
SHARES = {"low": LOW, "middle": MIDDLE, "high": HIGH}
NOTHING = np.zeros((0, 8), dtype=np.uint32)


@dataclass
class Trees:
    """Boosted trees of scikit-learn's histogram gradient boosting, to predict with: what its regressor keeps of a fit."""

    baseline: float
    nodes: list[NDArray[Any]]

    @classmethod
    def of(cls, regressor: Any) -> Trees:
        """Of a fitted HistGradientBoostingRegressor without categories."""
        return cls(float(np.ravel(regressor._baseline_prediction)[0]), [stage[0].nodes for stage in regressor._predictors])

    def __post_init__(self) -> None:
        from sklearn.ensemble._hist_gradient_boosting.predictor import TreePredictor

        self._predictors = [TreePredictor(nodes, NOTHING, NOTHING) for nodes in self.nodes]

    def predict(self, given: Floats) -> Floats:
        """Shape (n, features) to (n,)."""
        given = np.ascontiguousarray(given, dtype=np.float64)
        found = np.full(len(given), self.baseline)
        no_categories = np.zeros((0, 8), dtype=np.uint32)
        numbers = np.zeros(given.shape[1], dtype=np.uint32)
        for predictor in self._predictors:
            found += predictor.predict(given, no_categories, numbers, 1)
        return found


def lean(model: Forecaster) -> Forecaster:
    """The same forecasts from what is stored."""
    models = {share: each if isinstance(each, Trees) else Trees.of(each) for share, each in model.models.items()}
    return Forecaster(models, model.shift_s, model.widen_s, model.learnt_rows, is_one_threaded=True)


def packed(model: Forecaster | None, learnt: LearntHops) -> bytes:
    """Both as bytes."""
    arrays: dict[str, Any] = {
        "pairs": np.array(list(learnt.pairs), dtype=np.str_).reshape(-1, 2), "total": learnt.times.total,
        "count": learnt.times.count, "weather": np.array(list(learnt.factors), dtype=np.str_),
        "weather_factors": np.array(list(learnt.factors.values()), dtype=np.float64),
    }  # fmt: skip
    if model is not None:
        kept = lean(model)
        arrays |= {"shift": kept.shift_s, "widen": kept.widen_s, "rows": np.array(kept.learnt_rows)}
        for name, share in SHARES.items():
            trees = kept.models[share]
            arrays[f"{name}_nodes"] = np.concatenate(trees.nodes)
            arrays[f"{name}_sizes"] = np.array([len(nodes) for nodes in trees.nodes])
            arrays[f"{name}_baseline"] = np.array(trees.baseline)
    made = io.BytesIO()
    np.savez_compressed(made, **arrays)
    return made.getvalue()


def unpacked(data: bytes) -> tuple[Forecaster | None, LearntHops]:
    """Back from `packed`."""
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        pairs = {(str(one), str(other)): number for number, (one, other) in enumerate(archive["pairs"])}
        factors: dict[str, float] = {}
        if "weather" in archive:
            factors = {str(kind): float(each) for kind, each in zip(archive["weather"], archive["weather_factors"], strict=True)}
        learnt = LearntHops(pairs, HopTimes(archive["total"], archive["count"]), factors)
        if "shift" not in archive:
            return None, learnt
        models: dict[float, Any] = {}
        for name, share in SHARES.items():
            borders = np.cumsum(archive[f"{name}_sizes"])[:-1]
            nodes = [np.ascontiguousarray(part) for part in np.split(archive[f"{name}_nodes"], borders)]
            models[share] = Trees(float(archive[f"{name}_baseline"]), nodes)
        return Forecaster(models, archive["shift"], archive["widen"], int(archive["rows"]), is_one_threaded=True), learnt
