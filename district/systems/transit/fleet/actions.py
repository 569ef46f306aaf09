"""Keeping the list of buses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.people.models import Organisation
from district.kernel.people.refused import Refused

from ..models import Assignment, Bus

MOST_PEOPLE = 200


@dataclass(frozen=True)
class Kept:
    """What is kept of a bus."""

    number: str
    plate: str = ""
    lines: tuple[str, ...] = ()
    seats: int = 0
    capacity: int = 0
    is_accessible: bool = False
    state: str = "in_service"
    operator: Organisation | None = None


@transaction.atomic
def keep_bus(kept: Kept, bus: Bus | None = None) -> Bus:
    """Adds a bus or changes one. Raises Refused: number_missing, number_taken, plate_taken, seats_over_capacity,
    bus_assigned (it cannot retire while trips of today or later are given to it)."""
    number = kept.number.strip()
    others = Bus.objects.exclude(pk=bus.pk) if bus else Bus.objects.all()
    if not number:
        raise Refused("number_missing", _("请填写自编号"), field="number")
    if others.filter(number=number).exists():
        raise Refused(
            "number_taken", _("自编号 %(number)s 已有") % {"number": number}, field="number", value=number
        )
    if kept.plate and others.filter(plate=kept.plate).exclude(state=Bus.State.RETIRED).exists():
        raise Refused(
            "plate_taken",
            _("车牌 %(plate)s 已登记在另一辆车上") % {"plate": kept.plate},
            field="plate",
            value=kept.plate,
        )
    if kept.capacity and kept.seats > kept.capacity:
        raise Refused("seats_over_capacity", _("座位数不能多于核定载客"), field="seats", value=kept.seats)
    if bus is not None and kept.state != Bus.State.IN_SERVICE:
        _must_be_free(bus)
    found = bus or Bus()
    values: dict[str, Any] = {
        "number": number,
        "plate": kept.plate.strip(),
        "lines": list(kept.lines),
        "seats": kept.seats,
        "capacity": kept.capacity,
        "is_accessible": kept.is_accessible,
        "state": kept.state,
        "operator": kept.operator,
    }
    for name, value in values.items():
        setattr(found, name, value)
    found.save()
    return found


def _must_be_free(bus: Bus) -> None:
    many = Assignment.objects.filter(bus=bus, day__gte=today()).count()
    if many:
        raise Refused(
            "bus_assigned",
            _("还有 %(n)s 个班次派给 %(bus)s，请先改派") % {"n": many, "bus": bus.number},
            field="state",
        )
