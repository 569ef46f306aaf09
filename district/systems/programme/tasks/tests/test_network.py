"""Milestones that wait for one another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..network import Arrow, Circle, Node, closes_a_circle, critical_path, in_order, made_late_by, outlook

TODAY = date(2026, 11, 27)


def node(key: int, begins: int, due: int, done: int | None = None) -> Node:
    day = [TODAY + timedelta(days=each) for each in (begins, due)]
    return Node(key, *day, TODAY + timedelta(days=done) if done is not None else None)


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[Node], list[Arrow]]:
    count = draw(st.integers(1, 8))
    nodes = []
    for key in range(count):
        begins = draw(st.integers(-200, 200))
        done = draw(st.none() | st.integers(-100, 0))
        nodes.append(node(key, begins, begins + draw(st.integers(0, 90)), done))
    pairs = [(a, b) for a in range(count) for b in range(a + 1, count)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=12)) if pairs else []
    names = draw(st.permutations(range(count)))
    return ([replace(each, key=names[each.key]) for each in nodes],
            [Arrow(names[a], names[b], draw(st.integers(0, 20))) for a, b in chosen])  # fmt: skip


def test_a_late_one_makes_those_late_that_wait_for_it():
    nodes = [node(1, -60, -10), node(2, -9, 20), node(3, 21, 50), node(4, 0, 40)]
    expected = outlook(nodes, [Arrow(1, 2), Arrow(2, 3)], TODAY)
    assert [(key, seen.late_days) for key, seen in expected.items()] == [(1, 10), (2, 9), (3, 8), (4, 0)]
    assert made_late_by(1, expected) == [2, 3]
    assert critical_path(expected) == [1, 2, 3]


def test_what_is_done_holds_nobody_up():
    nodes = [node(1, -60, -10, -5), node(2, 0, 20)]
    expected = outlook(nodes, [Arrow(1, 2)], TODAY)
    assert expected[2].pushed_by is None
    assert made_late_by(1, expected) == []


def test_a_circle_is_named_and_not_reckoned():
    with pytest.raises(Circle) as found:
        in_order([1, 2, 3], [Arrow(1, 2), Arrow(2, 3), Arrow(3, 1)])
    assert found.value.keys[0] == found.value.keys[-1]
    assert set(found.value.keys) == {1, 2, 3}
    assert closes_a_circle([Arrow(1, 2), Arrow(2, 3)], Arrow(3, 1))
    assert closes_a_circle([Arrow(1, 2), Arrow(2, 3)], Arrow(1, 3)) == []


@given(networks(), st.integers(0, 7), st.integers(0, 7))
def test_an_arrow_closes_a_circle_just_when_a_way_back_is_there(network, one: int, other: int):
    nodes, arrows = network
    start, end = one % len(nodes), other % len(nodes)
    reached, around = {end}, [end]
    while around:
        here = around.pop()
        new = {arrow.after for arrow in arrows if arrow.before == here} - reached
        reached |= new
        around += new
    assert bool(closes_a_circle(arrows, Arrow(start, end))) == (start in reached)


@given(networks())
def test_everything_comes_after_what_it_waits_for(network):
    nodes, arrows = network
    order = in_order([each.key for each in nodes], arrows)
    assert sorted(order) == sorted(each.key for each in nodes)
    assert all(order.index(arrow.before) < order.index(arrow.after) for arrow in arrows)
    expected = outlook(nodes, arrows, TODAY)
    for each in nodes:
        if each.done_on is None:
            seen = expected[each.key]
            assert seen.ends_on >= TODAY
            for arrow in arrows:
                if arrow.after == each.key:
                    assert seen.begins_on >= expected[arrow.before].ends_on + timedelta(days=arrow.lag_days)


@given(networks(), st.integers(0, 7), st.integers(1, 60))
def test_a_delay_never_makes_anything_earlier(network, which: int, days: int):
    nodes, arrows = network
    index = which % len(nodes)
    if nodes[index].done_on is not None:
        return
    later = replace(nodes[index], due_on=nodes[index].due_on + timedelta(days=days))
    before = outlook(nodes, arrows, TODAY)
    after = outlook([*nodes[:index], later, *nodes[index + 1 :]], arrows, TODAY)
    assert all(after[key].ends_on >= seen.ends_on for key, seen in before.items())


@given(networks())
def test_the_critical_path_ends_last_and_each_step_pushes_the_next(network):
    nodes, arrows = network
    expected = outlook(nodes, arrows, TODAY)
    path = critical_path(expected)
    assert expected[path[-1]].ends_on == max(seen.ends_on for seen in expected.values())
    assert [expected[key].pushed_by for key in path] == [None, *path[:-1]]


@given(networks())
def test_those_made_late_are_late_and_wait_for_it(network):
    nodes, arrows = network
    expected = outlook(nodes, arrows, TODAY)
    for each in nodes:
        for late in made_late_by(each.key, expected):
            assert expected[late].late_days > 0
            assert in_order([late], arrows).count(each.key) == 1
