"""A directly-follows graph laid out from left to right, for drawing: boxes in columns, arcs between them. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from district.kernel.cases.flow import END, START, Arc, Graph

BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y, MARGIN = 128, 44, 96, 46, 34


@dataclass(frozen=True)
class Box:
    """An activity at its place, in pixels from the upper left corner."""

    activity: str
    count: int
    x: float
    y: float


@dataclass(frozen=True)
class Path:
    """An arc as SVG path data, its width, and where its text stands."""

    arc: Arc
    line: str
    width: float
    text_x: float
    text_y: float


@dataclass(frozen=True)
class Layout:
    width: float
    height: float
    boxes: tuple[Box, ...]
    paths: tuple[Path, ...]


def laid_out(graph: Graph, least_share: float = 0.0) -> Layout:
    """Columns by the shortest way from START; arcs of less than `least_share` of all cases are left out."""
    arcs = [arc for arc in graph.arcs if arc.count >= least_share * max(1, graph.cases)]
    columns = _columns(arcs, graph)
    places: dict[str, Box] = {}
    tallest = max((len(column) for column in columns), default=1)
    height = 2 * MARGIN + tallest * BOX_HEIGHT + (tallest - 1) * GAP_Y + 40
    for index, column in enumerate(columns):
        used = len(column) * BOX_HEIGHT + (len(column) - 1) * GAP_Y
        for row, activity in enumerate(column):
            x = MARGIN + index * (BOX_WIDTH + GAP_X)
            y = (height - used) / 2 + row * (BOX_HEIGHT + GAP_Y)
            count = graph.cases if activity == START else graph.activities.get(activity, 0)
            places[activity] = Box(activity, count, x, y)
    most = max((arc.count for arc in arcs), default=1)
    paths = [_path(arc, places[arc.source], places[arc.target], most) for arc in arcs]
    width = 2 * MARGIN + len(columns) * BOX_WIDTH + max(0, len(columns) - 1) * GAP_X
    return Layout(width, height, tuple(places.values()), tuple(paths))


def _columns(arcs: list[Arc], graph: Graph) -> list[list[str]]:
    after: dict[str, list[str]] = {}
    for arc in arcs:
        after.setdefault(arc.source, []).append(arc.target)
    depth = {START: 0}
    waiting = deque([START])
    while waiting:
        one = waiting.popleft()
        for other in after.get(one, []):
            if other not in depth and other != END:
                depth[other] = depth[one] + 1
                waiting.append(other)
    for activity in graph.activities:
        depth.setdefault(activity, max(depth.values()) + 1)
    if any(arc.target == END for arc in arcs):
        depth[END] = max(depth.values()) + 1
    columns: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for activity in sorted(depth, key=lambda each: (-graph.activities.get(each, 0), each)):
        columns[depth[activity]].append(activity)
    return columns


def _path(arc: Arc, source: Box, target: Box, most: int) -> Path:
    width = 1 + 5 * arc.count / most
    if arc.source == arc.target:
        x, y = source.x + BOX_WIDTH / 2, source.y
        return Path(
            arc,
            f"M{x - 20:.0f} {y:.0f} C{x - 34:.0f} {y - 36:.0f} {x + 34:.0f} {y - 36:.0f} {x + 20:.0f} {y:.0f}",
            width,
            x,
            y - 30,
        )
    if target.x > source.x:
        x1, y1, x2, y2 = source.x + BOX_WIDTH, source.y + BOX_HEIGHT / 2, target.x, target.y + BOX_HEIGHT / 2
        bend = (x2 - x1) / 2
        line = f"M{x1:.0f} {y1:.0f} C{x1 + bend:.0f} {y1:.0f} {x2 - bend:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
        return Path(arc, line, width, (x1 + x2) / 2, (y1 + y2) / 2 - 6)
    x1, x2 = source.x + BOX_WIDTH / 2, target.x + BOX_WIDTH / 2
    y1, y2 = source.y + BOX_HEIGHT, target.y + BOX_HEIGHT
    low = max(y1, y2) + 34
    line = f"M{x1:.0f} {y1:.0f} C{x1:.0f} {low:.0f} {x2:.0f} {low:.0f} {x2:.0f} {y2:.0f}"
    return Path(arc, line, width, (x1 + x2) / 2, low - 6)
