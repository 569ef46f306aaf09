"""No small number can be reckoned back from what is published: judged by linear programming, not by our own graph."""

from __future__ import annotations

import numpy
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from district.systems.governance.care.suppression import K, hidden_cells, published, with_margins

TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 17, 40]), min_size=width, max_size=width),
        min_size=1,
        max_size=5,
    )
)


def feasible(shown: list[list[int | None]], cell: tuple[int, int]) -> tuple[float, float]:
    """The least and the greatest value of a hidden cell that fit all sums and all numbers shown."""
    height, width = len(shown), len(shown[0])
    equations, right = [], []
    lines = [[(row, column) for column in range(width)] for row in range(height)]
    lines += [[(row, column) for row in range(height)] for column in range(width)]
    for *parts, total in lines:
        equation = numpy.zeros(height * width)
        for row, column in parts:
            equation[row * width + column] = 1
        equation[total[0] * width + total[1]] = -1
        equations.append(equation)
        right.append(0)
    bounds = [(0, None) if value is None else (value, value) for line in shown for value in line]
    aim = numpy.zeros(height * width)
    aim[cell[0] * width + cell[1]] = 1
    least = linprog(aim, A_eq=numpy.array(equations), b_eq=right, bounds=bounds, method="highs")
    most = linprog(-aim, A_eq=numpy.array(equations), b_eq=right, bounds=bounds, method="highs")
    assert least.status == 0
    return least.fun, -most.fun if most.status == 0 else float("inf")


@given(TABLES)
@settings(deadline=None, max_examples=120)
def test_a_hidden_number_cannot_be_derived_from_the_margins(counts: list[list[int]]):
    grid, shown = with_margins(counts), published(counts)
    for row, line in enumerate(shown):
        for column, value in enumerate(line):
            if value is None:
                least, most = feasible(shown, (row, column))
                true = grid[row][column]
                assert least <= true - 1 + 1e-6, (counts, (row, column))
                assert most >= true + 1 - 1e-6, (counts, (row, column))


@given(TABLES)
@settings(deadline=None)
def test_no_number_below_the_threshold_is_shown_and_those_shown_are_true(counts: list[list[int]]):
    grid = with_margins(counts)
    for line, true in zip(published(counts), grid, strict=True):
        for value, count in zip(line, true, strict=True):
            assert value in (None, count)
            assert value is None or value == 0 or value >= K


def test_a_table_of_large_numbers_is_shown_whole():
    assert published([[5, 6], [7, 0]]) == [[5, 6, 11], [7, 0, 7], [12, 6, 18]]


def test_one_small_number_takes_the_cheapest_others_with_it():
    assert hidden_cells(with_margins([[3, 8, 50], [9, 60, 70]])) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_table_of_nothing_shows_zero():
    assert published([[0]]) == [[0, 0], [0, 0]]
