"""A filled-in checklist is kept once, and what is at fault opens a case each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from district.kernel.cases.actions import open_case
from district.kernel.clock import now

from ...manifest import SYSTEM
from ...models import GridCell, Inspection, InspectionFinding, KeyPlace
from ..checklists import Item, checklist
from ..queries.cells import cell_at
from ..refused import Refused

PROCEDURE = "grid_event"
CHANNEL = "inspection"
HAZARD = "G03"
"""公共安全隐患 in the default classes of grid events."""


@transaction.atomic
def record_inspection(
    *, key: str, answers: dict[str, str], account: Any, key_place: KeyPlace | None = None, cell: GridCell | None = None,
    checklist_key: str = "", note: str = "", at: datetime | None = None, lon: float | None = None,
    lat: float | None = None, is_simulated: bool = False, opens_cases: bool = True,
) -> Inspection:  # fmt: skip
    """The same `key` again gives the inspection that was kept first. Refused for an item without an answer."""
    known = Inspection.objects.filter(key=key).first()
    if known is not None:
        return known
    if key_place is None and cell is None:
        raise Refused("nowhere", "检查应针对一个重点部位或一个网格", field="key_place")
    asked = checklist(checklist_key or (key_place.checklist if key_place else "general"))
    faults = asked.check(answers)
    where = key_place or cell
    assert where is not None
    try:
        with transaction.atomic():
            made = Inspection.objects.create(
                key=key, key_place=key_place, cell_code=cell.code if cell else "", checklist=asked.key, answers=answers,
                division_code=where.division_code, lon=lon, lat=lat, note=note[:500], at=at or now(),
                account=account, is_simulated=is_simulated,
            )  # fmt: skip
    except IntegrityError:
        return Inspection.objects.get(key=key)
    for item in faults:
        number = _open(made, item, account) if opens_cases and not _is_open_already(made, item) else ""
        InspectionFinding.objects.create(
            inspection=made, item=item.key, text=item.text[:200], is_grave=item.is_grave, case_number=number
        )
    _note_fixed(made)
    return made


def _is_open_already(made: Inspection, item: Item) -> bool:
    """A fault that was found before and not put right yet has its case."""
    return _unfixed(made).filter(item=item.key).exclude(case_number="").exists()


def _note_fixed(made: Inspection) -> None:
    """Faults of earlier inspections of the place that are in order today."""
    fine = [key for key, answer in made.answers.items() if answer != "fault"]
    _unfixed(made).filter(item__in=fine).update(fixed_at=made.at)


def _unfixed(made: Inspection) -> Any:
    rows = InspectionFinding.objects.filter(fixed_at=None, inspection__at__lte=made.at).exclude(
        inspection=made
    )
    if made.key_place_id:
        return rows.filter(inspection__key_place_id=made.key_place_id)
    return rows.filter(inspection__key_place=None, inspection__cell_code=made.cell_code)


def _open(made: Inspection, item: Item, account: Any) -> str:
    """Opens the case of one fault and returns its number."""
    place = made.key_place
    lon, lat = (place.lon, place.lat) if place else (made.lon, made.lat)
    cell = cell_at(lon, lat, made.at) if lon is not None and lat is not None else None
    name = place.name if place else f"网格 {made.cell_code}"
    case = open_case(
        system=SYSTEM.name, procedure=PROCEDURE, idempotency_key=f"inspection:{made.key}:{item.key}",
        title=f"{name}：不符合“{item.text}”"[:200], channel=CHANNEL, kind="event", classification=HAZARD,
        text=f"{made.at:%Y-%m-%d %H:%M} 安全检查发现：不符合“{item.text}”。{made.note}", account=account,
        place={"lon": lon, "lat": lat, "address": place.address if place else "",
               "cell_code": cell.code if cell else made.cell_code, "division_code": made.division_code},
        form={"is_grave": item.is_grave}, is_simulated=made.is_simulated,
    )  # fmt: skip
    return case.number
