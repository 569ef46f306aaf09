"""全景档案: what the district's data say of one person, enterprise or place, as far as the viewer's grants go.

Asked of every resource at the moment of looking; nothing is kept. A resource is asked about a person only when its
number of persons is among the items the viewer was granted (masked or not), so that nobody learns by this page whose
row is whose. What the viewer has no grant on is named without saying whether the person is in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from district.kernel.datasets.models import Resource, Shelf, Version
from district.kernel.grants import fetching, rules, uses
from district.kernel.grants.row_rules import TYPES, Rule, RuleColumn, place, quoted
from district.kernel.grants.subjects import subject_hashes
from district.kernel.grants.viewers import Viewer
from district.kernel.people.refused import Refused
from district.kernel.places.geo import box_around, distance_m

MOST_ROWS = 50
PERSON, ENTITY = "person_id", "entity_code"


@dataclass(frozen=True)
class Section:
    """The rows of one resource. `at` is when its rows were delivered, None for what is live."""

    resource: Resource
    rule: Rule
    rows: list[dict[str, Any]]
    at: datetime | None
    is_cut: bool = False

    @property
    def columns(self) -> tuple[RuleColumn, ...]:
        return self.rule.columns


@dataclass(frozen=True)
class Portrait:
    """`found` have rows, `empty` were asked and have none, `closed` could not be asked."""

    found: list[Section] = field(default_factory=list)
    empty: list[Section] = field(default_factory=list)
    closed: list[Resource] = field(default_factory=list)


def portrait_of(viewer: Viewer, holds: str, number: str, purpose: str) -> Portrait:
    """Of a person (`person_id`) or an enterprise (`entity_code`). Every resource that is asked logs its use."""
    made = Portrait()
    for resource in _holding(holds):
        item = next(each.name for each in resource.items.all() if each.holds == holds)
        rule = rules.columns_and_rows(viewer, resource)
        if rule is None or item not in rule.names:
            made.closed.append(resource)
            continue
        section = _section(resource, rule, f"upper(trim(CAST({quoted(item)} AS {{text}}))) = {{number}}", {"number": number})
        if section is None:
            continue
        (made.found if section.rows else made.empty).append(section)
        subjects = subject_hashes([number]) if holds == PERSON else b""
        uses.record(viewer, rule, channel="portrait", rows=len(section.rows), subjects=subjects, purpose=purpose,
                    title=resource.title)  # fmt: skip
    return made


def portrait_of_place(viewer: Viewer, lon: float, lat: float, radius_m: float, purpose: str) -> Portrait:
    """What lies within `radius_m` of a place (WGS-84), of resources whose coordinates the viewer sees as they are."""
    made = Portrait()
    for resource in _holding("lon"):
        places = {each.holds: each.name for each in resource.items.all() if each.holds in ("lon", "lat")}
        rule = rules.columns_and_rows(viewer, resource)
        plain = {each.name for each in rule.columns if not each.mask} if rule else set()
        if rule is None or len(places) < 2 or not set(places.values()) <= plain:
            made.closed.append(resource)
            continue
        x, y = (f"CAST({quoted(places[each])} AS {{double}})" for each in ("lon", "lat"))
        box = dict(zip(("west", "south", "east", "north"), box_around(lon, lat, radius_m), strict=True))
        condition = f"{x} BETWEEN {{west}} AND {{east}} AND {y} BETWEEN {{south}} AND {{north}}"
        section = _section(resource, rule, condition, box, most=500)
        if section is None:
            continue
        near = [
            row for row in section.rows
            if distance_m(lon, lat, float(row[places["lon"]]), float(row[places["lat"]])) <= radius_m
        ]  # fmt: skip
        section.rows[:] = near[:MOST_ROWS]
        (made.found if section.rows else made.empty).append(section)
        uses.record(viewer, rule, channel="portrait", rows=len(section.rows), purpose=purpose, title=resource.title)
    return made


def _holding(holds: str) -> Iterator[Resource]:
    """Published resources with rows and an item of that content."""
    return iter(
        Resource.objects.filter(
            ~Q(table="") | Q(versions__state=Version.State.PUBLISHED), items__holds=holds, shelf=Shelf.PUBLISHED
        )
        .distinct().select_related("provider").prefetch_related("items").order_by("provider__order", "title")
    )  # fmt: skip


def _section(
    resource: Resource, rule: Rule, condition: str, values: Mapping[str, Any], most: int = MOST_ROWS
) -> Section | None:
    """The rows that fulfil a condition on the source, as the rule shows them; None when nothing was delivered yet."""
    try:
        dialect, source = rules.source_of(resource)
    except Refused:
        return None
    names = {name: place(f"portrait_{name}", dialect) for name in values}
    words = {"text": TYPES["text"][dialect], "double": TYPES["number"][dialect]}
    narrowed = f"SELECT * FROM {_from(source)} AS whole WHERE {condition.format(**{**words, **names})}"  # noqa: S608
    asked = fetching.selection(
        rule, resource, source=(dialect, narrowed), values={f"portrait_{k}": v for k, v in values.items()}, most=most + 1
    )
    try:
        rows = [dict(zip(asked.fields, row, strict=True)) for row in fetching.every(asked)]
    except Refused:
        return None
    return Section(resource, rule, rows[:most], _delivered_at(resource), len(rows) > most)


def _delivered_at(resource: Resource) -> datetime | None:
    if resource.table:
        return None
    version = Version.objects.filter(resource=resource, state=Version.State.PUBLISHED).first()
    return version.published_at if version else None


def _from(source: str) -> str:
    return f"({source})" if source.lstrip().upper().startswith(("SELECT", "WITH")) else source
