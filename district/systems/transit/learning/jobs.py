"""The night's work: what was driven, what is learnt of it, how right the forecasts were."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection

from district.kernel.clock import CHINA, day_bounds, now, today
from district.kernel.jobs import every

from ..live.writing import drop_predictions
from ..models import LearntDay
from ..scores.scoring import score_day
from .days import close_day
from .learning import learn

LOOK_BACK_DAYS = 14
KEEP_PREDICTIONS_DAYS = 30
KEEP_DRIVEN_DAYS = 60
CLOSED_AFTER_HOUR = 3
"""A service day may end after midnight, and blind areas are told of later still."""


@every("20 * * * *")
def close_days() -> None:
    """The newest day not yet closed; with a backlog one an hour, so that nothing else has to wait."""
    for day in reversed(due_days()):
        if close(day):
            break


@every("50 3 * * *")
def forget_predictions() -> None:
    """Predictions have been scored long ago."""
    drop_predictions(today() - timedelta(days=KEEP_PREDICTIONS_DAYS))
    LearntDay.objects.filter(day__lt=today() - timedelta(days=KEEP_DRIVEN_DAYS)).delete()


def close(day: date) -> bool:
    """All of the night's work for one day; a day done again gives the same. False when there was nothing of buses to read."""
    if close_day(day) is None:
        return False
    score_day(day)
    learn(max(day + timedelta(days=1), today()))
    return True


def due_days() -> list[date]:
    """Days with positions that are over and were not read yet, oldest first."""
    last = (now().astimezone(CHINA) - timedelta(hours=CLOSED_AFTER_HOUR)).date() - timedelta(days=1)
    days = [last - timedelta(days=n) for n in range(LOOK_BACK_DAYS)]
    done = set(LearntDay.objects.filter(day__in=days).values_list("day", flat=True))
    return sorted(day for day in days if day not in done and _has_positions(day))


def _has_positions(day: date) -> bool:
    begin, end = day_bounds(day)
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM devices_position WHERE at >= %s AND at < %s)",
                       [begin + timedelta(hours=5), end])  # fmt: skip
        return bool(cursor.fetchone()[0])
