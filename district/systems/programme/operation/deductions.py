"""What a month's fee is cut by. Pure, in whole fen.

A level is {measure, target, steps: [[edge, percent], …]}. Where more is better, a step's percent is deducted when the value is
below its edge; else when it is above. Of all steps that are met the highest percent counts. Together the levels deduct
`most_percent` of the fee at most, each level's part cut in order. A measure that could not be reckoned deducts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .levels import HIGHER_IS_BETTER, MEASURES


@dataclass(frozen=True)
class Line:
    measure: str
    target: float
    value: float | None
    percent: int
    deduction_fen: int
    is_waived: bool = False


def percent_of(level: Mapping[str, Any], value: float | None) -> int:
    """What the level deducts for a value, in percent of the fee."""
    if value is None:
        return 0
    higher = HIGHER_IS_BETTER[level["measure"]]
    met = [int(percent) for edge, percent in level["steps"] if (value < edge if higher else value > edge)]
    return max(met, default=0)


def deduct(
    levels: Sequence[Mapping[str, Any]], values: Mapping[str, float | None], fee_fen: int, most_percent: int,
    waived: Iterable[str] = (),
) -> list[Line]:  # fmt: skip
    """A line for each level; the sum never exceeds `most_percent` of the fee. Halves of a fen are let off."""
    free = set(waived)
    left = fee_fen * most_percent // 100
    lines = []
    for level in levels:
        value = values.get(level["measure"])
        percent = percent_of(level, value)
        is_waived = level["measure"] in free
        cut = 0 if is_waived else min(left, fee_fen * percent // 100)
        left -= cut
        lines.append(Line(level["measure"], level["target"], value, percent, cut, is_waived))
    return lines


def faults(levels: Sequence[Mapping[str, Any]]) -> str:
    """Why a table of levels cannot be agreed: a code, or nothing."""
    measures = [level.get("measure") for level in levels]
    if not levels or len(set(measures)) != len(measures) or not set(measures) <= set(MEASURES):
        return "measure"
    for level in levels:
        higher = HIGHER_IS_BETTER[level["measure"]]
        steps = level.get("steps") or []
        if not steps or any(not 0 < percent <= 100 for _edge, percent in steps):
            return "percent"
        edges = [edge for edge, _percent in steps]
        if any(edge > level["target"] if higher else edge < level["target"] for edge in edges):
            return "edge"
        ordered = sorted(steps, key=lambda step: step[0], reverse=higher)
        if [percent for _edge, percent in ordered] != sorted(percent for _edge, percent in ordered):
            return "order"
    return ""
