"""Small numbers are not published: cells below `k`, and enough others that no sum gives them away.

A table with its margins is a graph: an edge for every cell between its row and its column, the totals being one more
row and column. A suppressed cell follows from what is published exactly when it is a bridge among the suppressed
edges. So every suppressed cell is put on a cycle, along which all values can be shifted by one without changing a
published number. Cells of 0 stay: nobody is behind them, and a cycle through one could not be shifted.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence

K = 5

Cell = tuple[int, int]
Grid = list[list[int]]


def with_margins(counts: Sequence[Sequence[int]]) -> Grid:
    """The table with the sums of its rows and columns, and the total in the corner."""
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def published(counts: Sequence[Sequence[int]], k: int = K) -> list[list[int | None]]:
    """The table with margins as it may be shown; None stands for a number that is held back."""
    grid = with_margins(counts)
    hidden = hidden_cells(grid, k)
    return [
        [None if (row, column) in hidden else value for column, value in enumerate(values)]
        for row, values in enumerate(grid)
    ]


def hidden_cells(grid: Grid, k: int = K) -> set[Cell]:
    """Cells of the table with margins to hold back: those from 1 to k - 1 and the cheapest cycles through them."""
    values = {
        (row, column): value for row, line in enumerate(grid) for column, value in enumerate(line) if value
    }
    hidden = {cell for cell, value in values.items() if value < k}
    for cell in sorted(hidden):
        hidden |= set(_cheapest_way(cell, values, hidden))
    return hidden


def _cheapest_way(cell: Cell, values: Mapping[Cell, int], hidden: set[Cell]) -> list[Cell]:
    """The cells of the cheapest way from the row of `cell` to its column that avoids `cell` itself.

    Cells that are hidden already cost nothing. There is always one: the row, its total, the grand total, the column.
    """
    neighbours: dict[tuple[str, int], list[tuple[tuple[str, int], Cell]]] = {}
    for row, column in values:
        neighbours.setdefault(("row", row), []).append((("column", column), (row, column)))
        neighbours.setdefault(("column", column), []).append((("row", row), (row, column)))
    start, goal = ("row", cell[0]), ("column", cell[1])
    best: dict[tuple[str, int], int] = {start: 0}
    came: dict[tuple[str, int], tuple[tuple[str, int], Cell]] = {}
    queue = [(0, start)]
    while queue:
        cost, node = heapq.heappop(queue)
        if node == goal:
            return _walked(came, goal)
        for other, edge in neighbours[node] if cost == best[node] else ():
            price = cost + (0 if edge in hidden else values[edge])
            if edge != cell and price < best.get(other, price + 1):
                best[other], came[other] = price, (node, edge)
                heapq.heappush(queue, (price, other))
    return []


def _walked(
    came: Mapping[tuple[str, int], tuple[tuple[str, int], Cell]], node: tuple[str, int]
) -> list[Cell]:
    cells = []
    while node in came:
        node, cell = came[node]
        cells.append(cell)
    return cells
