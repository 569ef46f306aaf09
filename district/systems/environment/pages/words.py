"""Words of pure files in the language of the page: those files load no Django, so they are translated here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from district.kernel.ui.saying import said
from district.kernel.wording import named

from ..standards import table

NAMED = (
    ("monitored_items", "zh", "en"), ("record_words", "zh", "en"), ("aqi_grades", "category_zh", "category_en"),
    ("surface_water_classes", "zh", "en"), ("surface_water_grades", "quality_zh", "quality_en"),
    ("trophic_levels", "level_zh", "level_en"),
)  # fmt: skip
"""Tables that have names in both languages: (table, column of the Chinese ones, of the English ones)."""

for _name, _zh, _en in NAMED:
    for _row in table(_name):
        named(_row[_zh], _row[_en])

Bound = TypeVar("Bound")


def in_words(names: Mapping[str, str]) -> dict[str, str]:
    """The same keys with their names in the reader's language."""
    return {key: said(name) for key, name in names.items()}


def translated(steps: Sequence[tuple[Bound, str, str]]) -> list[tuple[Bound, str, str]]:
    """Steps or choices of a map or chart, `(bound, colour, text)`, with their texts in the reader's language."""
    return [(bound, colour, said(text)) for bound, colour, text in steps]
