"""Fills the divisions, and an address for each village and community; running it again changes nothing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from django.db import transaction

from district.kernel.clock import now
from district.kernel.places import queries
from district.kernel.places.divisions_source import division_rows
from district.kernel.places.geo import h3_cell
from district.kernel.places.models import Address, Division

CITY = "淄博市"
SOURCE = "行政区划"
UPDATED = ["name", "level", "parent_id", "lon", "lat", "polygon", "is_schematic", "area_m2", "updated_at"]


@transaction.atomic
def seed_divisions(packages: Path | None = None) -> int:
    """Stores every division of the district and returns how many were new or changed.

    Raises PackagesMissing when the npm packages are not there.
    """
    known = {division.code: division for division in Division.objects.all()}
    changed = []
    for row in division_rows(packages):
        fields = asdict(row)
        fields["parent_id"] = fields.pop("parent")
        current = known.get(row.code)
        if current is None or any(getattr(current, name) != value for name, value in fields.items()):
            changed.append(Division(updated_at=now(), **fields))
    Division.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["code"], update_fields=UPDATED,
    )
    _seed_addresses()
    queries.forget_shapes()
    return len(changed)


def _seed_addresses() -> None:
    villages = Division.objects.filter(level="village").select_related("parent__parent")
    Address.objects.bulk_create(
        [
            Address(
                text=CITY + village.full_name, division=village, lon=village.lon, lat=village.lat,
                cell=h3_cell(village.lon, village.lat), source=SOURCE,
            )
            for village in villages
        ],
        ignore_conflicts=True,
    )
