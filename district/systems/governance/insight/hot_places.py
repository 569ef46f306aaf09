"""Where the next weeks' events will fall: a smoothed count on two time scales, and how well such a ranking did.

A ranking is judged by what later happened in the cells it put first: the hit rate (share of all events) and the
predictive accuracy index (Chainey 2008: hit rate over share of area).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .cells import Area

RECENT, LASTING = (20.0, 0.15), (400.0, 0.05)
"""Half-life in days, and how much an event in the next cell says against one in the cell itself: for what flares up,
and for what a place is like. Chosen on Chicago 2012; `bench.insight` judges them on 2013."""
RECENT_SHARE = 0.4

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def expected_rate(area: Area, places: Ints, days: Ints, last: int) -> Floats:
    """Events a day expected in each cell after day `last`, from the events up to then.

    `places`: each event's place in `area` (-1: outside); `days`: its day number.
    """
    recent, lasting = (_rate(area, places, days, last, *scale) for scale in (RECENT, LASTING))
    return RECENT_SHARE * recent + (1 - RECENT_SHARE) * lasting


def _rate(
    area: Area, places: Ints, days: Ints, last: int, half_life_days: float, neighbour_weight: float
) -> Floats:
    """A mean over time with a half-life, drawn towards that of the cells around."""
    known = (places >= 0) & (days <= last)
    weight = np.power(0.5, (last - days[known]) / half_life_days)
    own = np.bincount(places[known], weights=weight, minlength=len(area))
    ring = area.neighbours(1)
    size = np.asarray(ring.sum(axis=1)).ravel() - 1
    around = np.asarray(ring @ own).ravel() - own
    span = max(1, last - int(days[known].min(initial=last)) + 1)
    weighed_days = np.power(0.5, np.arange(span) / half_life_days).sum()
    return (own + neighbour_weight * around) / (1 + neighbour_weight * size) / weighed_days


@dataclass(frozen=True)
class Accuracy:
    """How a ranking did: `hit_rate` of later events, in `cells` of so many, `index` = hit rate ÷ share of area."""

    cells: int
    hit_rate: float
    index: float


def accuracy(ranking: npt.ArrayLike, later: npt.ArrayLike, share_of_area: float) -> Accuracy:
    """`ranking`: a value per cell, high is first; `later`: events per cell in the time that followed.

    Cells of equal rank share their events, so that the order of the cells is no help.
    """
    value, events = np.asarray(ranking, dtype=float), np.asarray(later, dtype=float)
    wanted = max(1, round(share_of_area * len(value)))
    edge = np.partition(value, len(value) - wanted)[len(value) - wanted]
    above, tied = value > edge, value == edge
    hits = events[above].sum() + events[tied].sum() * (wanted - above.sum()) / tied.sum()
    rate = float(hits / max(events.sum(), 1e-12))
    return Accuracy(wanted, rate, rate / (wanted / len(value)))
