"""What happened, from the cases: when, where, of which kind, in which town. The only door from cases into trends.

`CASE_FIELDS` is all that is ever read of a case; tests hold the queries to it. Confidential cases, cancelled ones, and
those merged into another (the same matter told twice) take no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache

import h3
import numpy as np
from django.db.models import QuerySet
from shapely.geometry import shape

from district.kernel.cases.calendar import is_working_day
from district.kernel.cases.models import Case, CaseState
from district.kernel.clock import CHINA, day_bounds
from district.kernel.people.access import Scope
from district.kernel.places.models import Division, Level
from district.kernel.places.queries import nearest

from ...manifest import SYSTEM
from ...reading.classes import class_of_code, national_classes
from ..cells import RESOLUTION, Area, cells_of
from ..happenings import Happenings, date_of, happenings

CASE_FIELDS = frozenset({
    "system", "opened_at", "closed_at", "due_at", "state", "lon", "lat", "classification", "division_code",
    "is_confidential", "is_simulated",
})  # fmt: skip
KIND_LENGTH = 3
UNKNOWN = "?"
LEFT_OUT = ("G07", "G08")
"""特殊人群 and 信访: a trend of either would be one of persons, or of what people said. They are not counted at all."""


def cases_counted(first: date, last: date, scope: Scope | None = None) -> QuerySet[Case]:
    """The cases opened on the days `first` to `last`, both included, that trends are made of."""
    rows = Case.objects.filter(
        system=SYSTEM.name,
        opened_at__gte=day_bounds(first)[0],
        opened_at__lt=day_bounds(last)[1],
        is_confidential=False,
    ).exclude(state__in=(CaseState.MERGED, CaseState.CANCELLED))
    for kind in LEFT_OUT:
        rows = rows.exclude(classification__startswith=kind)
    return scope.filter(rows, division_field="division_code") if scope is not None else rows


def happened(first: date, last: date, scope: Scope | None = None) -> Happenings:
    """The events of the days `first` to `last`."""
    rows = cases_counted(first, last, scope).order_by("opened_at")
    read = rows.values_list("opened_at", "lon", "lat", "classification", "division_code").iterator(
        chunk_size=5000
    )
    return happenings(
        [(day_of(at), lon, lat, kind_of(code), town_of(division)) for at, lon, lat, code, division in read]
    )


def day_of(at: datetime) -> date:
    return at.astimezone(CHINA).date()


def kind_of(classification: str) -> str:
    """The big class: `E0102` → `E01`."""
    return classification[:KIND_LENGTH] or UNKNOWN


def town_of(division_code: str) -> str:
    """The nine digits of the town or street; of a shorter code, the district is all that is known."""
    return division_code[:9] if len(division_code) >= 9 else UNKNOWN


@cache
def kind_names() -> dict[str, str]:
    """Big class → its name in Chinese."""
    names = {
        one.code[:KIND_LENGTH]: one.name if one.kind == "grid" else one.group for one in national_classes()
    }
    return {**{code: name.split(" (")[0] for code, name in names.items()}, UNKNOWN: "未分类", "": "全部类别"}


def class_name(code: str) -> str:
    found = class_of_code().get(code)
    return found.name if found else code


def town_names() -> dict[str, str]:
    """Town code → name."""
    rows = Division.objects.filter(level=Level.TOWN).values_list("code", "name")
    return {**dict(rows), UNKNOWN: "未定位镇街", "": "全区"}


def villages_near(points: Sequence[tuple[float, float]]) -> list[str]:
    """The name of the village or community nearest to each (lon, lat); empty where none is known."""
    villages = Division.objects.filter(level=Level.VILLAGE)
    found = nearest(villages, list(points)) if points else []
    names = villages.in_bulk([near[0].pk for near in found if near])
    return [names[near[0].pk].name if near else "" for near in found]


def study_area() -> Area:
    """The H3 cells of the district; empty where its border is not known."""
    border = Division.objects.filter(level=Level.DISTRICT, polygon__isnull=False).first()
    return Area.around(h3.geo_to_cells(shape(border.polygon), RESOLUTION), 0) if border else Area(())


def villages_per_cell(area: Area) -> np.ndarray | None:
    """A base for hot cells: communities near each cell, as the number of people by cell is not known. None without."""
    rows = list(Division.objects.filter(level=Level.VILLAGE).values_list("lon", "lat"))
    if not rows or not len(area):
        return None
    counts = area.counts(cells_of([lon for lon, _lat in rows], [lat for _lon, lat in rows])).astype(float)
    # A community reaches over its own cell: it is spread over the ring around it.
    return np.asarray(area.neighbours(1) @ counts).ravel() + 0.25


def off_days(first: int, last: int) -> set[int]:
    """Day numbers on which offices rest, by the state's calendar."""
    return {day for day in range(first, last + 1) if not is_working_day(date_of(day))}


def first_day_of_record(last: date, most_days: int, scope: Scope | None = None) -> date | None:
    """The day of the oldest case counted in the last `most_days`, or None when there is none."""
    rows = cases_counted(last - timedelta(days=most_days - 1), last, scope)
    oldest = rows.order_by("opened_at").values_list("opened_at", flat=True).first()
    return day_of(oldest) if oldest else None


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
