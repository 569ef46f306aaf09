"""Milestones that wait for one another: when each can be done, whom a late one makes late, and the path that decides. Pure.

A node takes as many days as lie between its begin and its due day. It cannot begin before all it waits for are done (and
the lag of the link has passed); what is open and past its day is reckoned done today at the earliest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


class Circle(ValueError):
    """Links that lead back to where they began; `keys` are the milestones of the circle in order."""

    def __init__(self, keys: Sequence[int]) -> None:
        super().__init__("milestones wait for one another in a circle: " + " → ".join(map(str, keys)))
        self.keys = tuple(keys)


@dataclass(frozen=True)
class Node:
    key: int
    begins_on: date
    due_on: date
    done_on: date | None = None

    @property
    def length(self) -> timedelta:
        return self.due_on - self.begins_on


@dataclass(frozen=True)
class Arrow:
    before: int
    after: int
    lag_days: int = 0


@dataclass(frozen=True)
class Outlook:
    """When a milestone is expected to be done. `late_days` past its own day; `pushed_by`: the one before it that decides
    when it can begin, None when its own begin does."""

    begins_on: date
    ends_on: date
    late_days: int
    pushed_by: int | None = None


def in_order(keys: Iterable[int], arrows: Sequence[Arrow]) -> list[int]:
    """Each after all it waits for, otherwise in the order given. Raises Circle."""
    before = defaultdict(list)
    for arrow in arrows:
        before[arrow.after].append(arrow.before)
    found: dict[int, bool] = {}
    for key in keys:
        _visit(key, before, found)
    return list(found)


def _visit(start: int, before: Mapping[int, list[int]], found: dict[int, bool]) -> None:
    """Depth first without recursion: chains may be long."""
    if start in found:
        return
    path = [start]
    waiting = [iter(before.get(start, ()))]
    while path:
        following = next((key for key in waiting[-1] if key not in found), None)
        if following is None:
            found[path.pop()] = True
            waiting.pop()
        elif following in path:
            raise Circle([*path[path.index(following) :], following][::-1])
        else:
            path.append(following)
            waiting.append(iter(before.get(following, ())))


def outlook(nodes: Sequence[Node], arrows: Sequence[Arrow], on: date) -> dict[int, Outlook]:
    """What is to be expected of each, as things stand on a day. Arrows to milestones not given are left aside."""
    known = {node.key: node for node in nodes}
    inside = [arrow for arrow in arrows if arrow.before in known and arrow.after in known]
    before = defaultdict(list)
    for arrow in inside:
        before[arrow.after].append(arrow)
    found: dict[int, Outlook] = {}
    for key in in_order(known, inside):
        node = known[key]
        if node.done_on is not None:
            found[key] = Outlook(
                min(node.begins_on, node.done_on), node.done_on, _late(node.done_on, node.due_on)
            )
            continue
        begins_on, pushed_by = node.begins_on, None
        for arrow in before[key]:
            free_on = found[arrow.before].ends_on + timedelta(days=arrow.lag_days)
            if free_on > begins_on:
                begins_on, pushed_by = free_on, arrow.before
        ends_on = begins_on + node.length
        if ends_on < on:  # late by itself: what it waited for no longer decides
            ends_on, pushed_by = on, None
        found[key] = Outlook(begins_on, ends_on, _late(ends_on, node.due_on), pushed_by)
    return found


def made_late_by(key: int, expected: Mapping[int, Outlook]) -> list[int]:
    """Those expected to be late because this one decides when they begin, directly or through others."""
    found: list[int] = []
    around = [key]
    while around:
        now = around.pop()
        pushed = [each for each, seen in expected.items() if seen.pushed_by == now and seen.late_days > 0]
        found += pushed
        around += pushed
    return sorted(found)


def critical_path(expected: Mapping[int, Outlook], ends: Iterable[int] | None = None) -> list[int]:
    """The chain that decides when the last one (of `ends`, or of all) is done, first to last."""
    wanted = [key for key in (ends if ends is not None else expected) if key in expected]
    if not wanted:
        return []
    path = [max(wanted, key=lambda key: (expected[key].ends_on, -key))]
    while (earlier := expected[path[-1]].pushed_by) is not None:
        path.append(earlier)
    return path[::-1]


def closes_a_circle(arrows: Sequence[Arrow], new: Arrow) -> list[int]:
    """The circle that one more arrow would close, first to last; empty when there is none."""
    try:
        in_order([new.after], [*arrows, new])
    except Circle as circle:
        return list(circle.keys)
    return []


def _late(ends_on: date, due_on: date) -> int:
    return max(0, (ends_on - due_on).days)
