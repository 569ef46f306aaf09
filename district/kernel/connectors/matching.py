"""Which column of a delivery is which item: by the mapping people made, name, title or a synonym. No Django."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from district.kernel.connectors.conformance import Wanted

OF_RECEIPTS = ("原行号", "退回原因")
"""Columns that a file of refused rows has beside its own: no data when it comes back."""
ALIKE_FROM = 0.62
"""How much of two titles must agree for one to be proposed as the new name of the other."""
_BRACKETS = re.compile(r"[（(【\[].*?[)）】\]]")
_NOISE = re.compile(r"[\s_\-·、:：*＊.。/\\]+")


@dataclass(frozen=True)
class Matched:
    """`columns`: item → column. `new`: columns no item was found for. `missing`: items no column was found for.
    `renamed`: missing item → new column that is probably it."""

    columns: dict[str, str]
    new: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)


def folded(text: str) -> str:
    """A title without brackets, blanks, signs, case and width: 单位名称（全称）* → 单位名称."""
    whole = unicodedata.normalize("NFKC", text).strip()
    return (_NOISE.sub("", _BRACKETS.sub("", whole)) or _NOISE.sub("", whole)).lower()


@cache
def synonyms() -> dict[str, str]:
    """Folded title → the one word for all that mean the same."""
    found: dict[str, str] = {}
    with (Path(__file__).parent / "synonyms.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.reader(rows):
            for word in row:
                found[folded(word)] = folded(row[0])
    return found


def meaning(title: str) -> str:
    plain = folded(title)
    return synonyms().get(plain, plain)


def match(
    columns: Sequence[str], items: Sequence[Wanted], mapping: Mapping[str, str] | None = None
) -> Matched:
    """`mapping` is {column: item name, or "" to ignore the column}; what it does not name is matched by words."""
    given = dict(mapping or {})
    names = {item.name for item in items}
    found = {item: column for column, item in given.items() if item in names and column in columns}
    free = [column for column in columns if column not in OF_RECEIPTS and _is_free(column, given, names)]
    open_items = [item for item in items if item.name not in found]
    keys = (
        (lambda item: item.name, lambda column: column),
        (lambda item: item.name.lower(), lambda column: column.strip().lower()),
        (lambda item: item.title, lambda column: column),
        (lambda item: folded(item.title), folded),
        (lambda item: meaning(item.title), meaning),
        (lambda item: meaning(item.title), lambda column: meaning(column.rsplit("_", 1)[-1])),
    )
    for of_item, of_column in keys:
        by_key: dict[str, list[str]] = {}
        for column in free:
            by_key.setdefault(of_column(column), []).append(column)
        for item in list(open_items):
            candidates = by_key.get(of_item(item), [])
            if len(candidates) == 1 and candidates[0] in free:
                found[item.name] = candidates[0]
                free.remove(candidates[0])
                open_items.remove(item)
    missing = [item.name for item in open_items]
    return Matched(found, free, missing, _renamed(open_items, free))


def _is_free(column: str, given: Mapping[str, str], names: set[str]) -> bool:
    """A column people gave to an item that is gone is looked at again."""
    return column not in given or bool(given[column] and given[column] not in names)


def _renamed(items: Sequence[Wanted], columns: Sequence[str]) -> dict[str, str]:
    pairs = sorted(
        ((_alike(item, column), item.name, column) for item in items for column in columns),
        key=lambda pair: -pair[0],
    )
    found: dict[str, str] = {}
    for share, item, column in pairs:
        if share >= ALIKE_FROM and item not in found and column not in found.values():
            found[item] = column
    return found


def _alike(item: Wanted, column: str) -> float:
    plain = folded(column)
    return max(SequenceMatcher(None, folded(word), plain).ratio() for word in (item.title, item.name))
