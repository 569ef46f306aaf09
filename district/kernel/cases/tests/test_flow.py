import itertools
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.cases.flow import END, START, Happening, directly_follows
from district.kernel.cases.flow_conformance import CLOSE, COMPLETE, RETURN, Done, conformance
from district.kernel.cases.flow_delays import Stay, bottlenecks, delays, percentile
from district.kernel.cases.flow_net import net_of

T0 = datetime(2026, 11, 2, 9, tzinfo=UTC)
PLAIN = (Path(__file__).parent / "processes" / "plain.bpmn").read_text("utf-8")


def hour(hours: float) -> datetime:
    return T0 + timedelta(hours=hours)


def log(**cases: str) -> list[Happening]:
    """`log(c1="a0 b2")`: case 1 did a at hour 0 and b at hour 2."""
    return [
        Happening(int(case[1:]), step[0], hour(float(step[1:])))
        for case, steps in cases.items()
        for step in steps.split()
    ]


def test_a_small_log_gives_the_graph_drawn_by_hand():
    graph = directly_follows(log(c1="a0 b2 c3", c2="a0 b4 b5 c9", c3="a1 c2"), finished={1, 2})
    assert graph.activities == {"a": 3, "b": 3, "c": 3}
    assert graph.cases == 3
    found = {
        (arc.source, arc.target): (arc.count, arc.cases, arc.median_s and arc.median_s / 3600)
        for arc in graph.arcs
    }
    assert found == {
        ("a", "b"): (2, 2, 3.0), ("b", "c"): (2, 2, 2.5), ("b", "b"): (1, 1, 1.0), ("a", "c"): (1, 1, 1.0),
        (START, "a"): (3, 3, None), ("c", END): (2, 2, None),
    }  # fmt: skip


def test_of_things_at_the_same_instant_the_first_written_comes_first():
    graph = directly_follows(log(c1="b1 a1 c1"))
    assert {(arc.source, arc.target) for arc in graph.arcs} == {
        (START, "b"),
        ("b", "a"),
        ("a", "c"),
        ("c", END),
    }


def test_an_empty_log_has_an_empty_graph():
    assert directly_follows([]).arcs == ()


happenings = st.lists(
    st.builds(
        Happening,
        case=st.integers(1, 6),
        activity=st.sampled_from("abcde"),
        at=st.integers(0, 40).map(lambda n: hour(n / 4)),
    ),
    max_size=60,
)


@given(happenings, st.sets(st.integers(1, 6)))
def test_the_graph_is_that_of_a_naive_count(given_log: list[Happening], finished: set[int]):
    gaps: dict[tuple[str, str], list[tuple[int, float]]] = {}
    ends: Counter[tuple[str, str]] = Counter()
    for case in {each.case for each in given_log}:
        trace = sorted((each for each in given_log if each.case == case), key=lambda each: each.at)
        ends[START, trace[0].activity] += 1
        ends[trace[-1].activity, END] += case in finished
        for one, other in itertools.pairwise(trace):
            gaps.setdefault((one.activity, other.activity), []).append(
                (case, (other.at - one.at).total_seconds())
            )
    graph = directly_follows(given_log, finished)
    inner = [arc for arc in graph.arcs if arc.source != START and arc.target != END]
    assert {(arc.source, arc.target): (arc.count, arc.cases) for arc in inner} == {
        pair: (len(found), len({case for case, _ in found})) for pair, found in gaps.items()
    }
    for arc in inner:
        seconds = [gap for _, gap in gaps[arc.source, arc.target]]
        assert arc.median_s == pytest.approx(median(seconds))
        assert arc.mean_s == pytest.approx(mean(seconds))
    assert {(arc.source, arc.target): arc.count for arc in graph.arcs if arc not in inner} == +ends


def trace(text: str) -> list[Done]:
    acts = {"<": RETURN, "■": CLOSE}
    return [Done(acts.get(step[0], COMPLETE), step.lstrip("<■")) for step in text.split()]


@pytest.mark.parametrize(
    ("text", "deviations"),
    [
        ("accept handle check ■", []),
        ("accept ■", []),
        ("accept handle check accept handle check ■", []),
        ("accept handle", []),
        ("accept check ■", [("unexpected", "check", ("handle",))]),
        ("handle check ■", [("unexpected", "handle", ("accept",))]),
        ("accept handle ■", [("ended_early", "", ("check",))]),
        ("accept handle <check handle check ■", [("returned", "check", ())]),
    ],
)
def test_a_trace_is_held_against_the_drawing(text: str, deviations: list):
    found = conformance(net_of(PLAIN), {7: trace(text)})
    assert [(each.kind, each.step, each.expected) for each in found.deviations] == deviations
    assert found.share == (0 if deviations else 1)


def test_deviations_are_counted_in_cases():
    found = conformance(
        net_of(PLAIN), {1: trace("accept check check ■"), 2: trace("accept check ■"), 3: trace("accept ■")}
    )
    assert found.by_kind[("unexpected", "check")] == 2
    assert found.share == pytest.approx(1 / 3)
    assert conformance(net_of(PLAIN), {}).share is None


HEAD = '<d:definitions xmlns:d="http://www.omg.org/spec/BPMN/20100524/MODEL"><d:process id="p">'
TAIL = "</d:process></d:definitions>"


class Drawer:
    """Random procedures made of blocks, and a run of each that keeps to the drawing."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.nodes, self.flows, self.count = chance, [], [], 0

    def node(self, tag: str) -> str:
        self.count += 1
        key = f"{tag[0]}{self.count}"
        self.nodes.append(f'<d:{tag} id="{key}"/>')
        return key

    def flow(self, source: str, target: str) -> None:
        self.flows.append(
            f'<d:sequenceFlow id="f{len(self.flows)}" sourceRef="{source}" targetRef="{target}"/>'
        )

    def block(self, depth: int) -> tuple[str, str, list[str]]:
        """First node, last node, and the steps of one run."""
        kind = self.chance.choice(["step", "sequence", "choice", "parallel", "loop"]) if depth else "step"
        if kind == "step":
            step = self.node("userTask")
            return step, step, [step]
        if kind == "sequence":
            one, other = self.block(depth - 1), self.block(depth - 1)
            self.flow(one[1], other[0])
            return one[0], other[1], one[2] + other[2]
        if kind == "loop":
            join, split = self.node("exclusiveGateway"), self.node("exclusiveGateway")
            inner = self.block(depth - 1)
            for source, target in ((join, inner[0]), (inner[1], split), (split, join)):
                self.flow(source, target)
            return join, split, inner[2] * self.chance.randint(1, 2)
        tag = {"choice": "exclusiveGateway", "parallel": "parallelGateway"}[kind]
        split, join = self.node(tag), self.node(tag)
        ways = [self.block(depth - 1) for _ in range(2)]
        for way in ways:
            self.flow(split, way[0])
            self.flow(way[1], join)
        if kind == "choice":
            return split, join, self.chance.choice(ways)[2]
        return split, join, self.interleaved(ways[0][2], ways[1][2])

    def interleaved(self, one: list[str], other: list[str]) -> list[str]:
        one, other, mixed = list(one), list(other), []
        while one or other:
            mixed.append((one if one and (not other or self.chance.random() < 0.5) else other).pop(0))
        return mixed

    def procedure(self) -> tuple[str, list[str]]:
        first, last, run = self.block(3)
        start, end = self.node("startEvent"), self.node("endEvent")
        self.flow(start, first)
        self.flow(last, end)
        return HEAD + "".join(self.nodes + self.flows) + TAIL, run


@given(st.integers(0, 10_000), st.data())
def test_every_run_of_a_random_drawing_fits_and_a_strange_step_does_not(seed: int, data):
    bpmn, run = Drawer(random.Random(seed)).procedure()
    net = net_of(bpmn)
    steps = [Done(COMPLETE, step) for step in run]
    assert conformance(net, {1: [*steps, Done(CLOSE)]}).share == 1
    place = data.draw(st.integers(0, len(steps)))
    strange = conformance(net, {1: [*steps[:place], Done(COMPLETE, "strange"), *steps[place:], Done(CLOSE)]})
    assert [each.step for each in strange.deviations] == ["strange"]


def stay(
    step: str,
    start: float,
    claimed: float | None = None,
    done: float | None = None,
    due: float | None = None,
    **more,
):
    moments = [None if each is None else hour(each) for each in (claimed, done, due)]
    return Stay(more.pop("case", 1), step, more.pop("role", "r"), None, hour(start), *moments, **more)


def test_delays_are_those_counted_by_hand():
    stays = [
        stay("a", 0, 1, 4, 3), stay("a", 0, 1, 2, 3), stay("a", 0, 3, 9, 20, is_returned=True), stay("a", 0, due=5),
        stay("b", 0, None, 1),
    ]  # fmt: skip
    first, second = delays(stays, hour(10))
    assert (first.key, first.stays, first.done, first.open, first.late_open) == ("a", 4, 3, 1, 1)
    assert (first.median_hours, first.median_wait_hours, first.held_hours) == (4, 1, 25)
    assert first.p90_hours == pytest.approx(8)
    assert (first.late_share, first.returned_share) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert (second.late_share, second.held_hours) == (None, 1)
    assert bottlenecks([second, first]) == [first]


def test_nothing_has_no_delay():
    assert delays([], T0) == []
    assert bottlenecks([]) == []
    assert percentile([], 0.9) is None


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30))
def test_a_percentile_lies_within_and_the_half_is_the_median(values: list[float]):
    ordered = sorted(values)
    assert ordered[0] <= percentile(ordered, 0.9) <= ordered[-1]
    assert percentile(ordered, 0.5) == pytest.approx(median(ordered))
