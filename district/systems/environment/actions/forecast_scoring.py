"""Judges forecasts and keeps the verdict: a hundred thousand of them are too many for the reader of a page to wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ..forecast import AQI, BadHistory, History, score
from ..forecast.scoring import OURS, PERSISTENCE
from ..models import ForecastScore, MonitoringPoint
from ..queries.forecast_scores import forecast_scores, judged_since

HELD_BACK_DAYS = 30
SHORTEST_RECORD_DAYS = 120
"""A model of less says little of the model of the whole record."""


def judge_published(at: datetime) -> int:
    """Scores what was published for the last month; gives the number of stretches of lead hours."""
    return _keep(forecast_scores(*judged_since(at)), ForecastScore.Kind.ISSUED, None)


def judge_on_held_back_days(point: MonitoringPoint, history: History, at: datetime) -> int:
    """Scores AQI on the last days of the record by a model of what came before; 0 for a short record."""
    if len(history) < SHORTEST_RECORD_DAYS * 24 or AQI not in history.values:
        return 0
    try:
        found = score(history, AQI, folds=1, fold_days=HELD_BACK_DAYS)
    except BadHistory:
        return 0  # too many holes to fit on; there is no forecast either
    seasonal = found.mae[found.best_seasonal()]
    rows = [
        ForecastScore(
            kind=ForecastScore.Kind.HELD_BACK, point=point, hours=str(hours), count=found.count // len(found.horizons),
            ours=found.mae[OURS][index], persistence=found.mae[PERSISTENCE][index], seasonal=seasonal[index],
            coverage=found.coverage[index], judged_at=at,
        )
        for index, hours in enumerate(found.horizons)
    ]  # fmt: skip
    return _keep(rows if found.count else [], ForecastScore.Kind.HELD_BACK, point)


@transaction.atomic
def _keep(rows: Iterable[ForecastScore], kind: ForecastScore.Kind, point: MonitoringPoint | None) -> int:
    ForecastScore.objects.filter(kind=kind, point=point).delete()
    return len(ForecastScore.objects.bulk_create(rows))
