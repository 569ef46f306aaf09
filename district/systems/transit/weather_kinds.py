"""Kinds of weather as far as buses feel them, and how much slower they make them. Pure.

A kind is used only when enough days of it were driven and they differ from dry ones by more than days differ anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

DRY, RAIN, SNOW, FOG = "dry", "rain", "snow", "fog"
WORDS = ((SNOW, ("雪", "冰雹", "冻雨", "道路结冰")), (RAIN, ("雨",)), (FOG, ("雾", "霾", "沙尘", "扬沙")))
"""The first that a report names counts: sleet is snow."""
FEWEST_DAYS = 3
"""Of a kind, and of dry ones."""
CERTAIN = 2.0
"""Standard errors by which a kind has to differ."""
PRIOR_DAYS = 1.0
SMALLEST, LARGEST = 0.8, 1.6
LEAST_SPREAD = 0.005


def kind_of(text: str) -> str:
    """Of a report's words such as 小雨转多云; "" without any."""
    if not text.strip():
        return ""
    return next((kind for kind, words in WORDS if any(word in text for word in words)), DRY)


@dataclass(frozen=True)
class Effect:
    """Of a kind: how many days were driven under it, and how long ways take then, 1 as the learnt history says.
    `is_used`: whether that is enough to go by."""

    days: int
    factor: float
    is_used: bool


def effects(slowness: Mapping[float, float], kinds: Mapping[float, str]) -> dict[str, Effect]:
    """By kind. `slowness`: by day (midnight) the time that all hops took together, over what history says of them;
    `kinds`: by day, days without a report missing or ""."""
    known = {day: kind for day in slowness if (kind := kinds.get(day, ""))}
    of_kind = {kind: np.array([slowness[day] for day in known if known[day] == kind]) for kind in sorted(set(known.values()))}
    dry = of_kind.get(DRY, np.empty(0))
    found, any_used = {}, False
    spread = _spread(list(of_kind.values()))
    for kind, ratios in of_kind.items():
        if kind == DRY:
            continue
        enough = min(len(ratios), len(dry)) >= FEWEST_DAYS
        apart = float(ratios.mean() - dry.mean()) if len(dry) else 0.0
        error = spread * float(np.sqrt(1 / max(len(ratios), 1) + 1 / max(len(dry), 1)))
        is_used = enough and abs(apart) > CERTAIN * error
        any_used |= is_used
        found[kind] = Effect(len(ratios), _drawn(ratios) if is_used else 1.0, is_used)
    if len(dry):
        found[DRY] = Effect(len(dry), _drawn(dry) if any_used else 1.0, any_used)
    return found


def _drawn(ratios: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    """The mean of the days, drawn towards 1 by how few they are."""
    mean = (float(ratios.sum()) + PRIOR_DAYS) / (len(ratios) + PRIOR_DAYS)
    return float(np.clip(round(mean, 4), SMALLEST, LARGEST))


def _spread(groups: list[np.ndarray[tuple[int], np.dtype[np.float64]]]) -> float:
    """How much days of one kind differ from each other."""
    squares = sum(float(((each - each.mean()) ** 2).sum()) for each in groups)
    freedom = sum(len(each) - 1 for each in groups)
    return max(float(np.sqrt(squares / freedom)) if freedom > 0 else 0.1, LEAST_SPREAD)
