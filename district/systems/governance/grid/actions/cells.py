"""Drawing, redrawing, splitting, merging and ending cells. One at a time, so that no two shapes overlap unseen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from shapely.geometry import Polygon, mapping, shape

from district.kernel.clock import now
from district.kernel.places.geo import area_m2
from district.kernel.places.models import Division, Level

from ...models import CellDuty, GridCell
from ..cell_shapes import cell_shape, merged, next_code, overlapping, split, trimmed
from ..queries.cells import cells_at, shapes_near
from ..refused import Refused

LOCK = 0x67726964
"""Key of the advisory lock under which shapes are compared and written."""


@transaction.atomic
def draw_cell(
    *, division_code: str, name: str, polygon: Any, kind: str = "village", account: Any = None, trim: bool = False,
    households: int | None = None, people: int | None = None, reason: str = "", is_schematic: bool = False,
) -> GridCell:  # fmt: skip
    """A new cell with the next code of its village. `trim`: leave to the neighbours what is theirs already."""
    _lock()
    if not Division.objects.filter(code=division_code, level=Level.VILLAGE).exists():
        raise Refused("unknown_division", f"没有代码为 {division_code} 的村（社区）", field="division_code",
                      value=division_code)  # fmt: skip
    ground = cell_shape(polygon)
    near = shapes_near(ground)
    ground = trimmed(ground, near) if trim else ground
    _free(ground, near)
    return _begin(
        ground, now(), account, code=_next_code(division_code), name=_name(name), kind=kind, reason=reason,
        division_code=division_code, households=households, people=people, is_schematic=is_schematic,
    )  # fmt: skip


@transaction.atomic
def redraw_cell(code: str, polygon: Any, account: Any, reason: str) -> GridCell:
    """Another shape for the same code from now on; the old one stays for the past."""
    _lock()
    old = _live(code)
    ground = cell_shape(polygon)
    _free(ground, shapes_near(ground, [code]))
    at = _end([old])
    made = _begin(ground, at, account, reason=reason, **_kept(old), is_schematic=False)
    made.parents.add(old)
    return made


@transaction.atomic
def split_cell(code: str, line: Any, account: Any, reason: str) -> list[GridCell]:
    """New cells on both sides of a line; the worker of the old one looks after all of them until told otherwise."""
    _lock()
    old = _live(code)
    parts = split(_shape(old), line)
    at = _end([old])
    made = []
    for number, part in enumerate(parts, start=1):
        fields = _kept(old) | {"code": _next_code(old.division_code), "name": f"{old.name[:70]}-{number}"}
        # Who lives in which part is not known from a line on a map.
        fields |= {"households": None, "people": None}
        cell = _begin(part, at, account, reason=reason, **fields, is_schematic=old.is_schematic)
        cell.parents.add(old)
        made.append(cell)
    _hand_on([old], made, at)
    return made


@transaction.atomic
def merge_cells(codes: Sequence[str], name: str, account: Any, reason: str) -> GridCell:
    """One new cell of the village of the first; refused when they are not neighbours or of different villages."""
    _lock()
    old = [_live(code) for code in dict.fromkeys(codes)]
    if len({cell.division_code for cell in old}) > 1:
        raise Refused("other_division", "不同村（社区）的网格不能合并", field="codes", value="、".join(codes))
    ground = merged([_shape(cell) for cell in old])
    at = _end(old)
    fields = _kept(old[0]) | {"code": _next_code(old[0].division_code), "name": _name(name)}
    fields |= {key: _sum([getattr(cell, key) for cell in old]) for key in ("households", "people")}
    made = _begin(
        ground, at, account, reason=reason, **fields, is_schematic=any(cell.is_schematic for cell in old)
    )
    made.parents.add(*old)
    _hand_on(old, [made], at)
    return made


@transaction.atomic
def end_cell(code: str) -> GridCell:
    """The cell is no more from now on; its ground belongs to none."""
    _lock()
    old = _live(code)
    at = _end([old])
    CellDuty.objects.filter(cell_code=code, until_at=None, from_at__lt=at).update(until_at=at)
    return old


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _live(code: str) -> GridCell:
    cell = cells_at().filter(code=code).select_for_update().first()
    if cell is None:
        raise Refused("unknown_cell", f"现在没有编码为 {code} 的网格", field="code", value=code)
    return cell


def _shape(cell: GridCell) -> Polygon:
    found = shape(cell.polygon)
    assert isinstance(found, Polygon)
    return found


def _free(ground: Polygon, near: dict[str, Any]) -> None:
    taken = overlapping(ground, near)
    if taken:
        raise Refused(
            "overlaps", f"与网格 {'、'.join(taken[:5])} 重叠", field="polygon", value=",".join(taken)
        )


def _next_code(division_code: str) -> str:
    used = GridCell.objects.filter(division_code=division_code).values_list("code", flat=True)
    return next_code(division_code, list(used))


def _name(name: str) -> str:
    if not name.strip():
        raise Refused("no_name", "网格名称不能为空", field="name")
    return name.strip()[:80]


def _end(cells: Sequence[GridCell]) -> datetime:
    """Ends the shapes at one moment, which is returned: what follows begins at it."""
    at = now()
    for cell in cells:
        if at <= cell.valid_from:
            raise Refused(
                "just_made", f"网格 {cell.code} 刚刚启用，请稍后再改", field="code", value=cell.code
            )
        cell.valid_to = at
        cell.save(update_fields=["valid_to"])
    return at


def _kept(cell: GridCell) -> dict[str, Any]:
    names = ("code", "name", "kind", "division_code", "households", "people")
    return {name: getattr(cell, name) for name in names}


def _begin(ground: Polygon, at: datetime, account: Any, **fields: Any) -> GridCell:
    west, south, east, north = ground.bounds
    return GridCell.objects.create(
        polygon=mapping(ground), west=west, south=south, east=east, north=north, area_m2=area_m2(ground),
        valid_from=at, made_by=account, **fields,
    )  # fmt: skip


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _hand_on(old: Sequence[GridCell], new: Sequence[GridCell], at: datetime) -> None:
    """Duties of the old cells end and go on in the new ones; of several leads the first stays lead."""
    live = list(
        CellDuty.objects.filter(cell_code__in=[cell.code for cell in old], until_at=None).order_by("pk")
    )
    CellDuty.objects.filter(pk__in=[duty.pk for duty in live if duty.from_at < at]).update(until_at=at)
    CellDuty.objects.filter(pk__in=[duty.pk for duty in live if duty.from_at >= at]).delete()
    lead = next((duty.account_id for duty in live if duty.is_lead), None)
    for cell in new:
        for account_id in dict.fromkeys(duty.account_id for duty in live):
            CellDuty.objects.create(
                cell_code=cell.code, account_id=account_id, is_lead=account_id == lead, from_at=at
            )
