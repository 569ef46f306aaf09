"""The national evaluation of smart cities, GB/T 33356-2016: 8 fields, 21 groups, their items, 100 points. Pure.

Score of a group = its weight × Σ (item's share × what the item reaches, 0…1); the total is the sum, two decimals. The shares of
the items inside a group are in the text of the standard only, which is known here for one item (L1P1-A1, 30 %): the others
of a group share what is left equally, and such a figure is marked as of assumed shares.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("smart_city_2016.csv")


@dataclass(frozen=True)
class Item:
    """An item of the standard. `share` of its group; `is_assumed`: the share is ours. `name` "" where it is not known."""

    key: str
    name: str
    group: str
    share: float
    is_assumed: bool


@dataclass(frozen=True)
class GroupOfItems:
    """A level-2 index: `weight` in points."""

    key: str
    name: str
    field: str
    weight: float
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Score:
    """`points` reached; `known` points that could be judged at all; of each group (reached, known). Of `known` the points that
    the platform computed itself are `computed`, the rest was entered."""

    points: float
    known: float
    computed: float
    groups: Mapping[str, tuple[float, float]]

    @property
    def of_known(self) -> float | None:
        """Per cent of what could be judged, None where nothing could."""
        return round(100 * self.points / self.known, 2) if self.known else None


@cache
def groups() -> tuple[GroupOfItems, ...]:
    """All groups in the order of the standard."""
    with TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        found.setdefault(row["level2"], []).append(row)
    return tuple(_group(key, of_group) for key, of_group in found.items())


def _group(key: str, rows: list[dict[str, str]]) -> GroupOfItems:
    given = sum(float(row["item_share"]) for row in rows if row["item_share"])
    open_rows = sum(not row["item_share"] for row in rows)
    items = tuple(
        Item(row["item"], row["item_zh"], key, float(row["item_share"]) if row["item_share"] else (1 - given) / open_rows,
             not row["item_share"])
        for row in rows
    )  # fmt: skip
    return GroupOfItems(key, rows[0]["level2_zh"], rows[0]["level1_zh"], float(rows[0]["level2_weight"]), items)


def score(reached: Mapping[str, float | None], computed: frozenset[str] = frozenset()) -> Score:
    """The score of what each item reaches (0…1, None or missing: not known). `computed`: items measured by the platform.

    Raises ValueError naming an unknown item or a value outside 0…1.
    """
    known_items = {item.key for group in groups() for item in group.items}
    for key, value in reached.items():
        if key not in known_items:
            raise ValueError(f"指标 {key}：GB/T 33356-2016 中没有")
        if value is not None and not 0 <= value <= 1:
            raise ValueError(f"指标 {key}：值 {value}，应在 0 与 1 之间")
    of_group: dict[str, tuple[float, float]] = {}
    own = 0.0
    for group in groups():
        points = known = 0.0
        for item in group.items:
            value = reached.get(item.key)
            if value is None:
                continue
            known += group.weight * item.share
            points += group.weight * item.share * value
            own += group.weight * item.share * (item.key in computed)
        of_group[group.key] = (round(points, 4), round(known, 4))
    return Score(
        round(sum(each[0] for each in of_group.values()), 2), round(sum(each[1] for each in of_group.values()), 2),
        round(own, 2), of_group,
    )  # fmt: skip
