"""Sections of rivers day by day, and rivers as a whole."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ..models import MonitoringPoint, WaterDay
from ..station_states import plain_class
from ..surface_water import TEMPERATURE, water_items
from ..water_bodies import RiverQuality, assess_river


@dataclass(frozen=True)
class SectionDay:
    """A section with its newest judged day; `deciding` are Chinese names."""

    point: MonitoringPoint
    day: WaterDay | None
    deciding: tuple[str, ...]
    exceeding: tuple[str, ...]

    @property
    def target(self) -> str:
        return plain_class(self.point.target_class)


def item_name(key: str) -> str:
    """The Chinese name of a GB 3838 item key."""
    if key in (TEMPERATURE, "temperature"):
        return "水温"
    known = water_items("river").get(key) or water_items("lake").get(key)
    return known.zh if known else key


def sections_now(points: list[MonitoringPoint]) -> list[SectionDay]:
    """The newest judged day of each section."""
    rows = WaterDay.objects.filter(point__in=points).order_by("point_id", "-on").distinct("point_id")
    newest = {row.point_id: row for row in rows}
    return [_section(point, newest.get(point.pk)) for point in points]


def _section(point: MonitoringPoint, day: WaterDay | None) -> SectionDay:
    if day is None:
        return SectionDay(point, None, (), ())
    exceeding = tuple(
        f"{item_name(key)}（{multiple:.2f}）" if multiple is not None else item_name(key)
        for key, multiple in day.exceeding_items.items()
    )
    return SectionDay(point, day, tuple(item_name(key) for key in day.deciding_items), exceeding)


class JudgedDay(NamedTuple):
    """A WaterDay, as far as a long history needs it."""

    point_id: int
    on: date
    water_class: str
    deciding_items: list[str]
    concentrations: dict[str, float]
    meets_target: bool | None


def section_days(points: list[MonitoringPoint], first: date, last: date) -> dict[int, list[JudgedDay]]:
    """Judged days of the sections by point, oldest first."""
    found: dict[int, list[JudgedDay]] = defaultdict(list)
    rows = WaterDay.objects.filter(point__in=points, on__range=(first, last)).order_by("on")
    for row in map(JudgedDay._make, rows.values_list(*JudgedDay._fields)):
        found[row.point_id].append(row)
    return found


def rivers(sections: list[SectionDay]) -> list[tuple[str, RiverQuality | None]]:
    """Each river with the quality of its sections' newest days (《地表水环境质量评价办法》)."""
    by_river: dict[str, list[dict[str, float]]] = defaultdict(list)
    for section in sections:
        if section.day is not None and section.point.river:
            values = {key: value for key, value in section.day.concentrations.items() if key != "temperature"}
            by_river[section.point.river].append(values)
    return [(name, assess_river(values)) for name, values in by_river.items()]
