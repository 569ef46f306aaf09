"""How good the load forecast is on days it has not seen, beside forecasts that cost nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .hierarchy import Hierarchy
from .load_forecast import COVERAGES, HORIZON_DAYS, forecast

Floats = npt.NDArray[np.float64]

OURS, NAIVE, SEASONAL_NAIVE, MEAN_28 = "ours", "naive", "seasonal_naive", "mean_28_days"
SEASON = 7


@dataclass(frozen=True)
class LoadScore:
    """`mase[method]`: mean absolute scaled error (Hyndman 2006; scale: seasonal naive in the training days), a mean
    over the series; `coverage[wanted]`: share of days inside the interval; `days`: series-days judged."""

    mase: dict[str, float]
    coverage: dict[float, float]
    days: int


def score(
    hierarchy: Hierarchy,
    counts: Floats,
    first: int,
    *,
    folds: int,
    off_days: Collection[int] = (),
    horizon: int = HORIZON_DAYS,
    rows: list[int] | None = None,
) -> LoadScore:
    """Rolling origin: `folds` forecasts of `horizon` days, each from the days before it only; `rows`: series judged."""
    chosen = list(range(len(counts))) if rows is None else rows
    errors: dict[str, list[Floats]] = {method: [] for method in (OURS, NAIVE, SEASONAL_NAIVE, MEAN_28)}
    inside: dict[float, list[npt.NDArray[np.bool_]]] = {cover: [] for cover in COVERAGES}
    for fold in range(folds, 0, -1):
        origin = counts.shape[1] - fold * horizon
        past, came = counts[:, :origin], counts[chosen, origin : origin + horizon]
        made = forecast(hierarchy, past, first, off_days=off_days, horizon=horizon)
        lag = SEASON if origin >= 2 * SEASON else 1
        # A series that never changed in the training days is scaled as one that changes by an event a month.
        scale = np.maximum(np.abs(past[:, lag:] - past[:, :-lag]).mean(axis=1), 1 / 30)[chosen, None]
        guesses = {OURS: _median(made.mean), **_baselines(past, horizon)}
        for method, guess in guesses.items():
            errors[method].append(np.abs(guess[chosen] - came) / scale)
        for cover, (low, high) in made.bounds.items():
            inside[cover].append((low[chosen] <= came) & (came <= high[chosen]))
    return LoadScore(
        {method: float(np.mean(found)) for method, found in errors.items()},
        {cover: float(np.mean(found)) for cover, found in inside.items()},
        folds * horizon * len(chosen),
    )


def _median(mean: Floats) -> Floats:
    """The absolute error is least at the median, which for few events lies below the mean (Poisson, by series)."""
    return np.maximum(0.0, np.where(mean < 10, np.floor(mean + 1 / 3 - 0.02 / np.maximum(mean, 0.02)), mean))


def _baselines(past: Floats, horizon: int) -> dict[str, Floats]:
    last_week = past[:, -min(SEASON, past.shape[1]) :]
    return {
        NAIVE: np.repeat(past[:, -1:], horizon, axis=1),
        SEASONAL_NAIVE: np.tile(last_week, -(-horizon // last_week.shape[1]))[:, :horizon],
        MEAN_28: np.repeat(past[:, -28:].mean(axis=1, keepdims=True), horizon, axis=1),
    }
