"""The day's own word on how far forecasts may be trusted: shift and interval anew from arrivals of the last two hours. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..forecast import MEMORY_S, Judged, aimed, calibrated
from ..moments import FARTHEST_S
from .board import RunState
from .foresight import Foreseen
from .knowledge import Knowledge

Floats = NDArray[np.float64]
SAMPLE_S = 120.0
MOST_SAMPLES = 60


def sample(each: Foreseen, now: float) -> None:
    """Keeps what the model said of a run's stops, and the interval told, every SAMPLE_S."""
    if each.quantiles is None:
        return
    samples: list[Any] = each.run.kept.setdefault("samples", [])
    if samples and now - samples[-1][0] < SAMPLE_S:
        return
    count = int(np.searchsorted(each.arrivals, now + FARTHEST_S + 300.0))
    if count:
        columns = (*each.quantiles, each.earliest, each.latest)
        samples.append((now, each.first_stop, *(column[:count].copy() for column in columns)))
        del samples[:-MOST_SAMPLES]


def recalibrate(runs: Iterable[RunState], knowledge: Knowledge, now: float) -> int:
    """Renews shift and interval; the number of arrivals it could judge by."""
    if knowledge.model is None:
        return 0
    at: list[Floats] = []
    actual: list[Floats] = []
    said: tuple[list[Floats], ...] = ([], [], [], [], [])
    for run in runs:
        if run.drive is None:
            continue
        passed = run.drive.passed
        for made_at, first, *columns in run.kept.get("samples", ()):
            arrived = passed[first : first + len(columns[0])]
            known = np.flatnonzero(np.isfinite(arrived) & (arrived > made_at) & (arrived > now - MEMORY_S)
                                   & (arrived - made_at < FARTHEST_S))  # fmt: skip
            at.append(np.full(len(known), made_at))
            actual.append(arrived[known])
            for kept, column in zip(said, columns, strict=True):
                kept.append(column[known])
    if not at:
        return 0
    made = np.concatenate(at)
    low, middle, high, earliest, latest = (np.concatenate(each) for each in said)
    model, came = knowledge.model, np.concatenate(actual)
    aim = aimed((came >= earliest) & (came <= latest))
    knowledge.shift_s, knowledge.widen_s = calibrated(Judged(made, came), low, middle, high, model.shift_s, model.widen_s, aim)
    return len(made)
