"""Background work of the environment system. Every run can be repeated without harm."""

from __future__ import annotations

from datetime import date, timedelta

from district.kernel.clock import now, today
from district.kernel.jobs import Progress, every, job

from .actions.alert_rules import put_limit_rules
from .actions.evaluation import evaluate_days, evaluate_due_days, spans
from .actions.forecast_scoring import judge_published
from .actions.forecasting import fit_station, forecast_station
from .actions.permit_alarms import raise_days_over_limit, raise_quantities, tell_permit_warnings
from .actions.quality import detect, raise_illogical
from .actions.reminders import remind_overdue
from .models import Forecast, MonitoringPoint
from .queries.series import evaluated_series

FORECAST_EVERY = timedelta(hours=5, minutes=50)
"""A little less than six hours: the timer comes by every hour."""

DETECTOR_DAYS = 4
"""Detectors look at the last days again, so that a finding that goes on grows."""


@every("*/5 * * * *")
def evaluate_due() -> None:
    """Hours and days with new, late or corrected data."""
    evaluate_due_days(now())


@every("12 * * * *")
def look_for_bad_data() -> None:
    """The detectors over the last days, and alarms for what they alone can see."""
    at = now().replace(minute=0, second=0, microsecond=0)
    detect(evaluated_series(), at - timedelta(days=DETECTOR_DAYS), at, now())
    raise_illogical(now())


@every("25 * * * *")
def follow_up_limits() -> None:
    """Days over their limit, and cases nobody has answered."""
    raise_days_over_limit(now())
    remind_overdue(now())


@every("40 6 * * *")
def check_permits() -> None:
    """Limits that begin or end today, quantities, duties, permits that end."""
    put_limit_rules(today())
    raise_quantities(today())
    tell_permit_warnings(today())


@every("10 2 * * *")
def fit_forecasts() -> None:
    """A job for each station, so that none keeps the timers waiting."""
    for pk in _stations():
        fit_forecast.start(point_id=pk)


@every("20 * * * *")
def make_forecasts() -> None:
    """Every six hours a station; a new one does not wait that long for its first."""
    fresh = set(
        Forecast.objects.filter(made_at__gt=now() - FORECAST_EVERY).values_list("point_id", flat=True)
    )
    for pk in _stations():
        if pk not in fresh:
            make_forecast.start(point_id=pk)


@every("35 * * * *")
def judge_forecasts() -> None:
    """The score table of the forecast page."""
    judge_published(now())


@job()
def fit_forecast(point_id: int) -> None:
    fit_station(MonitoringPoint.objects.get(pk=point_id), now())


@job()
def make_forecast(point_id: int) -> None:
    """Forecasts; a station without a model gets one first."""
    point = MonitoringPoint.objects.get(pk=point_id)
    if not forecast_station(point, now()) and fit_station(point, now()):
        forecast_station(point, now())


def _stations() -> list[int]:
    points = MonitoringPoint.objects.filter(element=MonitoringPoint.Element.AIR, is_in_use=True)
    return list(points.filter(device__isnull=False).values_list("pk", flat=True))


@job(is_alone=True)
def evaluate_again(progress: Progress, first: str, last: str) -> None:
    """Days from `first` to `last` (ISO) once more, e.g. after a changed table; goes on where it was stopped."""
    start = date.fromisoformat(progress.checkpoint or first)
    days = [start + timedelta(days=number) for number in range((date.fromisoformat(last) - start).days + 1)]
    progress.expect(progress.done + len(days))
    for begin, end in spans(days):
        if progress.should_stop():
            return
        evaluate_days(begin, end, now())
        progress.advance((end - begin).days + 1, f"{begin} — {end}")
        progress.save((end + timedelta(days=1)).isoformat())
