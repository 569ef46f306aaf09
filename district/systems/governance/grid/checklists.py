"""Checklists of 安全隐患排查: what is asked at which kind of place. Project defaults, in `tables/checklists.csv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .refused import Refused

ANSWERS = {"ok": "合格", "fault": "有隐患", "none": "不涉及"}


@dataclass(frozen=True)
class Item:
    """A question; one at fault is grave (重大隐患) or not."""

    key: str
    text: str
    is_grave: bool


@dataclass(frozen=True)
class Checklist:
    key: str
    title: str
    items: tuple[Item, ...]

    def check(self, answers: dict[str, str]) -> list[Item]:
        """The items at fault. Refused when one is not answered, or an answer is none of ok, fault, none."""
        for item in self.items:
            given = answers.get(item.key, "")
            if given not in ANSWERS:
                text = f"“{item.text}”应选择合格、有隐患或不涉及"
                raise Refused("not_answered", text, field=item.key, value=given)
        unknown = sorted(set(answers) - {item.key for item in self.items})
        if unknown:
            raise Refused("unknown_item", f"检查表没有这些项：{'、'.join(unknown)}", field=unknown[0])
        return [item for item in self.items if answers[item.key] == "fault"]


@cache
def checklists() -> dict[str, Checklist]:
    """All of them, by key."""
    items: dict[str, list[Item]] = {}
    titles: dict[str, str] = {}
    with (Path(__file__).parent / "tables" / "checklists.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            titles[row["checklist"]] = row["title"]
            items.setdefault(row["checklist"], []).append(
                Item(row["key"], row["text"], row["is_grave"] == "1")
            )
    return {key: Checklist(key, titles[key], tuple(found)) for key, found in items.items()}


def checklist(key: str) -> Checklist:
    """Refused when there is none of that key."""
    found = checklists().get(key)
    if found is None:
        raise Refused("unknown_checklist", f"没有检查表 {key}", field="checklist", value=key)
    return found
