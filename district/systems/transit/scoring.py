"""Forecasts of a recorded day, ours beside others', judged on the same instants.

`district score transit FEED.zip --learn DAY.csv … --judge DAY.csv`
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import accuracy, baselines, forecast
from .hops import Ahead, History, Names, traversals
from .moments import WIDEST_GAP_S, Moments, moments
from .passages import Run

Floats = NDArray[np.float64]
@dataclass(frozen=True)
class Score:
    """Of each method the bucket's per cent right, their mean, mean absolute error (s) and bias (s, negative: vehicles came
    before the forecast). `visits` known, the share of them `forecast_rate` with a forecast out in time, `right_rate` with
    one that was right five minutes before; `interval_coverage` of our 90 % interval."""

    buckets: dict[str, dict[str, float | None]]
    overall: dict[str, float | None]
    mean_error_s: dict[str, float]
    bias_s: dict[str, float]
    rows: int
    visits: int
    forecast_rate: float
    right_rate: float
    interval_coverage: float
    width_s: float


def score(learn: Sequence[Run], judge: Sequence[Run]) -> Score:
    """Learns from some runs, judges by others. Raises ValueError where there is too little of either."""
    names = Names()
    learnt, driven = traversals(learn, names), traversals(judge, names)
    history, ahead = History(learnt, len(names)), Ahead(driven)
    model = forecast.learnt(moments(learn, names, history, Ahead(learnt), is_learnt=True))
    rows = moments(judge, names, history, ahead, is_learnt=False)
    if not len(rows):
        raise ValueError("评分日没有可判定的到站：位置太稀，或不在时刻表的线路上")
    told, earliest, latest = model.forecast_in_turn(rows)
    times = baselines.PathTimes(learnt)
    said = {
        "ours": told, "timetable": baselines.timetable(rows), "last_delay": baselines.last_delay(rows),
        "historical": baselines.by_paths(rows, judge, names, times, ahead, is_kalman=False),
        "kalman": baselines.by_paths(rows, judge, names, times, ahead, is_kalman=True),
    }  # fmt: skip
    return judged(rows, said, earliest, latest, judge)


def judged(rows: Moments, said: dict[str, Floats], earliest: Floats, latest: Floats, runs: Sequence[Run]) -> Score:
    """The figures of forecasts on the same rows."""
    left = rows.actual_at - rows.at
    errors = {name: rows.actual_at - each for name, each in said.items()}
    of_method = {name: accuracy.by_bucket(left, error) for name, error in errors.items()}
    visits = sum(int((np.isfinite(run.passed_at) & (run.gap_s <= WIDEST_GAP_S)).sum()) for run in runs)
    keys = rows.run * 100_000 + rows.stop
    right = accuracy.is_right(left, errors["ours"])
    about = (left >= 270) & (left < 330)
    return Score(
        buckets={each.name: {name: of_method[name][each.name] for name in said} for each in accuracy.BUCKETS},
        overall={name: accuracy.overall(each) for name, each in of_method.items()},
        mean_error_s={name: round(float(np.abs(error).mean()), 1) for name, error in errors.items()},
        bias_s={name: round(float(error.mean()), 1) for name, error in errors.items()},
        rows=len(rows), visits=visits, forecast_rate=round(100 * len(np.unique(keys)) / max(visits, 1), 2),
        right_rate=round(100 * float(right[about].mean()), 2) if about.any() else 0.0,
        interval_coverage=round(100 * float(((rows.actual_at >= earliest) & (rows.actual_at <= latest)).mean()), 2),
        width_s=round(float(np.median(latest - earliest)), 1),
    )  # fmt: skip
