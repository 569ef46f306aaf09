"""Which trips were driven on a day and when they passed their stops, from all positions of the day, late ones too."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
from django.db import connection, transaction

from district.kernel.devices import position_marks as marks

from ..forecasts.planned import DayPlan, plan_of
from ..live.reading import buses, instant
from ..models import LearntDay, Run
from ..passages import Run as Driven
from ..passages import run_of, runs_of
from . import driven

DAY_BEGINS, DAY_ENDS = timedelta(hours=3), timedelta(hours=28)
BEFORE_S, AFTER_S = 180.0, 120.0
UNASSIGNED_EVERY_S = 20.0
OF_DAY = """
    SELECT device_id, extract(epoch FROM at)::float8, lat, lon, coalesce(extra->>'trip_id', '')
    FROM devices_position WHERE at >= %s AND at < %s AND device_id = ANY(%s) AND mark & %s = 0 ORDER BY device_id, at
"""


def close_day(day: date) -> LearntDay | None:
    """Reads the day's positions, completes its runs, and keeps what was driven; None when there is nothing to read."""
    plan = plan_of(day)
    if plan is None:
        return None
    positions = _positions(plan, day)
    if positions.empty:
        return None
    rows = list(Run.objects.filter(day=day, bus__isnull=False))
    found = _of_runs(plan, positions, rows)
    assigned = {vehicle for vehicle, _run in found} | {str(row.bus_id) for row in rows}
    rest = _thin(positions[~positions["vehicle"].isin(assigned)])
    if not rest.empty:
        found += [(run.vehicle, run) for run in runs_of(plan.schedule, rest.reset_index(drop=True))
                  if datetime.fromtimestamp(run.midnight + 43200, instant(0).tzinfo).date() == day]  # fmt: skip
    runs = [run for _vehicle, run in found]
    passages = sum(int(np.isfinite(run.passed_at).sum()) for run in runs)
    with transaction.atomic():
        _complete(plan, runs)
        return LearntDay.objects.update_or_create(day=day, defaults={
            "runs": len(runs), "passages": passages, "positions": len(positions), "driven": driven.packed(runs),
        })[0]  # fmt: skip


def _positions(plan: DayPlan, day: date) -> pd.DataFrame:
    bus_of = {device: facts.bus_id for device, facts in buses().items()}
    midnight = instant(plan.trips[0].midnight) if plan.trips else None
    if midnight is None or not bus_of:
        return pd.DataFrame()
    with connection.cursor() as cursor:
        cursor.execute(OF_DAY, [midnight + DAY_BEGINS, midnight + DAY_ENDS, list(bus_of), marks.NOT_FOR_FORECASTS])
        rows = cursor.fetchall()
    table = pd.DataFrame(rows, columns=["device", "at", "lat", "lon", "trip_id"])
    if table.empty:
        return table
    table["vehicle"] = table["device"].map(bus_of).astype(str)
    table["trip_id"] = table["trip_id"].where(table["trip_id"].isin(plan.schedule.trips.keys()), "")
    table["route_id"] = ""
    return table.drop_duplicates(["vehicle", "at"]).sort_values(["vehicle", "at"], ignore_index=True)


def _of_runs(plan: DayPlan, positions: pd.DataFrame, rows: list[Run]) -> list[tuple[str, Driven]]:
    """The runs as the live process had them, from all positions of their time."""
    from ..matching import is_plausible, matched

    found = []
    of_vehicle = {str(vehicle): part for vehicle, part in positions.groupby("vehicle", sort=False)}
    for row in rows:
        planned = plan.by_key.get((row.day, row.trip_id, row.start_time))
        part = of_vehicle.get(str(row.bus_id))
        passed = [each.timestamp() for each in row.passed_at if each]
        if planned is None or part is None or not passed:
            continue
        begin, end = min(passed) - BEFORE_S, max(passed) + AFTER_S
        part = part[(part["at"] >= begin) & (part["at"] <= end)]
        if len(part) < 3:
            continue
        at = part["at"].to_numpy()
        places = plan.schedule.plane.metres(part["lat"].to_numpy(), part["lon"].to_numpy())
        match = matched(places, at, planned.trip, planned.midnight)
        if is_plausible(planned.trip.pattern, match) and match.is_on.sum() >= 3:
            found.append((str(row.bus_id), run_of(str(row.bus_id), planned.trip, planned.midnight, at, match)))
    return found


def _thin(positions: pd.DataFrame) -> pd.DataFrame:
    if positions.empty:
        return positions
    slot = (positions["at"] // UNASSIGNED_EVERY_S).astype(np.int64)
    return positions[~(positions["vehicle"].eq(positions["vehicle"].shift()) & slot.eq(slot.shift()))]


def _complete(plan: DayPlan, runs: list[Driven]) -> None:
    """Passages into the rows of the runs; rows for runs that the live process has not seen."""
    known = {(row.trip_id, row.start_time): row for row in Run.objects.filter(day=plan.day)}
    by_trip = {planned.trip.trip_id: planned for planned in plan.trips}
    made, changed = [], []
    for run in runs:
        planned = by_trip.get(run.trip.trip_id)
        if planned is None:
            continue
        row = known.get((run.trip.trip_id, planned.start_time))
        passed = [instant(each) if each == each else None for each in run.passed_at.tolist()]
        if row is None:
            made.append(Run(
                day=plan.day, trip_id=run.trip.trip_id, start_time=planned.start_time, edition_id=plan.edition_id,
                passed_at=_begun(run, passed), **_ended(run, planned),
            ))  # fmt: skip
        else:
            row.passed_at = _filled(row.passed_at, passed)
            if row.bus_id is None:
                row.bus_id, row.assigned_by = int(run.vehicle), "found"
            row.state = Run.State.ENDED
            changed.append(row)
    Run.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
    Run.objects.bulk_update(changed, ["passed_at", "bus", "assigned_by", "state"], batch_size=500)


def _ended(run: Driven, planned: Any) -> dict[str, Any]:
    return {
        "route_id": run.trip.route_id, "direction": run.trip.direction, "begins_at": instant(planned.begins_at),
        "ends_at": instant(planned.ends_at), "bus_id": int(run.vehicle), "assigned_by": "found", "state": Run.State.ENDED,
        "since": instant(float(run.at[-1])), "seen_at": instant(float(run.at[-1])), "along_m": float(run.along[-1]),
        "delay_s": float(run.at[-1]) - float(run.planned_time_at(run.along[-1:])[0]), "next_stop": len(run.passed_at),
    }  # fmt: skip


def _begun(run: Driven, passed: list[datetime | None]) -> list[datetime | None]:
    """The first stop is left when the bus is last seen near it."""
    near = np.flatnonzero(run.along <= run.trip.pattern.stops_at[0] + 60.0)
    if passed and passed[0] is None and len(near):
        return [instant(float(run.at[near[-1]])), *passed[1:]]
    return passed


def _filled(before: list[datetime | None], found: list[datetime | None]) -> list[datetime | None]:
    if len(before) != len(found):
        return found
    return [new or old for old, new in zip(before, found, strict=True)]
