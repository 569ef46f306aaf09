"""A drawn procedure as a net that can be played: which step may come after which, whatever the forms say. Pure.

Steps that people do are visible; gateways, decision tables and events are silent. Exclusive gateways choose freely,
inclusive ones any of their ways: whether the data allowed that way is the engine's business, here only the drawing
counts. Source: BPMN 2.0 (ISO/IEC 19510) 13.3 and 13.4.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from xml.etree import ElementTree

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
STEPS = ("userTask", "manualTask", "receiveTask", "task")
MOST_MARKINGS = 5_000
MOST_WAYS = 8

Marking = tuple[str, ...]
"""The flows that hold a token, sorted; a flow stands as often as it holds one."""


@dataclass(frozen=True)
class Transition:
    """Takes tokens from `sources`, puts them on `targets`. Silent without a `label`. `ends_all`: takes every token."""

    label: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    ends_all: bool = False


@dataclass
class Net:
    """`names` are the steps' names by id."""

    start: Marking
    transitions: tuple[Transition, ...]
    names: dict[str, str]
    _closures: dict[Marking, frozenset[Marking]] = field(default_factory=dict)

    def closure(self, marking: Marking) -> frozenset[Marking]:
        """Every marking that silent transitions lead to, itself included."""
        known = self._closures.get(marking)
        if known is not None:
            return known
        found, left = {marking}, [marking]
        while left and len(found) < MOST_MARKINGS:
            one = left.pop()
            for transition in self.transitions:
                if (
                    not transition.label
                    and (after := fired(one, transition)) is not None
                    and after not in found
                ):
                    found.add(after)
                    left.append(after)
        self._closures[marking] = frozenset(found)
        return self._closures[marking]

    def after(self, markings: frozenset[Marking], label: str) -> frozenset[Marking]:
        """Every marking from which the step could just have been done; empty when it cannot be done now."""
        found: set[Marking] = set()
        for marking in markings:
            for transition in self.transitions:
                if transition.label == label and (done := fired(marking, transition)) is not None:
                    found |= self.closure(done)
        return frozenset(found)

    def ahead(self, markings: frozenset[Marking], label: str) -> frozenset[Marking]:
        """The nearest markings ahead, steps in between left out, from which the step can be done; empty if none."""
        seen, front = set(markings), markings
        while front and len(seen) < MOST_MARKINGS:
            if self.after(front, label):
                return front
            done = {fired(marking, each) for marking in front for each in self.transitions}
            front = frozenset(marking for marking in done if marking is not None and marking not in seen)
            seen |= front
        return frozenset()

    def possible(self, markings: frozenset[Marking]) -> list[str]:
        """The steps that may be done now, by id."""
        return sorted({
            transition.label for marking in markings for transition in self.transitions
            if transition.label and fired(marking, transition) is not None
        })  # fmt: skip

    def begin(self) -> frozenset[Marking]:
        return self.closure(self.start)


def fired(marking: Marking, transition: Transition) -> Marking | None:
    """The marking after a transition, None when its tokens are not there."""
    left = Counter(marking)
    for place in transition.sources:
        if not left[place]:
            return None
        left[place] -= 1
    if transition.ends_all:
        return ()
    left.update(transition.targets)
    return tuple(sorted(left.elements()))


def net_of(bpmn: str) -> Net:
    """The net of a drawing that the engine has read before."""
    root = ElementTree.fromstring(bpmn)  # noqa: S314 - checked by `engine_drawing.drawing`, defines no entities
    process = next(
        each for each in root.iter(f"{MODEL}process") if each.get("isExecutable", "true") == "true"
    )
    into: dict[str, list[str]] = {}
    out: dict[str, list[str]] = {}
    for flow in process.iter(f"{MODEL}sequenceFlow"):
        into.setdefault(flow.get("targetRef", ""), []).append(flow.get("id", ""))
        out.setdefault(flow.get("sourceRef", ""), []).append(flow.get("id", ""))
    start: list[str] = []
    transitions: list[Transition] = []
    names: dict[str, str] = {}
    for node in process:
        tag, key = node.tag.removeprefix(MODEL), node.get("id", "")
        sources, targets = into.get(key, []), out.get(key, [])
        if tag == "startEvent":
            start += targets
        elif tag in STEPS:
            names[key] = node.get("name") or key
            transitions += [Transition(key, (source,), tuple(targets)) for source in sources]
        elif tag == "endEvent":
            ends_all = node.find(f"{MODEL}terminateEventDefinition") is not None
            transitions += [Transition("", (source,), (), ends_all) for source in sources]
        elif sources:
            transitions += _silent(tag, sources, targets)
    return Net(tuple(sorted(start)), tuple(transitions), names)


def _silent(tag: str, sources: list[str], targets: list[str]) -> Iterator[Transition]:
    ways: list[tuple[tuple[str, ...], tuple[str, ...]]]
    if tag == "exclusiveGateway":
        ways = [((source,), (target,)) for source in sources for target in targets]
    elif tag == "parallelGateway":
        ways = [(tuple(sources), tuple(targets))]
    elif tag == "inclusiveGateway":
        ways = [(some, others) for some in _any_of(sources) for others in _any_of(targets)]
    else:
        ways = [((source,), tuple(targets)) for source in sources]
    return (Transition("", some, others) for some, others in ways)


def _any_of(places: list[str]) -> list[tuple[str, ...]]:
    return [some for size in range(1, len(places) + 1) for some in combinations(places[:MOST_WAYS], size)]
