"""How cases really went: the directly-follows graph of their timelines, with frequencies and times. Pure.

A log is a table of happenings: case, activity, instant. Happenings of a case are ordered by instant, those of the
same instant as they stand in the log. START and END stand before the first and after the last of each finished case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

START = "▶"
END = "■"


@dataclass(frozen=True)
class Happening:
    """Something that was done to a case."""

    case: int
    activity: str
    at: datetime


@dataclass(frozen=True)
class Arc:
    """One activity directly after another: how often, in how many cases, and the seconds between."""

    source: str
    target: str
    count: int
    cases: int
    median_s: float | None
    mean_s: float | None


@dataclass(frozen=True)
class Graph:
    """The directly-follows graph. `activities` are counts by name; arcs are in order of falling frequency."""

    activities: dict[str, int]
    arcs: tuple[Arc, ...]
    cases: int

    def arc(self, source: str, target: str) -> Arc | None:
        return next((arc for arc in self.arcs if (arc.source, arc.target) == (source, target)), None)


def directly_follows(log: Sequence[Happening], finished: Iterable[int] | None = None) -> Graph:
    """The graph of a log. Only cases in `finished` (all, when it is None) are led to END."""
    if not log:
        return Graph({}, (), 0)
    names = sorted({each.activity for each in log})
    number = {name: index for index, name in enumerate(names)}
    case = np.array([each.case for each in log], dtype=np.int64)
    activity = np.array([number[each.activity] for each in log], dtype=np.int64)
    at = np.array([each.at.timestamp() for each in log])
    order = np.lexsort((at, case))
    case, activity, at = case[order], activity[order], at[order]
    counts = np.bincount(activity, minlength=len(names))
    same = case[1:] == case[:-1]
    arcs = _arcs(names, case[1:][same], activity[:-1][same], activity[1:][same], np.diff(at)[same])
    is_first = np.concatenate([[True], ~same])
    is_last = np.concatenate([~same, [True]])
    if finished is not None:
        is_last &= np.isin(case, np.fromiter(finished, dtype=np.int64))
    arcs += _ends(names, activity[is_first], START, is_start=True) + _ends(
        names, activity[is_last], END, is_start=False
    )
    arcs.sort(key=lambda arc: (-arc.count, arc.source, arc.target))
    return Graph(dict(zip(names, counts.tolist(), strict=True)), tuple(arcs), int(is_first.sum()))


def _arcs(
    names: list[str],
    case: NDArray[np.int64],
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    gap: NDArray[np.float64],
) -> list[Arc]:
    if not len(case):
        return []
    pair = source * len(names) + target
    order = np.argsort(pair, kind="stable")
    pair, case, gap = pair[order], case[order], gap[order]
    starts = np.flatnonzero(np.concatenate([[True], pair[1:] != pair[:-1]]))
    found = []
    for start, end in zip(starts, [*starts[1:], len(pair)], strict=True):
        gaps = gap[start:end]
        found.append(
            Arc(
                names[pair[start] // len(names)], names[pair[start] % len(names)], int(end - start),
                len(np.unique(case[start:end])), float(np.median(gaps)), float(gaps.mean()),
            )
        )  # fmt: skip
    return found


def _ends(names: list[str], activity: NDArray[np.int64], mark: str, *, is_start: bool) -> list[Arc]:
    found = []
    for index, count in enumerate(np.bincount(activity, minlength=len(names)).tolist()):
        if count:
            source, target = (mark, names[index]) if is_start else (names[index], mark)
            found.append(Arc(source, target, count, count, None, None))
    return found
