"""Where a report is, as the district knows it: town, grid cell, the units that look after it."""

from __future__ import annotations

from dataclasses import dataclass

from district.kernel.people.models import Organisation
from district.kernel.places.models import Division
from district.kernel.places.queries import division_at

from ..grid.queries.cells import cell_at

VILLAGE_DIGITS = 12


@dataclass(frozen=True)
class ReportPlace:
    """`division_code`: village when the cell tells it, else town. `town_unit` is the code of the town's organisation."""

    lon: float | None
    lat: float | None
    address: str
    cell_code: str
    division_code: str
    town_unit: str | None
    town_name: str

    def as_case_place(self) -> dict[str, object]:
        return {"lon": self.lon, "lat": self.lat, "address": self.address, "cell_code": self.cell_code,
                "division_code": self.division_code}  # fmt: skip


def place_of(lon: float | None, lat: float | None, address: str = "") -> ReportPlace:
    """The place of a position (WGS-84, degrees), or of no position."""
    if lon is None or lat is None:
        return ReportPlace(None, None, address, "", "", None, "")
    cell = cell_at(lon, lat)
    code = cell.division_code if cell is not None else ""
    town = _town(code) or division_at(lon, lat)
    town_code = town.code if town is not None else ""
    unit = Organisation.objects.filter(division_code=town_code, kind="town").first() if town_code else None
    return ReportPlace(
        lon, lat, address, cell.code if cell is not None else "", code or town_code,
        unit.code if unit is not None else None, town.name if town is not None else "",
    )  # fmt: skip


def village_unit(place: ReportPlace) -> Organisation | None:
    """The committee of the village, or the town where villages are not known."""
    code = place.division_code
    found = (
        Organisation.objects.filter(division_code=code, kind="village").first()
        if len(code) == VILLAGE_DIGITS
        else None
    )
    return found or Organisation.objects.filter(code=place.town_unit or "").first()


def _town(code: str) -> Division | None:
    return Division.objects.filter(code=code[:9], level="town").first() if len(code) >= 9 else None
