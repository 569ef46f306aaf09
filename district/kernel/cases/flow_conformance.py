"""Whether cases went as drawn: their steps are played through the net, and where they part from it is said. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from district.kernel.cases.flow_net import Marking, Net

COMPLETE, RETURN, CLOSE, CANCEL = "complete", "return", "close", "cancel"

RETURNED, UNEXPECTED, ENDED_EARLY, NOT_ENDED = "returned", "unexpected", "ended_early", "not_ended"
KINDS = (RETURNED, UNEXPECTED, ENDED_EARLY, NOT_ENDED)


@dataclass(frozen=True)
class Done:
    """An act of a case: `act` is complete, return, close or cancel; `step` the id of the step, empty for an end."""

    act: str
    step: str = ""


@dataclass(frozen=True)
class Deviation:
    """Where a case left the drawing. `expected` are the steps that could have come, by id.

    returned: sent back to the step before, which the drawing does not show. unexpected: a step that could not come
    here. ended_early: closed while the drawing was not at its end. not_ended: went on after its end.
    """

    case: int
    kind: str
    step: str
    expected: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conformance:
    """How many cases there were, how many went as drawn, and every deviation."""

    cases: int
    fitting: int
    deviations: tuple[Deviation, ...]

    @property
    def share(self) -> float | None:
        """Cases that went as drawn, of all."""
        return self.fitting / self.cases if self.cases else None

    @property
    def by_kind(self) -> dict[tuple[str, str], int]:
        """(kind, step) → number of cases, most first."""
        cases = {(each.kind, each.step, each.case) for each in self.deviations}
        return dict(Counter((kind, step) for kind, step, _ in cases).most_common())


def conformance(net: Net, traces: Mapping[int, Sequence[Done]]) -> Conformance:
    """Plays every trace. Equal traces are played once."""
    known: dict[tuple[Done, ...], list[tuple[str, str, tuple[str, ...]]]] = {}
    deviations: list[Deviation] = []
    fitting = 0
    for case, trace in traces.items():
        key = tuple(trace)
        if key not in known:
            known[key] = list(deviations_of(net, key))
        fitting += not known[key]
        deviations += [Deviation(case, *each) for each in known[key]]
    return Conformance(len(traces), fitting, tuple(deviations))


def deviations_of(net: Net, trace: Sequence[Done]) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    """(kind, step, expected) of each place where a trace parts from the net; after one it goes on as well as it can."""
    now = net.begin()
    history = [now]
    for place, done in enumerate(trace):
        if done.act == RETURN:
            yield RETURNED, done.step, ()
            continue
        if done.act in (CLOSE, CANCEL):
            if done.act == CLOSE and () not in now:
                yield ENDED_EARLY, "", tuple(net.possible(now))
            return
        after = net.after(now, done.step)
        if not after:
            was_returned = place > 0 and trace[place - 1].act == RETURN
            if not was_returned:
                kind = NOT_ENDED if now == frozenset({()}) else UNEXPECTED
                yield kind, done.step, tuple(net.possible(now))
            after = _elsewhere(net, history, done.step)
        now = after or now
        history.append(now)


def _elsewhere(net: Net, history: Sequence[frozenset[Marking]], step: str) -> frozenset[Marking]:
    """After the step, done from where it could last have been done, or else from the next place ahead."""
    for old in reversed(history):
        if after := net.after(old, step):
            return after
    return net.after(net.ahead(history[-1], step), step)
