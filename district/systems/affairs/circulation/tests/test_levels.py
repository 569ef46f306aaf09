"""Counts at each level are the sums of the level below; shares of the levels are one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from district.kernel.cases import engine
from district.kernel.cases.engine_drawing import drawing
from district.kernel.clock import CHINA, now

from ...manifest import SYSTEM
from ..actions import ask_up, settle
from ..levels import CLOSES, ORDER, RISES, Tally, above, below, rolled_up, together
from ..queries import counted_for, month_start, monthly, tallies
from .village import Village

numbers = st.integers(0, 500)
codes = st.integers(0, 29).map(lambda n: f"37030610{n % 3}2{n:02}")
counted = st.dictionaries(codes, st.builds(Tally, *[numbers] * 9), max_size=12)


@settings(deadline=None, max_examples=60)
@given(counted)
def test_sums_agree_at_each_level(villages: dict[str, Tally]):
    towns = rolled_up(villages, 9)
    district = rolled_up(towns, 6)
    assert together(villages.values()) == together(towns.values()) == together(district.values())
    assert set(towns) == {code[:9] for code in villages}


@settings(deadline=None, max_examples=60)
@given(st.builds(Tally, *[numbers] * 9))
def test_shares_of_the_levels_are_one_or_none_is_known(tally: Tally):
    shares = [tally.share(level) for level in ORDER]
    assert shares == [None] * 3 if not tally.settled else sum(shares) == pytest.approx(1)


def test_each_level_has_its_neighbours():
    assert [above(level) for level in ORDER] == ["town", "district", None]
    assert [below(level) for level in ORDER] == [None, "village", "town"]


@pytest.mark.parametrize("key", ["village_matter", "village_dispute"])
def test_every_way_through_the_drawings_ends_where_it_is_settled(key: str):
    from pathlib import Path

    file = Path(__file__).parents[2] / SYSTEM.procedure(key).file
    way = drawing(file.read_text("utf-8"), {})
    for end in ORDER:
        move, met, form = engine.start(way, {}), [], {}
        while not move.is_finished:
            ((node, level),) = move.ready
            met.append(level)
            form |= {f"{level}_result": CLOSES[level] if level == end else RISES[level]}
            move = engine.complete(way, move.state, node, form)
        assert met == list(ORDER[: ORDER.index(end) + 1])
    assert all(way.steps[level].limit is not None for level in ORDER)


def test_tallies_count_by_village_level_and_clock(place: Village):
    settle(place.clerk, place.opened("1"), "mediated", "和解")
    settle(place.clerk, place.opened("2", kind="request", parties=()), "done", "已办")
    settle(place.officer, ask_up(place.clerk, place.opened("3"), "协调不了"), "mediated", "和解")
    place.opened("4")
    start, until = month_start(now()), now() + timedelta(seconds=1)
    rows = counted_for(place.leader)
    (tally,) = tallies(rows, start, until).values()
    assert tally == Tally(opened=4, village=2, town=1, on_time=3, asked=1, running=1)
    assert monthly(rows, start, until) == {start.date(): {"village": 2, "town": 1, "district": 0}}


def test_months_are_those_of_the_calendar():
    at = datetime(2026, 1, 31, 23, tzinfo=CHINA)
    assert [month_start(at, back).strftime("%Y-%m") for back in (0, 1, 12)] == [
        "2026-01",
        "2025-12",
        "2025-01",
    ]
