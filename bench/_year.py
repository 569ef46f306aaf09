"""A year of the demo fleet in an installation of its own: reported through the gateway, evaluated, alarms followed up."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from district.kernel import home
from district.testing.installation import Installation

HOURS_OF_A_SPAN = 24 * 31
FORECAST_STATIONS = 2


def prepare() -> None:
    """All tables, static files, base records and demo accounts."""
    told("基础资料 records", lambda: _district("prepare", "--again"))


def report_by_hj212(place: Installation, days: int) -> None:
    """The past `days` of every device over TCP; returns when all of it is acknowledged."""
    with place.gateway() as gateway:
        arguments = ["--backfill", str(days), "--once", "--forget", "--port", str(gateway.port)]
        told("经网关上报 reported by HJ 212", lambda: _district("simulate", "environment", *arguments))


def _district(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "district", *arguments], cwd=home.CHECKOUT, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"district {' '.join(arguments)}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def evaluate() -> dict[str, int]:
    """What the worker's jobs would have done in that year, and how many rows there are. Needs Django."""
    from django.db import connection

    from district.kernel.alerts.models import Alarm
    from district.kernel.devices.queries import observation_count
    from district.systems.environment.models import HourlyValue, SupervisionCase

    told("评价 evaluated", _evaluate_all)
    told("疑点 checked", _detect_all)
    told("告警与督办 followed up", _follow_up)
    told("预报与指标 forecasts and indicators", _forecast_and_measure)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")  # as autovacuum would have by then
    return {
        "observations": observation_count(), "evaluated_hours": HourlyValue.objects.count(),
        "alarms": Alarm.objects.count(), "cases": SupervisionCase.objects.count(),
    }  # fmt: skip


def _evaluate_all() -> None:
    from district.kernel.clock import now
    from district.systems.environment.actions.evaluation import due_days, evaluate_days, spans

    # Oldest first: substitution looks back.
    for first, last in spans(due_days(now())):
        evaluate_days(first, last, now())


def _detect_all() -> None:
    """By months, as the hourly job has done day by day."""
    from district.kernel.clock import now
    from district.systems.environment.actions.quality import detect
    from district.systems.environment.models import EvaluatedDay
    from district.systems.environment.queries.series import evaluated_series

    until = now().replace(minute=0, second=0, microsecond=0)
    first = EvaluatedDay.objects.order_by("on").values_list("on", flat=True)[0]
    hours = ((until.date() - first).days + 1) * 24
    for back in range(hours, 0, -HOURS_OF_A_SPAN):
        start = until - timedelta(hours=back)
        detect(evaluated_series(), start, min(until, start + timedelta(hours=HOURS_OF_A_SPAN)), now())


def _follow_up() -> None:
    from district.kernel.alerts.outbox import BATCH, announce_waiting
    from district.systems.environment import jobs

    for work in (jobs.check_permits, jobs.look_for_bad_data, jobs.follow_up_limits):
        work()
    while announce_waiting() == BATCH:
        pass
    _district("manage", "procrastinate", "worker", "--one-shot")  # those who listen: cases, notices


def _forecast_and_measure() -> None:
    from district.kernel.clock import now
    from district.kernel.kpis.measuring import measure_all
    from district.systems.environment.actions.forecast_scoring import judge_published
    from district.systems.environment.actions.forecasting import fit_station, forecast_station
    from district.systems.environment.models import MonitoringPoint

    # Those that the pages show first; a model of each station takes the year of work it would be in real life.
    for point in MonitoringPoint.objects.filter(element="air", device__isnull=False).order_by("code")[:FORECAST_STATIONS]:
        if fit_station(point, now()):
            forecast_station(point, now())
    judge_published(now())
    measure_all()


def told(what: str, work: Callable[[], object]) -> None:
    began = time.perf_counter()
    print(f"  · {what} …", end="", flush=True)
    work()
    print(f" {time.perf_counter() - began:.0f} s", flush=True)


def let_go() -> None:
    """Closes this process's connection, so that the server can stop."""
    from django.db import connection

    connection.close()
