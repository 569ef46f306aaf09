"""The hour series that are evaluated, and what each belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from district.kernel.devices.models import Series

from ..items import item as item_of
from ..models import MonitoringPoint, Outlet
from ..quantities import BadQuantity, convert

Element = Literal["air", "surface_water", "noise", "gas", "waste_water"]

STATISTICS = ("avg", "zs_avg", "cou", "data")
"""What is evaluated of an hour: mean, mean at reference oxygen, total (of flows), equivalent level (of noise)."""

FLOWS = frozenset({"a00000", "w00000"})
LEVEL = "Leq"

MAY_BE_NEGATIVE = frozenset({"a01001", "a01012", "a01013", "w01010"})
"""Temperatures and gauge pressure."""


@dataclass(frozen=True)
class EvaluatedSeries:
    """An hour series. `factor` turns the unit the device reports in into the unit of the item (see `items`);
    `is_inlet` marks a device before the treatment."""

    id: int
    device_id: int
    item: str
    statistic: str
    element: Element
    factor: float = 1.0
    point_id: int | None = None
    outlet_id: int | None = None
    is_inlet: bool = False

    @property
    def medium(self) -> Literal["ambient", "gas", "water"]:
        if self.element == "gas":
            return "gas"
        return "water" if self.element == "waste_water" else "ambient"


def evaluated_series(device_ids: Iterable[int] | None = None) -> list[EvaluatedSeries]:
    """All hour series of devices that stand at a point or an outlet, in order of id."""
    points = {point.device_id: point for point in MonitoringPoint.objects.filter(device__isnull=False)}
    outlets, inlets = {}, {}
    for outlet in Outlet.objects.all():
        if outlet.device_id:
            outlets[outlet.device_id] = outlet
        if outlet.inlet_device_id:
            inlets[outlet.inlet_device_id] = outlet
    known = points.keys() | outlets.keys() | inlets.keys()
    if device_ids is not None:
        known &= set(device_ids)
    found = []
    rows = Series.objects.filter(device_id__in=known, period="hour", statistic__in=STATISTICS).order_by("pk")
    for row in map(_Row._make, rows.values_list(*_Row._fields)):
        if row.device_id in points:
            found.append(_at_point(row, points[row.device_id]))
        else:
            is_inlet = row.device_id in inlets
            found.append(_at_outlet(row, (inlets if is_inlet else outlets)[row.device_id], is_inlet))
    return found


class _Row(NamedTuple):
    """What is needed of a Series: hundreds of objects cost more than all else here."""

    pk: int
    device_id: int
    item: str
    statistic: str


def _at_point(row: _Row, point: MonitoringPoint) -> EvaluatedSeries:
    element: Element = (
        "air" if point.element == "air" else "noise" if point.element == "noise" else "surface_water"
    )
    return EvaluatedSeries(
        row.pk,
        row.device_id,
        row.item,
        row.statistic,
        element,
        _factor(row, point.units.get(row.item, "")),
        point_id=point.pk,
    )


def _at_outlet(row: _Row, outlet: Outlet, is_inlet: bool) -> EvaluatedSeries:
    element: Element = "gas" if outlet.kind == Outlet.Kind.AIR else "waste_water"
    return EvaluatedSeries(
        row.pk, row.device_id, row.item, row.statistic, element, outlet_id=outlet.pk, is_inlet=is_inlet
    )


def _factor(row: _Row, unit: str) -> float:
    """1 unless the point's configuration names another unit of mass per volume than the item's own."""
    target = item_of(row.item).unit
    if not unit or not target or unit == target:
        return 1.0
    try:
        return float(convert(1, unit, target))
    except BadQuantity:
        return 1.0
