"""The figures of a bulletin, read from the results of days."""

from __future__ import annotations

import calendar
from collections import Counter, defaultdict
from datetime import date
from typing import Any, Literal

from django.db.models import Count, Q, Sum

from district.kernel.clock import day_bounds

from ..bulletin import AirDayLine, AirStation, Bulletin, Emission, NoisePoint, WaterSection
from ..items import zh_of
from ..models import (
    AirDay,
    CaptureRate,
    MonitoringPoint,
    NoiseDay,
    OutletDay,
    PermitQuantity,
    SupervisionCase,
    WaterDay,
)
from ..noise import energy_mean
from ..surface_water import water_grades, water_items
from .permits import quantity_uses

Element = MonitoringPoint.Element


def day_bulletin(on: date) -> Bulletin:
    """The bulletin of a natural day."""
    return _bulletin("day", on, on)


def month_bulletin(year: int, month: int) -> Bulletin:
    """The bulletin of a month; days that are still to come are simply not there."""
    return _bulletin("month", date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _bulletin(period: Literal["day", "month"], first: date, last: date) -> Bulletin:
    return Bulletin(
        period,
        first,
        last,
        _air(first, last),
        _water(first, last),
        _noise(first, last),
        _emissions(first, last),
        _cases(first, last),
        _capture_percent(first, last),
    )


def _points(element: Element) -> list[MonitoringPoint]:
    return list(MonitoringPoint.objects.filter(element=element, is_in_use=True, device__isnull=False))


def _by_point(model: Any, first: date, last: date) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in model.objects.filter(on__range=(first, last)).order_by("on"):
        found[row.point_id].append(row)
    return found


def _air(first: date, last: date) -> tuple[AirStation, ...]:
    days = _by_point(AirDay, first, last)
    return tuple(
        AirStation(
            point.name,
            tuple(
                AirDayLine(row.on, row.aqi, row.category, tuple(row.primary_pollutants), row.concentrations)
                for row in days[point.pk]
            ),
        )
        for point in _points(Element.AIR)
    )


def _water(first: date, last: date) -> tuple[WaterSection, ...]:
    days = _by_point(WaterDay, first, last)
    return tuple(
        _section(point, [row for row in days[point.pk] if row.water_class])
        for point in _points(Element.SURFACE_WATER)
    )


def _section(point: MonitoringPoint, rows: list[WaterDay]) -> WaterSection:
    order = {grade.name: number for number, grade in water_grades().items()}
    worst = max((row.water_class for row in rows), key=lambda name: order.get(name, 0), default="")
    deciding = Counter(name for row in rows if row.water_class == worst for name in row.deciding_items)
    names = water_items("lake" if point.is_lake else "river")
    return WaterSection(
        point.name,
        point.target_class,
        dict(Counter(row.water_class for row in rows)),
        worst,
        tuple(names[key].zh if key in names else key for key, _ in deciding.most_common(3)),
        sum(row.meets_target is True for row in rows),
        len(rows),
    )


def _noise(first: date, last: date) -> tuple[NoisePoint, ...]:
    days = _by_point(NoiseDay, first, last)
    found = []
    for point in _points(Element.NOISE):
        rows = days[point.pk]
        found.append(
            NoisePoint(
                point.name,
                point.zone,
                energy_mean([row.day_level for row in rows if row.day_level is not None]),
                energy_mean([row.night_level for row in rows if row.night_level is not None]),
                sum(row.exceeds_day is not None or row.exceeds_night is not None for row in rows),
                sum(row.exceeds_day is True for row in rows),
                sum(row.exceeds_night is True for row in rows),
            )
        )
    return tuple(found)


def _emissions(first: date, last: date) -> tuple[Emission, ...]:
    rows = OutletDay.objects.filter(on__range=(first, last), mass_kg__isnull=False)
    grouped = rows.values("outlet__source_id", "outlet__source__name", "item").annotate(
        mass=Sum("mass_kg"),
        hours=Sum("exceeding_hours"),
        days=Count("on", filter=Q(exceeds_day=True)),
    )
    shares = _used_shares(last)
    return tuple(
        Emission(
            row["outlet__source__name"],
            zh_of(row["item"]),
            row["mass"],
            row["hours"] or 0,
            row["days"],
            shares.get((row["outlet__source_id"], row["item"])),
        )
        for row in grouped.order_by("outlet__source__name", "item")
    )


def _used_shares(last: date) -> dict[tuple[int, str], float]:
    """(source, item) → share of the year's quantity of the whole source used by the day after `last`."""
    uses = quantity_uses(PermitQuantity.objects.filter(outlet__isnull=True, year=last.year), last)
    return {(use.quantity.permit.source_id, use.quantity.item): use.use.share for use in uses}


def _cases(first: date, last: date) -> dict[str, tuple[int, int]]:
    """Kind in Chinese → (opened, closed) in the period."""
    start, end = day_bounds(first)[0], day_bounds(last)[1]
    opened = Q(opened_at__gte=start, opened_at__lt=end)
    closed = Q(closed_at__gte=start, closed_at__lt=end)
    rows = (
        SupervisionCase.objects.filter(opened | closed)
        .order_by("kind")
        .values("kind")
        .annotate(opened=Count("pk", filter=opened), closed=Count("pk", filter=closed))
    )
    return {str(SupervisionCase.Kind(row["kind"]).label): (row["opened"], row["closed"]) for row in rows}


def _capture_percent(first: date, last: date) -> float | None:
    found = CaptureRate.objects.filter(on__range=(first, last)).aggregate(
        valid=Sum("valid"), owed=Sum("expected")
    )
    return 100 * found["valid"] / found["owed"] if found["owed"] else None
