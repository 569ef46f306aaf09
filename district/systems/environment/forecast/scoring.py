"""Judged on days not used for fitting: the record is walked through, each fold forecast by a model of its past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from district.systems.environment.forecast.baselines import persistence, same_hour
from district.systems.environment.forecast.features import HORIZONS, MEMORY_HOURS, Matrix, targets
from district.systems.environment.forecast.forecaster import fit
from district.systems.environment.forecast.history import BadHistory, History

OURS = "ours"
PERSISTENCE = "persistence"
SEASONAL = {"same_hour_1d": 1, "same_hour_3d": 3, "same_hour_7d": 7}


@dataclass(frozen=True)
class ScoreTable:
    """`mae[method][i]`: mean absolute error at `horizons[i]`; `coverage[i]`: part of the truth inside our interval.

    All methods are judged on the same hours: those where each of them and the truth has a value.
    """

    target: str
    horizons: tuple[int, ...]
    mae: dict[str, tuple[float, ...]]
    coverage: tuple[float, ...]
    wanted_coverage: float
    count: int
    models: tuple[str, ...]

    def ratio(self, peer: str) -> float:
        """Error of a peer divided by ours over all horizons; above 1 we are better."""
        return float(np.mean(self.mae[peer]) / np.mean(self.mae[OURS]))

    def best_seasonal(self) -> str:
        return min(SEASONAL, key=lambda name: float(np.mean(self.mae[name])))


def score(
    history: History, target: str, folds: int = 4, fold_days: int = 90, step_hours: int = 7,
    horizons: Sequence[int] = (24, 48, 72), coverage: float = 0.9,
) -> ScoreTable:
    """Rolling origin over the last `folds` × `fold_days` days; each fold's model has seen only what came before.

    BadHistory `too_short` when nothing is left to fit on before the first fold.
    """
    length, fold = len(history), fold_days * 24
    start = length - folds * fold
    if start < 2 * 24:
        raise BadHistory("too_short", f"{length} 小时的记录不够 {folds} 段 × {fold_days} 天的检验", target)
    truth = targets(np.asarray(history.values[target], dtype=float))
    columns = np.array(horizons) - 1
    answers: dict[str, list[Matrix]] = {name: [] for name in (OURS, PERSISTENCE, *SEASONAL, "low", "high", "truth")}
    models = []
    for first in range(start, length, fold):
        rows = np.arange(first, min(first + fold, length) - HORIZONS, step_hours)
        if not len(rows):
            continue
        fitted = fit(history.rows(0, first), target)
        models.append(fitted.kind)
        shift = max(first - MEMORY_HOURS, 0)
        known = fitted.sheet_of(history.rows(shift, rows[-1] + 1))
        with threadpool_limits(1):
            logs = fitted.log_means(known, rows - shift)
        low, high = fitted.band(known, rows - shift, logs, coverage)
        values = np.asarray(history.values[target], dtype=float)
        found = {OURS: fitted.natural(logs), "low": low, "high": high, "truth": truth[rows],
                 PERSISTENCE: persistence(values, rows)}
        found |= {name: same_hour(values, rows, days) for name, days in SEASONAL.items()}
        for name, answer in found.items():
            answers[name].append(answer[:, columns])
    whole = {name: np.vstack(parts) for name, parts in answers.items()}
    return _table(target, tuple(horizons), whole, coverage, tuple(models))


def _table(
    target: str, horizons: tuple[int, ...], whole: dict[str, Matrix], coverage: float, models: tuple[str, ...]
) -> ScoreTable:
    judged = np.all([np.isfinite(answer) for answer in whole.values()], axis=0)
    kept = {name: np.where(judged, answer, np.nan) for name, answer in whole.items()}
    methods = (OURS, PERSISTENCE, *SEASONAL)
    is_inside = (kept["truth"] >= kept["low"]) & (kept["truth"] <= kept["high"])
    return ScoreTable(
        target, horizons,
        {name: tuple(np.nanmean(np.abs(kept[name] - kept["truth"]), axis=0).tolist()) for name in methods},
        tuple((is_inside.sum(axis=0) / judged.sum(axis=0)).tolist()), coverage, int(judged.sum()), models,
    )
