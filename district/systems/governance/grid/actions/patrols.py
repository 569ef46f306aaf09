"""A patrol begins, sends its points, ends; its track is deleted when the term is over (ADR 0016)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from shapely.geometry import shape

from district.kernel.clock import now, today
from district.kernel.people.access import may
from district.kernel.people.audit import record_act

from ...models import Patrol, PatrolPlan, TrackPoint
from ..queries.cells import cells_at
from ..refused import Refused
from ..track import (
    CLOCK_SLACK,
    Fix,
    Point,
    RefusedFix,
    coverage,
    ground_of,
    length_m,
    passed_ground,
    reached,
    within_patrol,
)
from .rosters import WORKER

TRACK_TERM_DAYS = 90
LONGEST = timedelta(hours=12)
"""A patrol nobody has ended is ended by itself: the phone of somebody who went home must not go on."""
LARGEST_BATCH = 2_000


@transaction.atomic
def start_patrol(plan: PatrolPlan, account: Any, at: datetime | None = None) -> Patrol:
    """Refused when the account is no grid worker, or on patrol already (then that one is gone on with)."""
    if not may(account, WORKER):
        raise Refused("no_grid_worker", "只有网格员能开始巡防", field="account", value=account.username)
    moment = at or now()
    try:
        with transaction.atomic():
            return Patrol.objects.create(
                plan=plan, account=account, division_code=plan.division_code, started_at=moment,
                delete_track_on=moment.date() + timedelta(days=TRACK_TERM_DAYS), is_simulated=plan.is_simulated,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("already_on_patrol", "您有一次巡防还没有结束", field="plan", value=plan.name) from error


@transaction.atomic
def record_points(patrol: Patrol, account: Any, fixes: Sequence[Fix]) -> tuple[int, list[RefusedFix]]:
    """Keeps the points that lie inside the patrol; the same batch again changes nothing.

    Returns how many of them are kept now, and those refused. Only the patrol itself sends points.
    """
    patrol = Patrol.objects.select_for_update().get(pk=patrol.pk)
    if patrol.account_id != account.pk:
        raise Refused("not_yours", "只能上传自己的巡防轨迹", field="patrol", value=patrol.pk)
    if patrol.track_deleted_at is not None:
        raise Refused("track_deleted", "轨迹已过保存期，不再接收", field="patrol", value=patrol.pk)
    if len(fixes) > LARGEST_BATCH:
        raise Refused("too_many", f"一次最多 {LARGEST_BATCH} 点", field="points", value=len(fixes))
    until = patrol.ended_at or min(now() + CLOCK_SLACK, patrol.started_at + LONGEST)
    first = min((fix.at for fix in fixes), default=None)
    earlier = patrol.points.filter(at__lt=first).order_by("-at").first() if first else None
    before = Fix(earlier.at, earlier.lon, earlier.lat) if earlier else None
    kept, refused = within_patrol(fixes, patrol.started_at, until, before)
    TrackPoint.objects.bulk_create(
        [TrackPoint(patrol=patrol, **asdict(fix)) for fix in kept], ignore_conflicts=True, batch_size=500
    )
    if patrol.ended_at:  # a queue that was sent after the end
        _reckon(patrol)
    return len(kept), refused


@transaction.atomic
def end_patrol(patrol: Patrol, at: datetime | None = None) -> Patrol:
    """Ends it and reckons its length, check points and coverage. Points of its time may still come in later."""
    patrol = Patrol.objects.select_for_update().get(pk=patrol.pk)
    if patrol.ended_at is None:
        newest = patrol.points.order_by("-at").values_list("at", flat=True).first()
        wanted = max(at or now(), patrol.started_at, newest or patrol.started_at)
        patrol.ended_at = min(wanted, patrol.started_at + LONGEST)
        _reckon(patrol)
    return patrol


def end_forgotten_patrols() -> int:
    """Ends those that have gone on for longer than a patrol can."""
    forgotten = Patrol.objects.filter(ended_at=None, started_at__lt=now() - LONGEST)
    for patrol in forgotten:
        end_patrol(patrol, patrol.started_at + LONGEST)
    return len(forgotten)


def delete_due_tracks(on: date | None = None) -> int:
    """Deletes the tracks whose term is over; the sums of the patrols stay. Returns how many."""
    due = Patrol.objects.filter(
        track_deleted_at=None, ended_at__isnull=False, delete_track_on__lte=on or today()
    )
    count = 0
    for patrol in due.order_by("pk"):
        with transaction.atomic():
            patrol.points.all().delete()
            patrol.track_deleted_at = now()
            patrol.save(update_fields=["track_deleted_at"])
            record_act(None, "delete", subject_kind="governance.track", subject=patrol.pk, purpose="保存期满")
        count += 1
    return count


def _reckon(patrol: Patrol) -> None:
    fixes = [Fix(point.at, point.lon, point.lat) for point in patrol.points.order_by("at")]
    points = [Point(one.pk, one.lon, one.lat, one.radius_m) for one in patrol.plan.check_points.all()]
    cells = cells_at(patrol.started_at).filter(code__in=patrol.plan.cell_codes)
    share, shares = coverage(
        {cell.code: ground_of(shape(cell.polygon)) for cell in cells}, passed_ground(fixes)
    )
    found = reached(fixes, points)
    patrol.length_m, patrol.track_points, patrol.coverage = length_m(fixes), len(fixes), share
    patrol.reached = {
        "check_points": {str(key): at.isoformat() for key, at in found.items()},
        "cells": {code: round(value, 4) for code, value in shares.items()},
    }
    patrol.save()
