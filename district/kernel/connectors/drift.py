"""What differs between a delivery and the resource, found before anything is written. No Django."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from district.kernel.connectors.conformance import TYPE_ZH, Problem, Wanted
from district.kernel.connectors.matching import Matched

FAILING_FROM = 0.5
"""From this share of unreadable values on, a column has changed its type rather than having some bad values."""
JUDGED_FROM = 5


@dataclass(frozen=True)
class Drift:
    """`kind`: new, missing, renamed, type. `proposed`: ignore, block, take (as a new item), rename, retype."""

    kind: str
    column: str
    item: str
    proposed: str
    is_blocking: bool
    words: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def column_drift(
    found: Matched,
    items: Sequence[Wanted],
    *,
    known_columns: Collection[str] = (),
    known_items: Collection[str] = (),
    absent: Collection[str] = (),
    is_new_blocked: bool = False,
) -> list[Drift]:
    """`known_columns`: those of the delivery before, decided on then; `known_items`: those it had columns for;
    `absent`: items that may be missing from now on."""
    by_name = {item.name: item for item in items}
    drifts = []
    for name in found.missing:
        item = by_name[name]
        if name in found.renamed:
            column = found.renamed[name]
            words = f"没有“{item.title}”列，却有新列“{column}”，可能是改了名"
            is_due = name not in absent and (item.is_required or name in known_items)
            drifts.append(Drift("renamed", column, name, "rename", is_due, words))
        elif name not in absent and (item.is_required or name in known_items):
            words = f"缺少{'必填的' if item.is_required else ''}“{item.title}”列"
            drifts.append(Drift("missing", "", name, "block", True, words))
    for column in found.new:
        if column not in known_columns and column not in found.renamed.values():
            proposed = "block" if is_new_blocked else "ignore"
            drifts.append(
                Drift(
                    "new", column, "", proposed, is_new_blocked, f"多出新列“{column}”，目录里没有对应的信息项"
                )
            )
    return drifts


def type_drift(
    problems: Sequence[Problem], items: Sequence[Wanted], columns: Mapping[str, str], rows: int
) -> list[Drift]:
    """Columns whose values of the first rows are for the most part not of the type of the item."""
    if rows < JUDGED_FROM:
        return []
    counts: dict[str, int] = {}
    for problem in problems:
        if problem.rule == "type":
            counts[problem.item] = counts.get(problem.item, 0) + 1
    return [
        Drift("type", columns[item.name], item.name, "retype", True,
              f"“{item.title}”应是{TYPE_ZH[item.type]}，前 {rows} 行里有 {counts[item.name]} 行不是，列的类型可能变了")
        for item in items
        if counts.get(item.name, 0) > rows * FAILING_FROM
    ]  # fmt: skip
