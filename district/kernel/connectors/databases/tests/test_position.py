from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from district.kernel.connectors.databases import position as module
from district.kernel.connectors.databases.position import Position, newest
from district.kernel.connectors.refused import Refused

ROWS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2)), max_size=12)


def reading(
    table: list[tuple[int, int]], saved: dict | None, overlap: float, until: int
) -> tuple[list, dict | None]:
    """What a reading delivers before it is cut off behind `until` rows, and what it saved then."""
    position = Position(saved, overlap)
    found = []
    rows = sorted(row for row in table if position.start is None or row[0] >= position.start)
    for row in rows[:until]:
        if position.take(row[0], row):
            found.append(row)
    return found, json.loads(json.dumps(position.save())) if position.save() else saved


@settings(max_examples=300)
@given(st.lists(st.tuples(ROWS, st.integers(0, 20)), min_size=1, max_size=6), st.integers(0, 3))
def test_rows_that_keep_coming_are_each_taken_once_wherever_a_reading_is_cut_off(steps, overlap):
    table: list[tuple[int, int]] = []
    taken: list[tuple[int, int]] = []
    saved: dict | None = None
    for coming, until in [*steps, ([], 1000)]:
        newest_value = max((row[0] for row in table), default=0)
        # Late rows stay within the overlap; equal values of the cursor may come at any time.
        table += [(max(value, newest_value - overlap), other) for value, other in coming]
        found, saved = reading(table, saved, overlap, until)
        taken += found
    assert Counter(taken) == Counter(table)


def test_rows_alike_in_everything_are_counted():
    position = Position(None, 0)
    assert [position.take(5, ["a"]) for _ in range(3)] == [True] * 3
    again = Position(position.save(), 0)
    assert [again.take(5, ["a"]) for _ in range(4)] == [False, False, False, True]


def test_times_come_back_as_they_were_and_the_window_begins_ten_minutes_before():
    at = datetime(2026, 5, 1, 8, 0, 0, 123456)
    position = Position(None)
    position.take(at, [1])
    saved = json.loads(json.dumps(position.save()))
    assert newest(saved) == at
    assert Position(saved).start == at - timedelta(seconds=600)


def test_a_cursor_that_tells_too_few_rows_apart_is_refused_rather_than_guessed_at(monkeypatch):
    monkeypatch.setattr(module, "MOST_SEEN", 3)
    position = Position(None, 0)
    for number in range(3):
        position.take(1, [number])
    with pytest.raises(Refused) as refusal:
        position.take(1, [3])
    assert refusal.value.code == "cursor_too_coarse"


def test_the_window_forgets_what_lies_behind_it():
    position = Position(None, 2)
    for number in range(1000):
        position.take(number, [number])
    saved = position.save()
    assert saved is not None
    assert len(Position(saved, 2).seen) == 3
