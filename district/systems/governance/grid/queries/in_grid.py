"""全业务入格: how much of the work, the ground and the people's hours is inside the grid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import shapely
from django.db.models import Count, Q
from shapely.geometry import shape

from district.kernel.cases.models import Case
from district.kernel.clock import now
from district.kernel.places.geo import area_m2
from district.kernel.places.models import Division, Level

from ...manifest import SYSTEM
from ...models import CellDuty
from .cells import cells_at
from .patrols import coverage_of_cells

DAYS = 30


@dataclass(frozen=True)
class InGrid:
    """Shares from 0 to 1, None where there is nothing to divide by.

    `work`: cases of the last 30 days that carry a cell; `ground`: of the district inside some cell; `manned`: cells
    with a worker; `patrolled`: cells that a patrol passed in the last seven days.
    """

    cells: int
    cases: int
    cases_in_cells: int
    work: float | None
    ground: float | None
    manned: float | None
    patrolled: float | None


def in_grid(at: datetime | None = None) -> InGrid:
    moment = at or now()
    rows = list(cells_at(moment).values_list("code", "polygon"))
    codes = {code for code, _polygon in rows}
    since = moment - timedelta(days=DAYS)
    counted = Case.objects.filter(system=SYSTEM.name, opened_at__gt=since, opened_at__lte=moment).aggregate(
        all=Count("pk"), inside=Count("pk", filter=~Q(cell_code=""))
    )
    live = Q(from_at__lte=moment) & (Q(until_at__isnull=True) | Q(until_at__gt=moment))
    manned = set(CellDuty.objects.filter(live).values_list("cell_code", flat=True)) & codes
    patrolled = set(coverage_of_cells(moment)) & codes
    return InGrid(
        len(codes), counted["all"], counted["inside"], _share(counted["inside"], counted["all"]),
        _ground([polygon for _code, polygon in rows]), _share(len(manned), len(codes)),
        _share(len(patrolled), len(codes)),
    )  # fmt: skip


def _ground(polygons: list[dict]) -> float | None:
    district = Division.objects.filter(level=Level.DISTRICT, polygon__isnull=False).first()
    if district is None:
        return None
    border = shape(district.polygon)
    covered = shapely.union_all([shape(polygon) for polygon in polygons]) if polygons else shapely.Polygon()
    return area_m2(covered.intersection(border)) / area_m2(border)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
