"""A model and history out of the days that were kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta

import numpy as np

from district.kernel.cases.calendar import is_working_day
from district.kernel.clock import CHINA

from .. import forecast
from ..editions.queries import schedule_in_force
from ..hops import Ahead, History, Names, traversals
from ..live.knowledge import LearntHops
from ..live.reading import instant
from ..models import LearntDay, LearntModel
from ..moments import EVERY_S, moments
from ..notices.queries import weather_kinds
from ..passages import Run
from ..weather_kinds import effects
from . import driven
from .storage import packed

HISTORY_DAYS, MODEL_DAYS = 28, 8
FEWEST_ROWS = 3000
"""With fewer a model of its own would tell less than plan, delay and history."""


def kept_runs(days: Sequence[LearntDay]) -> list[Run]:
    """What was driven on these days."""
    found = []
    for kept in days:
        schedule = schedule_in_force(kept.day)
        if schedule is not None:
            found += driven.unpacked(bytes(kept.driven), schedule)
    return found


def days_before(day: date, count: int = HISTORY_DAYS) -> list[LearntDay]:
    """Kept days before a day, oldest first."""
    return sorted(LearntDay.objects.filter(day__lt=day, day__gte=day - timedelta(days=2 * count))[:count],
                  key=lambda kept: kept.day)  # fmt: skip


def rests_of(runs: Sequence[Run]) -> frozenset[float]:
    """Midnights of the days of rest among the runs' days, by the Chinese calendar."""
    midnights = {run.midnight for run in runs}
    return frozenset(each for each in midnights if not is_working_day(instant(each + 43200).astimezone(CHINA).date()))


def learn(before: date) -> LearntModel | None:
    """Learns from the days before; None when there are none."""
    days = days_before(before)
    runs = kept_runs(days)
    if not runs:
        return None
    names = Names()
    learnt = traversals(runs, names)
    rests = rests_of(runs)
    history = History(learnt, len(names), rests)
    kinds = _kinds(history)
    weather = effects(history.slowness(), kinds)
    factors = {kind: effect.factor for kind, effect in weather.items() if effect.is_used}
    history.factors = {midnight: factors[kind] for midnight, kind in kinds.items() if kind in factors}
    lately = kept_runs(days[-MODEL_DAYS:]) if len(days) > MODEL_DAYS else runs
    first = len(runs) - len(lately)
    rows = moments(runs[first:], names, history.numbered_from(first), Ahead(traversals(lately, names)), is_learnt=True,
                   every_s=EVERY_S * max(1, min(len(days), MODEL_DAYS) // 2))  # fmt: skip
    model = forecast.learnt(rows) if len(rows) >= FEWEST_ROWS else None
    pairs = names.pairs
    return LearntModel.objects.create(
        first_day=days[0].day, last_day=days[-1].day, days=len(days), rows=len(rows), has_model=model is not None,
        packed=packed(model, LearntHops(pairs, history.times, factors)),
        figures={"runs": len(runs), "hops": len(pairs), "traversals": len(learnt.hops),
                 "rest_days": len(rests), "median_excess_s": _median(learnt.excess_s),
                 "weather": {kind: asdict(effect) for kind, effect in weather.items()}},
    )  # fmt: skip


def _kinds(history: History) -> dict[float, str]:
    """Kind of weather by midnight of the learnt days, as it was told."""
    days = {midnight: instant(midnight + 43200).astimezone(CHINA).date() for midnight in np.unique(history.learnt.days).tolist()}
    told = weather_kinds(days.values())
    return {midnight: told[day] for midnight, day in days.items() if day in told}


def _median(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float | None:
    return round(float(np.median(values)), 1) if len(values) else None
