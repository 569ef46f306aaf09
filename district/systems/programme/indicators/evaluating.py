"""The wider sets with what each item reaches: computed by the platform, entered by people, or not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from district.kernel.clock import now

from ..models import IndicatorEntry
from .smart_city import Score, score
from .standing import BY_SQL, COMPUTED, ENTERED, Figure, figure_of
from .wider import NATIONAL, WideItem, items

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reached:
    """An item and its figure; `waiting`: entries nobody has confirmed yet."""

    item: WideItem
    figure: Figure
    waiting: int

    @property
    def way(self) -> str:
        """computed, entered or unknown: what may stand beside what."""
        if self.figure.way in (COMPUTED, BY_SQL):
            return COMPUTED
        return ENTERED if self.figure.way == ENTERED else UNKNOWN

    @property
    def points(self) -> float | None:
        value = self.figure.value
        return None if value is None or self.item.points is None else self.item.points * value / 100


@dataclass(frozen=True)
class Evaluation:
    """`score` None for a set that gives no points. The total lies between `score.points` and `most`."""

    item_set: str
    rows: tuple[Reached, ...]
    score: Score | None

    @property
    def most(self) -> float | None:
        """If all that is not known were reached whole."""
        return None if self.score is None else round(100 - self.score.known + self.score.points, 2)


def evaluation(item_set: str, at: datetime | None = None) -> Evaluation:
    moment = at or now()
    waiting = dict(
        IndicatorEntry.objects.filter(item_set=item_set).values_list("item")
        .annotate(n=Count("pk", filter=Q(state=IndicatorEntry.State.WAITING)))
    )  # fmt: skip
    rows = tuple(Reached(each, _figure(each, moment), waiting.get(each.key, 0)) for each in items(item_set))
    if item_set != NATIONAL:
        return Evaluation(item_set, rows, None)
    reached = {row.item.key: None if row.figure.value is None else min(row.figure.value / 100, 1.0) for row in rows}
    return Evaluation(item_set, rows, score(reached, frozenset(row.item.key for row in rows if row.way == COMPUTED)))


def _figure(item: WideItem, at: datetime) -> Figure:
    return figure_of(item.system, item.measure, at, item.item_set, item.key)
