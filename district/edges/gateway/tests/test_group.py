from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from district.edges.gateway.group import NO_READINGS, Group, Readings, merged, part_out
from district.edges.gateway.tests.fakes import NOW


def group(number: int, rows: int) -> Group:
    frame = np.arange(rows, dtype=np.int64)
    readings = Readings(frame, frame + 1000 * number, np.zeros(rows), np.zeros(rows, dtype=np.int32), frame)
    made = Group(number, "hj212", NOW, readings=readings if rows else NO_READINGS)
    made.source = lambda frame: (number, frame)
    return made


@given(st.lists(st.integers(0, 6), min_size=1, max_size=6), st.randoms())
def test_groups_that_share_a_transaction_get_back_what_is_theirs(sizes: list[int], dice):
    groups = [group(number, rows) for number, rows in enumerate(sizes)]
    whole = merged(groups)
    assert whole.number == groups[-1].number
    assert len(whole.readings) == sum(sizes)
    owners = [whole.source(int(frame)) for frame in whole.readings.frame]
    assert owners == [(number, row) for number, rows in enumerate(sizes) for row in range(rows)]
    is_stored = np.array([dice.random() < 0.5 for _ in owners], dtype=bool)
    whole.stored, whole.repeated = np.flatnonzero(is_stored), np.flatnonzero(~is_stored)
    part_out(whole, groups)
    for number, each in enumerate(groups):
        mine = [owner[1] for owner, stored in zip(owners, is_stored, strict=True) if owner[0] == number and stored]
        assert each.stored.tolist() == mine
        assert sorted([*each.stored.tolist(), *each.repeated.tolist()]) == list(range(sizes[number]))
