"""Where the header of a table is: below titles, in one row or in merged ones. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from district.kernel.connectors.value_reading import plain

LOOKED_AT = 40
"""Rows in which a header is looked for."""
MOST_COLUMNS = 2_000
_VALUE = re.compile(r"[+-]?[\d,]*\.?\d+%?|\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?.*")
_NOTE = re.compile(r"[:：]|^(填报|制表|单位：|附件|表\d|注)")


@dataclass(frozen=True)
class Header:
    """`names` of the columns, unique; `first`..`last` are the rows of the header, -1 where there is none."""

    names: list[str]
    first: int
    last: int
    notes: list[dict[str, str]] = field(default_factory=list)


Merge = tuple[tuple[int, int], tuple[int, int]]
"""(first row, first column), (last row, last column), from 0."""


def find_header(
    rows: Sequence[Sequence[str]], merges: Sequence[Merge] = (), given: int | None = None
) -> Header:
    """Of the first rows of a table. `given` is the row (from 0) a person says it is in."""
    width = max((len(row) for row in rows), default=0)
    cells = [[str(cell).strip() for cell in row] + [""] * (width - len(row)) for row in rows[:LOOKED_AT]]
    usual = _usual_width(cells)
    wide = _filled(cells, merges)
    titles = {top for (top, left), (_bottom, right) in merges if right - left + 1 >= max(2, 0.8 * usual)}
    for number, row in enumerate(cells):
        if given is not None and number != given:
            continue
        if given is None and (number in titles or not _is_header(wide[number], row, usual)):
            lower = _second_level(cells, number, usual) if number not in titles else None
            if lower is None:
                continue
            return _made([lower, cells[number + 1]], number, number + 1, usual)
        depth = max((bottom - number for (top, left), (bottom, right) in merges
                     if top == number and left < right and bottom < len(cells)), default=-1)  # fmt: skip
        if depth >= 0 and number + depth + 1 < len(cells) and not _has_values(cells[number + depth + 1]):
            last = number + depth + 1
            return _made(wide[number : last + 1], number, last, usual)
        if not merges and (lower := _second_level(cells, number, usual)) is not None:
            return _made([lower, cells[number + 1]], number, number + 1, usual)
        return _made([wide[number]], number, number, usual)
    names = [f"列{number + 1}" for number in range(min(width, MOST_COLUMNS))]
    return Header(
        names, -1, -1, [{"code": "no_header", "words": "没有找到表头行，列名为“列1、列2…”，请指定对应"}]
    )


def _usual_width(cells: Sequence[Sequence[str]]) -> int:
    counts = Counter(sum(bool(cell) for cell in row) for row in cells)
    counts.pop(0, None)
    if not counts:
        return 1
    return max(counts, key=lambda count: (counts[count] * (count > 1), count))


def _filled(cells: list[list[str]], merges: Sequence[Merge]) -> list[list[str]]:
    """With the text of a merged cell in all the cells it covers."""
    wide = [list(row) for row in cells]
    for (top, left), (bottom, right) in merges:
        if top < len(wide) and left < len(wide[top]):
            for row in wide[top : bottom + 1]:
                for column in range(left, min(right + 1, len(row))):
                    row[column] = cells[top][left]
    return wide


def _is_header(wide: Sequence[str], own: Sequence[str], usual: int) -> bool:
    filled = [cell for cell in wide if cell]
    if len(filled) < max(1, 0.7 * usual) or (usual > 1 and len(set(filled)) < 2):
        return False
    values = sum(bool(_VALUE.fullmatch(plain(cell))) for cell in filled)
    longest = max(len(cell) for cell in filled)
    return values <= 0.2 * len(filled) and longest <= 120


def _has_values(row: Sequence[str]) -> bool:
    return any(_VALUE.fullmatch(plain(cell)) for cell in row if cell)


def _second_level(cells: Sequence[list[str]], number: int, usual: int) -> list[str] | None:
    """The upper row of a header of two, its groups written over their columns; None when it is not one.

    A group stands over its first column and leaves the next ones blank, where the row below goes on.
    """
    if number + 1 >= len(cells):
        return None
    upper, lower = cells[number], cells[number + 1]
    blanks = [column for column, cell in enumerate(upper) if not cell and lower[column]]
    is_group = bool(upper[0]) and bool(blanks) and sum(map(bool, upper)) >= 2
    if (
        not is_group
        or _has_values(upper)
        or _has_values(lower)
        or any(_NOTE.search(cell) for cell in (*upper, *lower))
    ):
        return None
    union = sum(bool(a or b) for a, b in zip(upper, lower, strict=True))
    if union < 0.9 * usual or not any(a and b for a, b in zip(upper, lower, strict=True)):
        return None
    filled = list(upper)
    for column in range(1, len(filled)):
        if not filled[column] and lower[column]:
            filled[column] = filled[column - 1]
    return filled


def _made(levels: Sequence[Sequence[str]], first: int, last: int, usual: int) -> Header:
    width = max((column + 1 for level in levels for column, cell in enumerate(level) if cell), default=usual)
    names: list[str] = []
    for column in range(min(width, MOST_COLUMNS)):
        words: list[str] = []
        for level in levels:
            word = (
                re.sub(r"\s+", "", level[column])
                if _is_chinese(level[column])
                else " ".join(level[column].split())
            )
            if word and (not words or words[-1] != word):
                words.append(word)
        names.append(_unique("_".join(words)[:120] or f"列{column + 1}", names))
    notes = []
    if first > 0:
        notes.append(
            {"code": "titles_skipped", "words": f"表头在第 {first + 1} 行，之前的 {first} 行是标题，已跳过"}
        )
    if last > first:
        notes.append({"code": "merged_header", "words": f"表头占 {last - first + 1} 行，已合并为“上级_下级”"})
    return Header(names, first, last, notes)


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _unique(name: str, names: Sequence[str]) -> str:
    if name not in names:
        return name
    number = 2
    while f"{name}_{number}" in names:
        number += 1
    return f"{name}_{number}"
