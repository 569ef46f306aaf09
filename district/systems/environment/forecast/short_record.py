"""What can honestly be said of a station that has reported for hours, days or a few weeks only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from district.systems.environment.forecast.features import HORIZONS, WEEK, Matrix, Sheet, targets
from district.systems.environment.forecast.regression import unrest
from district.systems.environment.forecast.spread import LEVELS, Spread, spread_of

FADES = (0.0, 0.8, 0.9, 0.94, 0.97, 0.985)
"""How much of today's deviation is thought to be left an hour later."""

PRIOR_LOG_SPREAD = (0.4, 1.35)
"""Log spread (one standard deviation) of urban concentrations around the last value after one hour and from 24 h on,
taken when the record is too short to show its own; wide on purpose."""

OWN_SPREAD_DAYS = 21
"""From so many days of origins on a record's own errors count alone."""


@dataclass(frozen=True)
class Damped:
    """The ground, plus what is left of the present deviation. `uses_profile`: ground = same hour of the last days;
    else one level for all hours."""

    fade: float
    uses_profile: bool
    spread: Spread

    def log_means(self, sheet: Sheet, rows: NDArray[np.int64]) -> Matrix:
        return _damped(sheet, rows, self.fade, self.uses_profile)


def fit_profile(sheet: Sheet) -> Damped:
    """For three days to two months: the fade that would have done best on the record itself."""
    truth = targets(sheet.log_values)
    rows = np.arange(min(48, len(truth) // 2), len(truth) - 1)
    losses = [np.nanmean(np.abs(truth[rows] - _damped(sheet, rows, fade, True))) for fade in FADES]
    fade = FADES[int(np.argmin(losses))]
    residuals = (truth[rows] - _damped(sheet, rows, fade, True)) / unrest(sheet, rows)[:, None]
    own = spread_of(residuals, 24)
    trust = min(own.count / OWN_SPREAD_DAYS, 1.0)
    if trust == 1.0:
        return Damped(fade, True, own)
    # Few days show few surprises: never narrower than the prior, fading out as the record grows.
    prior = _prior_quantiles() * (1 - trust)
    wider = np.where(LEVELS[:, None] < 0.5, np.minimum(own.quantiles, prior), np.maximum(own.quantiles, prior))
    return Damped(fade, True, Spread(wider, max(own.count, WEEK)))


def fit_level(sheet: Sheet) -> Damped:
    """For less than three days: between the last value and the mean of what there is, with the prior's width."""
    return Damped(0.97, False, Spread(_prior_quantiles() / _usual_unrest(), WEEK))


def _usual_unrest() -> float:
    return float(np.sqrt(0.6))


def _prior_quantiles() -> Matrix:
    from scipy.stats import norm

    first, later = PRIOR_LOG_SPREAD
    hours = np.arange(1, HORIZONS + 1)
    sigma = first + (later - first) * np.minimum(np.sqrt((hours - 1) / 23), 1.0)
    return np.outer(norm.ppf(np.clip(LEVELS, 0.001, 0.999)), sigma)


def _damped(sheet: Sheet, rows: NDArray[np.int64], fade: float, uses_profile: bool) -> Matrix:
    left = fade ** np.arange(1, HORIZONS + 1)
    ground = sheet.ground[rows]
    if uses_profile:
        return ground + np.nan_to_num(sheet.column("lag0")[rows])[:, None] * left
    level = sheet.column("level")[rows]
    now = sheet.column("mean3")[rows]
    return level[:, None] + np.nan_to_num(now)[:, None] * left
