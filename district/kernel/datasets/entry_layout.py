"""Where the entries stand in a sheet: one in each row, one over several rows of items, or a form of 16 rows. No Django.

The form is that of the core metadata (编制指南, 核心元数据): a label, and its value beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from district.kernel.datasets.classes import rows_of
from district.kernel.datasets.entry_sheets import Sheet

HEADER_WITHIN = 30
ENOUGH_LABELS = 4


@dataclass
class RawEntry:
    """The texts of an entry and its items, by field; `position` says where they stand."""

    position: str
    texts: dict[str, str] = field(default_factory=dict)
    items: list[dict[str, str]] = field(default_factory=list)


@cache
def labels(of: str) -> dict[str, str]:
    """Label → field, of an `entry` or an `item`."""
    return {row["label"]: row["field"] for row in rows_of("entry_labels.csv") if row["of"] == of}


def bare(label: str) -> str:
    """A label without number, star and remark: `1. 信息资源名称*（必填）` → `信息资源名称`."""
    plain = re.sub(r"[（(].*?[)）]", "", label)
    return re.sub(r"^[\d.、．\s]+|[*＊:：\s]", "", plain)


def raw_entries(sheet: Sheet) -> list[RawEntry]:
    """All the entries of a sheet; none where it has neither a header nor a form."""
    header = _header_row(sheet.rows)
    return _listed(sheet, header) if header is not None else list(_forms(sheet))


def _header_row(rows: list[list[str]]) -> int | None:
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        found = {labels("entry").get(bare(cell)) for cell in row} - {None}
        if "title" in found and len(found) >= ENOUGH_LABELS:
            return number
    return None


def _listed(sheet: Sheet, header: int) -> list[RawEntry]:
    columns = [
        (labels("entry").get(bare(cell)), labels("item").get(bare(cell))) for cell in sheet.rows[header]
    ]
    found: list[RawEntry] = []
    for number, row in enumerate(sheet.rows[header + 1 :], header + 2):
        texts, item = _split(row, columns)
        if not texts and not item:
            continue
        if not found or _begins_another(texts, item, found[-1].texts):
            found.append(RawEntry(_position(sheet, f"第 {number} 行"), texts))
        if item:
            found[-1].items.append(item)
    return found


def _begins_another(texts: dict[str, str], item: dict[str, str], last: dict[str, str]) -> bool:
    """A row of an item may repeat what the entry is called; one without an item is an entry of its own."""
    if not texts.get("title"):
        return False
    return not item or texts["title"] != last.get("title") or texts.get("code") != last.get("code")


def _split(
    row: list[str], columns: Sequence[tuple[str | None, str | None]]
) -> tuple[dict[str, str], dict[str, str]]:
    texts: dict[str, str] = {}
    item: dict[str, str] = {}
    for cell, (of_entry, of_item) in zip(row, columns, strict=False):
        if cell and of_entry:
            texts.setdefault(of_entry, cell)
        elif cell and of_item:
            item.setdefault(of_item, cell)
    return texts, item


def _forms(sheet: Sheet) -> Iterator[RawEntry]:
    """Forms stand one below the other; a label that comes again begins the next."""
    entry, columns = RawEntry(""), None
    for number, row in enumerate(sheet.rows, 1):
        as_items = [labels("item").get(bare(cell)) for cell in row]
        if "title" in as_items and "type" in as_items:
            columns = [(None, each) for each in as_items]
            continue
        place = next((i for i, cell in enumerate(row) if bare(cell) in labels("entry")), None)
        if place is not None and place <= 2:
            name = labels("entry")[bare(row[place])]
            if name in entry.texts:
                yield from _whole(entry)
                entry = RawEntry("")
            entry.position = entry.position or _position(sheet, f"第 {number} 行")
            entry.texts[name] = next((cell for cell in row[place + 1 :] if cell), "")
            columns = None
        elif columns is not None and any(row):
            item = _split(row, columns)[1]
            if item:
                entry.items.append(item)
    yield from _whole(entry)


def _whole(entry: RawEntry) -> Iterator[RawEntry]:
    if len(entry.texts) >= ENOUGH_LABELS:
        entry.texts = {name: text for name, text in entry.texts.items() if text}
        yield entry


def _position(sheet: Sheet, where: str) -> str:
    return f"{sheet.name} {where}".strip()
