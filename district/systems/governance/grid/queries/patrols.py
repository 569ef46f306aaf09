"""Patrols and their tracks: who may see which, and how well the ground is covered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from district.kernel.clock import now
from district.kernel.people.access import may, scope_of
from district.kernel.people.audit import record_look

from ...models import Patrol, TrackPoint

SUPERVISOR = "governance.officer"
COVERED_DAYS = 7


def patrols_visible_to(account: Any) -> QuerySet[Patrol]:
    """A supervisor sees those of his area, everybody else his own."""
    own = Q(account_id=account.pk)
    if may(account, SUPERVISOR):
        seen = scope_of(account, "governance").filter(Patrol.objects.all(), division_field="division_code")
        return Patrol.objects.filter(own | Q(pk__in=seen.values("pk")))
    return Patrol.objects.filter(own)


def track_for(patrol: Patrol, account: Any, purpose: str) -> list[TrackPoint]:
    """The points of a track, and the look is logged; for the patrol itself and the supervisor of its area only.

    Raises PermissionError for anybody else.
    """
    if not patrols_visible_to(account).filter(pk=patrol.pk).exists():
        raise PermissionError("track of somebody else")
    if patrol.account_id != account.pk:
        record_look(account, "governance.track", patrol.pk, purpose, ["lon", "lat", "at"])
    return list(patrol.points.order_by("at"))


@dataclass(frozen=True)
class CellCoverage:
    """How a cell was covered in the last days: the best share of one patrol, and how many came by."""

    share: float
    patrols: int


def coverage_of_cells(at: datetime | None = None, days: int = COVERED_DAYS) -> dict[str, CellCoverage]:
    """Code → coverage, for cells that some patrol passed."""
    moment = at or now()
    rows = Patrol.objects.filter(started_at__gt=moment - timedelta(days=days), started_at__lte=moment)
    best: dict[str, float] = defaultdict(float)
    came: dict[str, int] = defaultdict(int)
    for reached in rows.values_list("reached", flat=True):
        for code, share in (reached.get("cells") or {}).items():
            if share > 0:
                best[code] = max(best[code], share)
                came[code] += 1
    return {code: CellCoverage(best[code], came[code]) for code in best}
