"""The wider sets a district is held against: GB/T 33356-2016, and what is known of Shandong's county indicators. Pure.

Of DB37/T 3890.2-2020 (县级) titles and chapters are known, of some items names and formulae; it gives no total. The 2022
edition of GB/T 33356 has its county annex for reference only, its weights were not found.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from . import smart_city

HERE = Path(__file__).parent
NATIONAL, PROVINCE, PLAN = "gb2016", "province", "plan"


@dataclass(frozen=True)
class WideItem:
    """An item of a set. `points`: what it is worth, None where the set gives none; `lines`: per cent of four and five stars.

    `system`, `measure`: whose published SQL computes it, "" when people enter it; `note_zh`, `note_en`: by what definition.
    """

    item_set: str
    key: str
    zh: str
    en: str
    group: str = ""
    group_en: str = ""
    field: str = ""
    field_en: str = ""
    points: float | None = None
    is_share_assumed: bool = False
    formula_zh: str = ""
    formula_en: str = ""
    four_star: float | None = None
    five_star: float | None = None
    system: str = ""
    measure: str = ""
    note_zh: str = ""
    note_en: str = ""

    @property
    def is_named(self) -> bool:
        return bool(self.zh)


@cache
def items(item_set: str) -> tuple[WideItem, ...]:
    """All items of a set in its order; none of an unknown set."""
    if item_set == NATIONAL:
        english = {row["key"]: row["en"] for row in _rows("smart_city_english.csv")}
        return tuple(
            _with_measure(WideItem(
                NATIONAL, item.key, item.name, english.get(item.key, ""), group.name, english[group.key], group.field,
                english[group.key[:2]], points=group.weight * item.share, is_share_assumed=item.is_assumed,
            ))
            for group in smart_city.groups() for item in group.items
        )  # fmt: skip
    if item_set == PROVINCE:
        return tuple(_provincial(row) for row in _rows("province_items.csv"))
    return ()


def item(item_set: str, key: str) -> WideItem | None:
    return next((each for each in items(item_set) if each.key == key), None)


def _provincial(row: dict[str, str]) -> WideItem:
    four_star, five_star = (float(row[name]) if row[name] else None for name in ("four_star", "five_star"))
    return _with_measure(WideItem(PROVINCE, row["key"], row["zh"], row["en"], formula_zh=row["formula_zh"],
                                  formula_en=row["formula_en"], four_star=four_star, five_star=five_star))  # fmt: skip


def _with_measure(item: WideItem) -> WideItem:
    """The item with what computes it, if anything does."""
    for row in _rows("measured_items.csv"):
        if (row["item_set"], row["item"]) == (item.item_set, item.key):
            return replace(item, system=row["system"], measure=row["measure"], note_zh=row["zh"], note_en=row["en"])
    return item


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with (HERE / name).open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))
