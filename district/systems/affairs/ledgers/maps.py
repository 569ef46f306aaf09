"""Records on the map: only those with a place, coloured by an item whose values can be told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from district.kernel.datasets.models import Grade
from district.kernel.forms.models import Entity, RegisterItem
from district.kernel.ui.map import Choices, Field, Layer, Map

COLOURS = ("#0b7285", "#c92a2a", "#2b8a3e", "#e67700", "#5f3dc4", "#a61e4d", "#364fc7", "#495057")
MOST = 5_000


def colourable(items: Sequence[RegisterItem]) -> list[RegisterItem]:
    """Items with few values: those with choices, and what is yes or no."""
    return [each for each in items if each.grade < Grade.THREE and (each.choices or each.type == "boolean")]


def ledger_map(title: str, url: str, items: Sequence[RegisterItem], by: RegisterItem | None, values: Sequence[str]) -> Map:
    colour: Any = COLOURS[0]
    if by is not None:
        colour = Choices(
            "by", [(value, COLOURS[number % len(COLOURS)], by.choices.get(value, value))
                   for number, value in enumerate(values)],
        )  # fmt: skip
    popup = [Field(each.name, each.title) for each in items if each.grade < Grade.THREE][:8]
    layer = Layer("records", title, url=url, colour=colour, popup=popup, cluster=False, size=6)
    return Map("ledger", layers=[layer], title=title, fit=True)


def commonest(rows: QuerySet[Entity], by: RegisterItem) -> list[str]:
    """The values of the item, the commonest first."""
    found = Counter(str(values.get(by.name) or "") for values in rows.values_list("values", flat=True)[:MOST])
    return [value for value, _count in found.most_common(len(COLOURS)) if value]


def features(rows: QuerySet[Entity], items: Sequence[RegisterItem], by: RegisterItem | None, name: Any) -> dict[str, Any]:
    """A FeatureCollection. `name` writes a record's label as the reader may see it."""
    plain = [each for each in items if each.grade < Grade.THREE]
    found = rows.exclude(lon=None).exclude(lat=None).order_by("pk")[:MOST]
    return {"type": "FeatureCollection", "features": [
        {
            "type": "Feature", "id": entity.pk, "geometry": {"type": "Point", "coordinates": [entity.lon, entity.lat]},
            "properties": {
                "name": name(entity.label), "by": str(entity.values.get(by.name) or "") if by else "",
                **{each.name: each.choices.get(str(entity.values.get(each.name) or ""), entity.values.get(each.name))
                   for each in plain},
            },
        }
        for entity in found
    ]}  # fmt: skip
