"""A snapshot as text that anybody can check: canonical JSON and its SHA-256; two of them compared. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FORMAT = "district.indicators/1"


def canonical(content: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no spaces: the same content is always the same text."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest_of(text: str) -> str:
    """SHA-256 of the text in UTF-8: what `sha256sum` says of the file."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Break:
    """Why a row of snapshots does not hold: at which number, and `changed`, `missing` or `unlinked`."""

    number: int
    kind: str


def first_break(rows: list[tuple[int, str, str]]) -> Break | None:
    """The first of (number, text, digest) in order of numbers that is not what was taken; None when all are."""
    before = ""
    for place, (number, text, digest) in enumerate(rows, start=1):
        if number != place:
            return Break(place, "missing")
        if digest_of(text) != digest:
            return Break(number, "changed")
        if json.loads(text).get("previous") != before:
            return Break(number, "unlinked")
        before = digest
    return None


@dataclass(frozen=True)
class Difference:
    """An indicator in two snapshots. `change` None when one of them has no value."""

    key: str
    zh: str
    en: str
    unit: str
    before: float | None
    after: float | None
    way_before: str
    way_after: str

    @property
    def change(self) -> float | None:
        return None if self.before is None or self.after is None else round(self.after - self.before, 4)


def compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Every indicator of either, in the order of the later one."""
    old, new = ({row["key"]: row for row in each["indicators"]} for each in (before, after))
    found = []
    for key in list(dict.fromkeys([*new, *old])):
        row, left, right = new.get(key) or old[key], old.get(key, {}), new.get(key, {})
        found.append(Difference(key, row["zh"], row["en"], row["unit"], left.get("value"), right.get("value"),
                                left.get("way", ""), right.get("way", "")))  # fmt: skip
    return found
