"""Simulated districts with clusters planted in them: how often a method finds one, and how often it cries wolf."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import h3
import numpy as np
import numpy.typing as npt

from .cells import Area

Found = Callable[[Area, npt.NDArray[np.int64], npt.NDArray[np.int64]], list[frozenset[str]]]
"""A method under trial: (area, places, days) → the groups of cells it calls hot."""


@dataclass(frozen=True)
class Setting:
    """A district of uneven places; a cluster has `risk` times the events within `ring` cells in the last `days`."""

    centre: tuple[float, float] = (117.87, 36.80)
    radius: int = 8
    events_a_day: float = 12.0
    span_days: int = 120
    unevenness: float = 0.7
    ring: int = 1
    days: int = 14
    risk: float = 4.0


@dataclass(frozen=True)
class Verdict:
    """`power`: planted clusters found (some called group touches the cluster and at least half of it lies within
    two steps); `false_alarms`: quiet districts in which anything at all was called."""

    power: float
    false_alarms: float
    trials: int


def judge(found: Found, setting: Setting, trials: int, seed: int) -> Verdict:
    """Tries `found` on `trials` districts with a cluster and as many without."""
    rng = np.random.default_rng(seed)
    lon, lat = setting.centre
    area = Area(tuple(sorted(h3.grid_disk(h3.latlng_to_cell(lat, lon, 8), setting.radius))))
    hits = alarms = 0
    for _ in range(trials):
        rate = _rates(rng, area, setting)
        alarms += bool(found(area, *_events(rng, rate)))
        planted = _plant(rng, area, rate, setting)
        hits += any(_meets(group, planted, setting) for group in found(area, *_events(rng, rate)))
    return Verdict(hits / trials, alarms / trials, trials)


def _rates(rng: np.random.Generator, area: Area, setting: Setting) -> npt.NDArray[np.float64]:
    """Expected events per cell and day."""
    place = rng.gamma(1 / setting.unevenness, size=len(area)) if setting.unevenness else np.ones(len(area))
    return np.outer(place / place.sum(), np.full(setting.span_days, setting.events_a_day))


def _events(
    rng: np.random.Generator, rate: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    counts = rng.poisson(rate)
    places, days = np.nonzero(counts)
    many = counts[places, days]
    return np.repeat(places, many), np.repeat(days, many)


def _plant(
    rng: np.random.Generator, area: Area, rate: npt.NDArray[np.float64], setting: Setting
) -> frozenset[str]:
    centre = area.cells[rng.integers(len(area))]
    cells = frozenset(h3.grid_disk(centre, setting.ring)) & set(area.cells)
    recent = np.arange(setting.span_days - setting.days, setting.span_days)
    rate[np.ix_(area.places(cells), recent)] *= setting.risk
    return cells


def _meets(group: frozenset[str], planted: frozenset[str], setting: Setting) -> bool:
    near = {cell for each in planted for cell in h3.grid_disk(each, 2)}
    return bool(group & planted) and len(group & near) * 2 >= len(group)
