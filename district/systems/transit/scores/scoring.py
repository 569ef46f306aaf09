"""A day's forecasts judged, as they were published, beside other methods on the same instants; by line and all together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from .. import baselines
from ..editions.queries import schedule_in_force
from ..hops import Ahead, History, Names, traversals
from ..learning.learning import days_before, kept_runs, rests_of
from ..models import Bus, LearntDay, Score
from ..models import Run as RunRow
from ..moments import EVERY_S, Moments, moments
from ..passages import Run
from ..scoring import judged
from .kept import Said, put_to, visits

Floats = NDArray[np.float64]
LEARN_DAYS = 6
MANY_RUNS = 3000
REAL = "-rcon"
"""Marks of predictions that are forecasts: all but the timetable's own word and runs unlikely to come."""
KEPT = """
    SELECT run_id, extract(epoch FROM made_at)::float8, first_stop, arrivals, earliest, latest FROM transit_prediction
    WHERE run_id = ANY(%s) AND mark = ANY(%s::"char"[]) AND source <> 't' ORDER BY run_id, made_at
"""


def score_day(day: date) -> list[Score]:
    """Judges the day and keeps its scores; none when nothing was driven."""
    kept = LearntDay.objects.filter(day=day).first()
    runs = kept_runs([kept]) if kept else []
    if not runs:
        return []
    learn = kept_runs(days_before(day, LEARN_DAYS)[-LEARN_DAYS:])
    names = Names()
    learnt, driven = traversals(learn, names), traversals(runs, names)
    history, ahead = History(learnt, len(names), rests_of([*learn, *runs])), Ahead(driven)
    rows = moments(runs, names, history, ahead, is_learnt=False, every_s=EVERY_S * (1 if len(runs) < MANY_RUNS else 3))
    if not len(rows):
        return []
    told, earliest, latest = put_to(rows, _said(day, runs))
    times = baselines.PathTimes(learnt)
    said = {
        "ours": told, "timetable": baselines.timetable(rows), "last_delay": baselines.last_delay(rows),
        "historical": baselines.by_paths(rows, runs, names, times, ahead, is_kalman=False),
        "kalman": baselines.by_paths(rows, runs, names, times, ahead, is_kalman=True),
    }  # fmt: skip
    routes = np.array([run.trip.route_id for run in runs], dtype=object)
    schedule = schedule_in_force(day)
    is_simulated = Bus.objects.filter(pk__in={int(run.vehicle) for run in runs}, is_simulated=True).exists()
    found = []
    with transaction.atomic():
        Score.objects.filter(day=day).delete()
        for route in ["", *sorted(set(routes.tolist()))]:
            of_line = np.flatnonzero(routes == route) if route else np.arange(len(runs))
            line = schedule.lines.get(route) if schedule and route else None
            about = (route, line.name if line else "")
            found.append(_score(day, about, of_line, runs, rows, said, (earliest, latest), is_simulated))
    return found


def _score(day: date, about: tuple[str, str], of_line: NDArray[np.int64], runs: Sequence[Run], rows: Moments,
           said: dict[str, Floats], interval: tuple[Floats, Floats], is_simulated: bool) -> Score:  # fmt: skip
    mine = np.isin(rows.run, of_line)
    chosen = [runs[number] for number in of_line.tolist()]
    counted = visits(chosen, rows.taken(mine), said["ours"][mine])
    out = mine & np.isfinite(said["ours"])
    figures: dict[str, Any] = {}
    covered = 0
    if out.any():
        part = rows.taken(out)
        result = judged(part, {name: each[out] for name, each in said.items()}, interval[0][out], interval[1][out], chosen)
        figures = asdict(result)
        covered = int(((part.actual_at >= interval[0][out]) & (part.actual_at <= interval[1][out])).sum())
    return Score.objects.create(
        day=day, route_id=about[0], line=about[1], visits=counted.known, forecast=counted.forecast, right=counted.right,
        judged=int(out.sum()), covered=covered, figures=figures, is_simulated=is_simulated,
    )  # fmt: skip


def _said(day: date, runs: Sequence[Run]) -> dict[int, list[Said]]:
    """What was said of each run, by its number."""
    ids = {(trip_id, str(bus_id)): pk for pk, trip_id, bus_id in
           RunRow.objects.filter(day=day, bus__isnull=False).values_list("pk", "trip_id", "bus_id")}  # fmt: skip
    number_of = {ids[key]: number for number, run in enumerate(runs) if (key := (run.trip.trip_id, run.vehicle)) in ids}
    found: dict[int, list[Said]] = {}
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [list(number_of), list(REAL)])
        for run_id, made_at, first_stop, arrivals, earliest, latest in cursor:
            found.setdefault(number_of[run_id], []).append(Said(made_at, first_stop, arrivals, earliest, latest))
    return found
