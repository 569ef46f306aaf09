"""Which cell was here then, what cells there are, and where they come from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from district.kernel.clock import now
from district.kernel.people.access import scope_of
from district.kernel.places.geo import ShapeIndex, is_within

from ...models import CellDuty, GridCell


def cells_at(at: datetime | None = None) -> QuerySet[GridCell]:
    """The cells valid at a moment, now by default."""
    moment = at or now()
    return GridCell.objects.filter(valid_from__lte=moment).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=moment)
    )


def cells_visible_to(account: Any, at: datetime | None = None) -> QuerySet[GridCell]:
    return scope_of(account, "governance").filter(cells_at(at), division_field="division_code")


def cell_at(lon: float, lat: float, at: datetime | None = None) -> GridCell | None:
    """The cell that held the position at that moment, now by default; on a border the one of lower code."""
    boxed = cells_at(at).filter(west__lte=lon, east__gte=lon, south__lte=lat, north__gte=lat).order_by("code")
    return next((cell for cell in boxed if is_within(lon, lat, shape(cell.polygon))), None)


def cell_codes_at(
    lons: Sequence[float], lats: Sequence[float], at: datetime | None = None
) -> list[str | None]:
    """As `cell_at` for columns of positions, codes only."""
    rows = cells_at(at).order_by("code").values_list("code", "polygon")
    return ShapeIndex((code, shape(polygon)) for code, polygon in rows).at_many(lons, lats)


def shapes_near(wanted: BaseGeometry, but: Sequence[str] = ()) -> dict[str, BaseGeometry]:
    """Code → shape of the cells of today whose box touches that of `wanted`."""
    west, south, east, north = wanted.bounds
    rows = (
        cells_at()
        .filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)
        .exclude(code__in=but)
    )
    return {code: shape(polygon) for code, polygon in rows.values_list("code", "polygon")}


def history_of(code: str) -> list[GridCell]:
    """Every shape this code has had, newest first."""
    rows = GridCell.objects.filter(code=code).order_by("-valid_from")
    return list(rows.select_related("made_by").prefetch_related("parents", "successors"))


def workers_of(code: str, at: datetime | None = None) -> list[CellDuty]:
    """Who looks after the cell at that moment, the lead first."""
    moment = at or now()
    live = Q(from_at__lte=moment) & (Q(until_at__isnull=True) | Q(until_at__gt=moment))
    rows = CellDuty.objects.filter(live, cell_code=code).select_related("account")
    return list(rows.order_by("-is_lead", "from_at"))


def cells_of_worker(account: Any) -> list[str]:
    """Codes of the cells an account looks after now."""
    moment = now()
    live = Q(from_at__lte=moment) & (Q(until_at__isnull=True) | Q(until_at__gt=moment))
    rows = CellDuty.objects.filter(live, account=account)
    return list(rows.order_by("cell_code").values_list("cell_code", flat=True).distinct())
