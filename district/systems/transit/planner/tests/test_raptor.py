"""The rounds against a plain search over the same rides, on networks made by chance."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..raptor import Footpaths, Network, Ride, Searcher, build, footpaths_between
from ..raptor.search import Found, Way

LEVELS, UNIT_M, MOST_RIDES = 6, 100, 3
NEVER = 10**9


@st.composite
def networks(draw):
    """(rides, walks {(from, to): (seconds, metres)}, stops): loops, overtaking, equal times and repeated stops included."""
    count = draw(st.integers(3, 7))
    rides = []
    for number in range(draw(st.integers(1, 9))):
        way = draw(st.lists(st.integers(0, count - 1), min_size=2, max_size=5))
        at, arrivals, departures = draw(st.integers(0, 60)), [], []
        for _stop in way:
            arrivals.append(at)
            departures.append(at + draw(st.integers(0, 2)))
            at = departures[-1] + draw(st.integers(0, 9))
        rides.append(Ride(tuple(way), np.array(arrivals, np.int32), np.array(departures, np.int32), number))
        for shift in draw(st.lists(st.integers(1, 30), max_size=3)):
            slower = draw(st.integers(0, 3))
            spread = np.arange(len(way)) * slower + shift
            rides.append(Ride(tuple(way), rides[-1].arrivals + spread, rides[-1].departures + spread, f"{number}+{shift}"))
    walks = {}
    for one, other in draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=6)):
        if one != other:
            metres = draw(st.integers(1, 4)) * UNIT_M
            walks[one, other] = walks[other, one] = (metres // 50, metres)
    return rides, walks, count


def footpaths(walks: dict, count: int) -> Footpaths:
    rows = sorted((one, other, *walk) for (one, other), walk in walks.items())
    columns = np.array(rows, dtype=np.int32).reshape(len(rows), 4)
    first = np.searchsorted(columns[:, 0], np.arange(count + 1)).astype(np.int32)
    return Footpaths(first, columns[:, 1], columns[:, 2], columns[:, 3])


def plainly(rides: list[Ride], walks: dict, begin: int, end: int, at: int, change_s: int) -> dict[tuple[int, int], int]:
    """The earliest arrival with exactly so many rides and units walked: every ride from every place, round by round."""
    ready = on_foot({(begin, 0): at}, walks)
    reached: dict[tuple[int, int], int] = {}
    for taken in range(1, MOST_RIDES + 1):
        brought: dict[tuple[int, int], int] = {}
        for ride, walked in product(rides, range(LEVELS)):
            for on, off in combinations(range(len(ride.stops)), 2):
                if ready.get((ride.stops[on], walked), NEVER) + (change_s if taken > 1 else 0) <= ride.departures[on]:
                    place = (ride.stops[off], walked)
                    brought[place] = min(brought.get(place, NEVER), int(ride.arrivals[off]))
        ready = on_foot(brought, walks)
        reached |= {(taken, walked): came for (stop, walked), came in ready.items() if stop == end}
    return reached


def on_foot(brought: dict, walks: dict) -> dict:
    """Where one is ready to board: where one was brought, and one walk from there."""
    ready = dict(brought)
    for ((stop, walked), came), ((one, other), (seconds, metres)) in product(brought.items(), walks.items()):
        place = (other, walked + metres // UNIT_M)
        if one == stop and place[1] < LEVELS:
            ready[place] = min(ready.get(place, NEVER), came + seconds)
    return ready


def unbeaten(rows: set[tuple[int, int, int, int]]) -> set[tuple[int, int, int, int]]:
    """(leaves, arrives, rides, walked) that no other is as good as in all and better in one."""
    def beats(one, other):
        return one != other and one[0] >= other[0] and all(one[n] <= other[n] for n in (1, 2, 3))
    return {row for row in rows if not any(beats(each, row) for each in rows)}


def ways(walks: dict, stop: int) -> Way:
    around = [(stop, 0, 0)] + [(other, *walk) for (one, other), walk in walks.items() if one == stop]
    return Way.of(around)


def worth_leaving(rides: list[Ride], begin: Way) -> set[int]:
    """When to leave so as to be at a stop just as something goes there."""
    around = dict(zip(begin.stops.tolist(), begin.seconds.tolist(), strict=True))
    return {int(ride.departures[place]) - around[stop] for ride in rides for place, stop in enumerate(ride.stops[:-1])
            if stop in around}  # fmt: skip


def rows_of(found: list[Found]) -> set[tuple[int, int, int, int]]:
    return {(each.leaves, each.arrives, len(each.legs), each.walked) for each in found}


@given(networks(), st.integers(0, 40), st.integers(0, 30), st.integers(0, 3), st.data())
@settings(deadline=None, max_examples=50)
def test_all_trade_offs_of_a_span_are_those_of_the_plain_search(made, first, span, change_s, data):
    rides, walks, count = made
    begin, end = data.draw(st.permutations(range(count)))[:2]
    searcher = Searcher(build(rides, count, footpaths(walks, count)), MOST_RIDES, LEVELS, UNIT_M, change_s)
    found = searcher.between(ways(walks, begin), ways(walks, end), first, first + span)
    expected = set()
    for leaves in worth_leaving(rides, ways(walks, begin)) & set(range(first, first + span + 1)):
        for (taken, walked), arrives in plainly(rides, walks, begin, end, leaves, change_s).items():
            expected.add((leaves, arrives, taken, walked))
    walk = {
        (leaves, leaves + seconds, 0, metres // UNIT_M)
        for (one, other), (seconds, metres) in walks.items() if (one, other) == (begin, end)
        for leaves in worth_leaving(rides, ways(walks, begin))
    }  # fmt: skip
    # Back where one began and then on foot: nobody travels so.
    assert unbeaten(rows_of(found) | walk) == unbeaten({row for row in expected if row[1] < NEVER} | walk)
    for each in found:
        assert_can_be_travelled(searcher.network, walks, each, begin, end, change_s)


@given(networks(), st.integers(0, 3), st.data())
@settings(deadline=None, max_examples=40)
def test_backwards_the_same_journeys_are_found_by_their_arrival(made, change_s, data):
    rides, walks, count = made
    begin, end = data.draw(st.permutations(range(count)))[:2]
    network = build(rides, count, footpaths(walks, count))
    forwards = Searcher(network, MOST_RIDES, LEVELS, UNIT_M, change_s)
    backwards = Searcher(network.turned, MOST_RIDES, LEVELS, UNIT_M, change_s)
    there = rows_of(forwards.between(ways(walks, begin), ways(walks, end), -100, 400))
    back = {
        (-arrives, -leaves, taken, walked)
        for leaves, arrives, taken, walked in rows_of(backwards.between(ways(walks, end), ways(walks, begin), -400, 100))
    }
    walk = set()
    if (begin, end) in walks:
        seconds, metres = walks[begin, end]
        walk = {(each[0], each[0] + seconds, 0, metres // UNIT_M) for each in there | back}
        walk |= {(each[1] - seconds, each[1], 0, metres // UNIT_M) for each in there | back}
    assert unbeaten(there | walk) == unbeaten(back | walk)


def assert_can_be_travelled(network: Network, walks: dict, found: Found, begin: int, end: int, change_s: int) -> None:
    """Every leg is one of the rides, caught in time, and walks join them."""
    at, stop, metres = found.leaves, begin, 0
    for number, (ride, on, off) in enumerate(found.legs):
        stops, row = network.stops_of(ride), network.row[ride]
        if stops[on] != stop:
            seconds, walked = walks[stop, int(stops[on])]
            at, metres = at + seconds, metres + walked
        assert at + (change_s if number else 0) <= network.departures[row + on]
        at, stop = int(network.arrivals[row + off]), int(stops[off])
    if stop != end:
        at, metres = at + walks[stop, end][0], metres + walks[stop, end][1]
    assert (at, metres // UNIT_M) == (found.arrives, found.walked)


@given(networks(), st.integers(0, 60), st.data())
@settings(deadline=None, max_examples=40)
def test_one_level_gives_the_earliest_arrivals_of_the_plain_search(made, at, data):
    rides, walks, count = made
    begin, end = data.draw(st.permutations(range(count)))[:2]
    found = Searcher(build(rides, count, footpaths(walks, count)), MOST_RIDES, change_s=0).earliest(
        ways(walks, begin), ways(walks, end), at
    )
    flat = {walk: (seconds, 0) for walk, (seconds, _metres) in walks.items()}
    expected = {(at, arrives, taken, 0) for (taken, _w), arrives in plainly(rides, flat, begin, end, at, 0).items()}
    walk = {(at, at + flat[begin, end][0], 0, 0)} if (begin, end) in flat else set()
    assert unbeaten(rows_of(found) | walk) == unbeaten(expected | walk)


def test_rides_that_overtake_stand_in_groups_of_their_own():
    slow, fast = np.array([0, 100], np.int32), np.array([10, 50], np.int32)
    network = build([Ride((0, 1), slow, slow, "slow"), Ride((0, 1), fast, fast, "fast")], 2, footpaths({}, 2))
    assert len(network.group_first) - 1 == 2
    [found] = Searcher(network).earliest(Way.of([(0, 0, 0)]), Way.of([(1, 0, 0)]), 0)
    assert (network.tags[found.legs[0][0]], found.arrives) == ("fast", 50)


def test_nothing_runs_and_nowhere_to_get_on_is_an_empty_answer():
    empty = Searcher(build([], 2, footpaths({}, 2)), levels=LEVELS)
    assert empty.between(Way.of([(0, 0, 0)]), Way.of([(1, 0, 0)]), 0, 100) == []
    assert empty.earliest(Way.of([]), Way.of([(1, 0, 0)]), 0) == []


@pytest.mark.parametrize("farthest", [50.0, 150.0])
def test_walks_join_what_is_near_both_ways_and_are_longer_than_the_crow_flies(farthest):
    walks = footpaths_between(np.array([[0.0, 0.0], [100.0, 0.0], [100.0, 500.0]]), farthest, 1.3, 1.25)
    assert walks.to.tolist() == ([1, 0] if farthest > 100 else [])
    assert walks.metres.tolist() == ([130, 130] if farthest > 100 else [])
    assert walks.seconds.tolist() == ([104, 104] if farthest > 100 else [])
