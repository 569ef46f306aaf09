"""Runs, forecasts and kept predictions to the tables, in sets: one transaction a turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import orjson
from django.db import connection, transaction

from district.kernel.clock import CHINA, now
from district.kernel.ui.live import tell

from ..models import Run
from .board import RunState
from .foresight import Foreseen
from .reading import instant
from .vehicles import Vehicle

TOPIC = "transit.forecasts"
TELL_EVERY_S = 2.0
LARGEST_LIST_BYTES = 3000
RUN_FIELDS = """id, bus_id, assigned_by, state, since, seen_at, lon, lat, bearing, speed_kmh, along_m, delay_s, next_stop,
    occupancy, headway_s, is_bunched, passed_at, updated_at"""
TEMPORARY = """
    CREATE TEMPORARY TABLE IF NOT EXISTS live_run (
        id bigint, bus_id bigint, assigned_by text, state text, since timestamptz, seen_at timestamptz, lon float8, lat float8,
        bearing float8, speed_kmh float8, along_m float8, delay_s float8, next_stop int4, occupancy int4, headway_s float8,
        is_bunched bool, passed_at timestamptz[], updated_at timestamptz
    ) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE IF NOT EXISTS live_forecast (LIKE transit_forecast) ON COMMIT DELETE ROWS;
    DELETE FROM live_run; DELETE FROM live_forecast;
"""
UPDATE_RUNS = """
    UPDATE transit_run r SET bus_id = n.bus_id, assigned_by = n.assigned_by, state = n.state, since = n.since,
        seen_at = n.seen_at, lon = n.lon, lat = n.lat, bearing = n.bearing, speed_kmh = n.speed_kmh, along_m = n.along_m,
        delay_s = n.delay_s, next_stop = n.next_stop, occupancy = n.occupancy, headway_s = n.headway_s,
        is_bunched = n.is_bunched, passed_at = n.passed_at, updated_at = n.updated_at
    FROM live_run n WHERE r.id = n.id
"""
FORECAST_FIELDS = ("run_id", "made_at", "seen_at", "first_stop", "arrivals", "departures", "earliest", "latest", "source", "mark",
                   "reason")  # fmt: skip
PUT_FORECASTS = """
    INSERT INTO transit_forecast
        (run_id, made_at, seen_at, first_stop, arrivals, departures, earliest, latest, source, mark, reason)
    SELECT run_id, made_at, seen_at, first_stop, arrivals, departures, earliest, latest, source, mark, reason FROM live_forecast
    ON CONFLICT (run_id) DO UPDATE SET made_at = excluded.made_at, seen_at = excluded.seen_at,
        first_stop = excluded.first_stop, arrivals = excluded.arrivals, departures = excluded.departures,
        earliest = excluded.earliest, latest = excluded.latest, source = excluded.source, mark = excluded.mark,
        reason = excluded.reason
"""
PREDICTION_FIELDS = "run_id, made_at, seen_at, first_stop, source, mark, arrivals, earliest, latest"
SOURCES = {"model": "m", "ahead": "a", "history": "h", "delay": "d", "timetable": "t", "block": "b"}
MARKS = {"": "-", "timetable_only": "t", "old_position": "o", "bad_clock": "c", "off_route": "r", "unlikely": "u",
         "no_model": "n"}  # fmt: skip
FARTHEST_KEPT_S = 32_000


@dataclass(frozen=True)
class Told:
    """A forecast ready to be written."""

    run: RunState
    mark: str
    seen_at: float | None
    first_stop: int
    arrivals: np.ndarray[Any, np.dtype[np.float64]]
    departures: np.ndarray[Any, np.dtype[np.float64]]
    earliest: np.ndarray[Any, np.dtype[np.float64]]
    latest: np.ndarray[Any, np.dtype[np.float64]]
    source: str
    reason: dict[str, Any]

    @classmethod
    def of(cls, foreseen: Foreseen, mark: str, seen_on: RunState | None = None) -> Told:
        """`seen_on`: the run whose bus it is made from, where that is another."""
        drive = (seen_on or foreseen.run).drive
        return cls(foreseen.run, mark, drive.seen_at if drive else None, foreseen.first_stop, foreseen.arrivals,
                   foreseen.departures, foreseen.earliest, foreseen.latest, foreseen.source, foreseen.reason)  # fmt: skip


class Writer:
    """Of one connection. `made`: days whose partition of predictions is there."""

    def __init__(self) -> None:
        self.made: set[date] = set()
        self._news = News()

    def make_runs(self, runs: Sequence[RunState]) -> None:
        """Rows of new runs; takes the ids and what stood in those that were there."""
        if not runs:
            return
        Run.objects.bulk_create([_row(run) for run in runs], ignore_conflicts=True)
        by_key = {run.planned.key: run for run in runs}
        days = {run.planned.day for run in runs}
        for row in Run.objects.filter(day__in=days, trip_id__in={run.planned.trip.trip_id for run in runs}):
            found = by_key.get((row.day, row.trip_id, row.start_time))
            if found is not None:
                found.pk = row.pk

    def write(self, runs: Sequence[RunState], vehicles: dict[int, Vehicle], told: Sequence[Told], at: float) -> None:
        """All of a turn, and the notice to pages, in one transaction."""
        runs = [run for run in runs if run.pk is not None]
        told = [each for each in told if each.run.pk is not None]
        if not runs and not told:
            return
        self._partition(instant(at).astimezone(CHINA).date())
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(TEMPORARY)
            if runs:
                with cursor.copy(f"COPY live_run ({RUN_FIELDS}) FROM STDIN") as copy:
                    for run in runs:
                        copy.write_row(_run_row(run, vehicles.get(run.bus_id or -1), at))
                cursor.execute(UPDATE_RUNS)
            if told:
                with cursor.copy(f"COPY live_forecast ({', '.join(FORECAST_FIELDS)}) FROM STDIN") as copy:
                    for each in told:
                        copy.write_row(_forecast_row(each, at))
                cursor.execute(PUT_FORECASTS)
                with cursor.copy(f"COPY transit_prediction ({PREDICTION_FIELDS}) FROM STDIN") as copy:
                    for each in told:
                        copy.write_row(_prediction_row(each, at))
            self._news.add(runs, told)
            if self._news.is_due(at):
                tell(TOPIC, self._news.taken(at))

    def _partition(self, day: date) -> None:
        if day in self.made:
            return
        with transaction.atomic(), connection.cursor() as cursor:
            for each in (day, day + timedelta(1)):
                cursor.execute(
                    f"CREATE TABLE IF NOT EXISTS {partition_of(each)} PARTITION OF transit_prediction"
                    f" FOR VALUES FROM ('{each:%Y-%m-%d} 00:00+08') TO ('{each + timedelta(1):%Y-%m-%d} 00:00+08')"
                )
                self.made.add(each)


def partition_of(day: date) -> str:
    """The table of a day's predictions."""
    return f"transit_prediction_{day:%Y%m%d}"


def drop_predictions(before: date) -> int:
    """Drops the predictions of the days before; how many days."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                       " WHERE i.inhparent = 'transit_prediction'::regclass")  # fmt: skip
        old = [name for (name,) in cursor.fetchall() if name < partition_of(before)]
        for name in old:
            cursor.execute(f"DROP TABLE {name}")
    return len(old)


def _row(run: RunState) -> Run:
    planned = run.planned
    return Run(
        day=planned.day, trip_id=planned.trip.trip_id, start_time=planned.start_time, edition_id=run.edition_id,
        route_id=planned.trip.route_id, direction=planned.trip.direction, begins_at=instant(planned.begins_at),
        ends_at=instant(planned.ends_at), since=now(), updated_at=now(),
    )  # fmt: skip


def _run_row(run: RunState, vehicle: Vehicle | None, at: float) -> tuple[Any, ...]:
    drive, last = run.drive, vehicle.last if vehicle else None
    is_here = drive is not None and drive.seen_at is not None and last is not None and not run.is_ended
    passed: list[Any] = []
    if drive is not None:
        passed = [instant(each) if each == each else None for each in drive.passed.tolist()]
    return (
        run.pk, run.bus_id, ("told" if run.is_told else "found") if run.bus_id else "", run.state, instant(run.since),
        instant(drive.seen_at) if drive and drive.seen_at is not None else None,
        last.lon if is_here and last else None, last.lat if is_here and last else None,
        last.bearing if is_here and last else None, last.speed_kmh if is_here and last else None,
        drive.along_m if drive and drive.at else None, drive.delay_s if drive else None, drive.next_stop if drive else 0,
        vehicle.occupancy if vehicle and is_here else None, run.headway_s, run.is_bunched, passed, instant(at),
    )  # fmt: skip


def _forecast_row(told: Told, at: float) -> tuple[Any, ...]:
    return (
        told.run.pk, instant(at), instant(told.seen_at) if told.seen_at is not None else None, told.first_stop,
        _whole(told.arrivals), _whole(told.departures), _whole(told.earliest), _whole(told.latest), told.source, told.mark,
        orjson.dumps(told.reason).decode(),
    )  # fmt: skip


def _prediction_row(told: Told, at: float) -> tuple[Any, ...]:
    arrays = (_offsets(told.arrivals, at), _offsets(told.earliest, at), _offsets(told.latest, at))
    return (told.run.pk, instant(at), instant(told.seen_at) if told.seen_at is not None else None, told.first_stop,
            SOURCES[told.source], MARKS[told.mark], *arrays)  # fmt: skip


def _whole(seconds: np.ndarray[Any, np.dtype[np.float64]]) -> list[int]:
    return np.rint(seconds).astype(np.int64).tolist()


def _offsets(seconds: np.ndarray[Any, np.dtype[np.float64]], at: float) -> list[int]:
    return np.clip(np.rint(seconds - at), -FARTHEST_KEPT_S, FARTHEST_KEPT_S).astype(np.int64).tolist()


class News:
    """What changed since pages were told last: at most every TELL_EVERY_S seconds."""

    def __init__(self) -> None:
        self._lines: set[str] = set()
        self._stops: set[str] = set()
        self._told_at = 0.0

    def add(self, runs: Sequence[RunState], told: Sequence[Told]) -> None:
        """Lines whose buses or forecasts changed, stops with new forecasts."""
        self._lines |= {run.planned.trip.route_id for run in runs}
        self._lines |= {each.run.planned.trip.route_id for each in told}
        for each in told:
            self._stops.update(each.run.planned.trip.pattern.stop_ids[each.first_stop :])

    def is_due(self, at: float) -> bool:
        return at - self._told_at >= TELL_EVERY_S

    def taken(self, at: float) -> dict[str, Any]:
        """The notice: `lines`, `stops`, null where there are too many to list."""
        lines, stops = sorted(self._lines), sorted(self._stops)
        self._lines, self._stops, self._told_at = set(), set(), at
        data: dict[str, Any] = {"at": instant(at).isoformat(timespec="seconds"), "lines": None, "stops": None}
        for name, values in (("lines", lines), ("stops", stops)):
            if len(orjson.dumps(values)) <= LARGEST_LIST_BYTES:
                data[name] = values
        return data
