"""Levels and deductions anybody can reckon again from the minutes."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as st

from .. import levels
from ..deductions import deduct, faults
from ..levels import MINUTE, Minute, Span

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
LEVELS = [
    {"measure": "availability", "target": 0.999, "steps": [[0.999, 2], [0.99, 10]]},
    {"measure": "restore", "target": 60, "steps": [[60, 5], [240, 20]]},
    {"measure": "response", "target": 2000, "steps": [[2000, 2]]},
]
states = st.lists(st.sampled_from(("up", "down", "unseen")), min_size=1, max_size=200)


def minutes(kinds: list[str]) -> list[Minute]:
    return [
        Minute(BEGIN + n * MINUTE, kind == "up", 100 + n) for n, kind in enumerate(kinds) if kind != "unseen"
    ]


@settings(max_examples=40, deadline=None)
@given(states, st.integers(0, 200), st.integers(0, 50))
def test_availability_is_up_of_what_counts(kinds: list[str], first: int, length: int):
    end = BEGIN + len(kinds) * MINUTE
    agreed = [Span(BEGIN + first * MINUTE, BEGIN + (first + length) * MINUTE)]
    counting = levels.minutes_that_count(BEGIN, end, agreed)
    left = [kind for n, kind in enumerate(kinds) if not first <= n < first + length]
    found = levels.availability(minutes(kinds), counting)
    assert (found.part, found.whole) == (left.count("up"), len(left))
    assert found.value == (left.count("up") / len(left) if left else None)


@settings(max_examples=40, deadline=None)
@given(states)
def test_outages_are_the_minutes_not_up_and_nothing_else(kinds: list[str]):
    counting = levels.minutes_that_count(BEGIN, BEGIN + len(kinds) * MINUTE, [])
    found = levels.outages(minutes(kinds), counting)
    assert sum(outage.minutes for outage in found) == sum(kind != "up" for kind in kinds)
    for before, after in itertools.pairwise(found):
        assert before.ends_at < after.begins_at
    words = "".join("u" if kind == "up" else "d" for kind in kinds).split("u")
    assert levels.restore(found).value == max(map(len, words))


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=100))
def test_ninety_five_of_a_hundred_pages_take_no_longer(times: list[int]):
    seen = [Minute(BEGIN + n * MINUTE, True, took) for n, took in enumerate(times)]
    value = levels.response(seen).value
    assert value in times
    assert sum(took <= value for took in times) >= ceil(0.95 * len(times))
    assert sum(took < value for took in times) < ceil(0.95 * len(times))


values = st.fixed_dictionaries(
    {
        "availability": st.none() | st.floats(0, 1),
        "restore": st.none() | st.integers(0, 1000),
        "response": st.none() | st.integers(0, 9000),
    }
)


@given(values, st.integers(1, 10**9), st.integers(0, 100))
def test_no_more_is_deducted_than_agreed_and_nothing_without_a_figure(
    found: dict[str, float | None], fee: int, most: int
):
    lines = deduct(LEVELS, found, fee, most)
    assert 0 <= sum(line.deduction_fen for line in lines) <= fee * most // 100
    assert all(line.deduction_fen == 0 for line in lines if line.value is None)
    waived = deduct(LEVELS, found, fee, most, {"restore"})
    assert waived[1].deduction_fen == 0
    assert sum(line.deduction_fen for line in waived) <= sum(line.deduction_fen for line in lines)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_worse_month_is_never_paid_better(one: float, other: float):
    worse, better = sorted((one, other))
    cut = [deduct(LEVELS, {"availability": value}, 10_000, 100)[0].deduction_fen for value in (worse, better)]
    assert cut[0] >= cut[1]


def test_steps_that_make_no_sense_are_refused():
    assert faults(LEVELS) == ""
    assert faults([]) == "measure"
    assert faults([*LEVELS, LEVELS[0]]) == "measure"
    assert faults([{"measure": "availability", "target": 0.99, "steps": [[0.999, 2]]}]) == "edge"
    assert faults([{"measure": "availability", "target": 0.99, "steps": [[0.99, 0]]}]) == "percent"
    assert faults([{"measure": "availability", "target": 0.99, "steps": [[0.99, 5], [0.9, 2]]}]) == "order"
    assert faults([{"measure": "restore", "target": 60, "steps": [[240, 20], [60, 5]]}]) == ""


def test_agreed_maintenance_parts_an_outage_in_two():
    kinds = ["down"] * 30
    counting = levels.minutes_that_count(
        BEGIN, BEGIN + 30 * MINUTE, [Span(BEGIN + 10 * MINUTE, BEGIN + 20 * MINUTE)]
    )
    assert [outage.minutes for outage in levels.outages(minutes(kinds), counting)] == [10, 10]
    assert timedelta(minutes=10) == levels.outages([], counting)[0].ends_at - BEGIN
