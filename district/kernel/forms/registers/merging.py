"""What the writes of several phones come to: a multi-value register for each item of a record. Pure.

A write knows what its writer had on the screen: the record as the server had it at `trunk`, with the earlier writes of
his own `branch` laid over it (ODK entities specification 2024.1: trunkVersion, branchId, baseVersion). A value goes only
when somebody who had it on the screen put another in its place. What nobody replaced stays: two of them are a conflict,
and both are kept. The outcome depends on the set of writes, not on the order in which phones got through.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

LABEL = "label"
"""The item under which a record's name is merged; ODK keeps the word for it."""


@dataclass(frozen=True)
class Write:
    """Values that one writer gave, changed or not.

    `number` is the server's count within the record, from 1. `trunk` is the number his copy had, 0 when he had none.
    `step` orders the writes of a branch. `after` are the keys of the writes this one corrects, the first one first: a
    filled form that was edited. A write that `settles` had every live value on the screen, not only those a phone
    shows, and all it gives counts as changed.
    """

    key: str
    number: int
    at: datetime
    values: Mapping[str, str]
    trunk: int = 0
    branch: str = ""
    step: int = 0
    after: tuple[str, ...] = ()
    settles: bool = False


@dataclass(frozen=True)
class Claim:
    """A value and who stands by it, the latest first. Empty text is a value too: somebody cleared the item."""

    value: str
    writes: tuple[Write, ...]


State = dict[str, tuple[Claim, ...]]
"""Item → the values nobody replaced; the first is the one shown, more than one are a conflict."""


@dataclass(frozen=True)
class Outcome:
    """`changes`: key of a write → item → what its writer had on the screen and what he gave instead."""

    state: State
    changes: dict[str, dict[str, tuple[str, str]]]


def merge(writes: Iterable[Write]) -> State:
    """The state after all these writes, in whatever order they are given. Of two with the same key the first counts."""
    return outcome_of(writes).state


def outcome_of(writes: Iterable[Write]) -> Outcome:
    """The state, and what each write changed."""
    once: dict[str, Write] = {}
    for write in sorted(writes, key=lambda write: write.number):
        once.setdefault(write.key, write)
    history = _History(list(once.values()))
    state = history.after_all()
    return Outcome(state, history.changes())


def shown(state: State) -> dict[str, str]:
    """The value of each item that a table or a phone shows."""
    return {item: claims[0].value for item, claims in state.items()}


def conflicts(state: State) -> dict[str, tuple[Claim, ...]]:
    """The items with several values."""
    return {item: claims for item, claims in state.items() if len(claims) > 1}


@dataclass
class _Run:
    """The effects of some writes, each after those its writer had seen."""

    known: dict[str, Write] = field(default_factory=dict)
    given: dict[str, list[Write]] = field(default_factory=dict)
    live: dict[str, list[Write]] = field(default_factory=dict)
    dead: set[tuple[str, str]] = field(default_factory=set)
    branches: dict[str, list[Write]] = field(default_factory=dict)
    awaited: set[str] = field(default_factory=set)
    answered: dict[str, list[tuple[Write, frozenset[str]]]] = field(default_factory=dict)
    changes: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)

    def is_late(self, write: Write) -> bool:
        """Whether somebody whose write is here already had seen this one."""
        branch = () if write.after else self.branches.get(write.branch, ())
        return write.key in self.awaited or any(other.step > write.step for other in branch)

    def earlier(self, write: Write) -> list[Write]:
        """His own writes he had on the screen, the last one last. A correction is nothing that the branch had seen."""
        branch = self.branches.get(write.branch, ())
        mine = [past for past in branch if past.step < write.step and not past.after]
        return mine + [self.known[key] for key in write.after if key in self.known]

    def trunk_of(self, write: Write) -> int:
        """Nobody has seen what the server took after his own write, nor the corrector what came after the first."""
        seen = [self.known[key].trunk for key in write.after if key in self.known]
        return min(write.trunk, write.number - 1, *seen)

    def add(self, write: Write, trunk: State) -> None:
        """`trunk` is the state his copy had."""
        earlier, seen = self.earlier(write), self.trunk_of(write)
        for item, value in write.values.items():
            before = trunk[item][0].value if item in trunk else ""
            mine = next((past.values[item] for past in reversed(earlier) if item in past.values), before)
            if write.settles or value != mine:
                self.changes.setdefault(write.key, {})[item] = (mine, value)
                self._replace(write, item, before, earlier, seen)
                self.live.setdefault(item, []).append(write)
                if write.settles:
                    rejected = frozenset(claim.value for claim in trunk.get(item, ()) if claim.value != value)
                    self.answered.setdefault(item, []).append((write, rejected))
            self.given.setdefault(item, []).append(write)
        self.known[write.key] = write
        self.awaited.update(key for key in write.after if key not in self.known)
        if write.branch:
            self.branches.setdefault(write.branch, []).append(write)

    def _replace(self, write: Write, item: str, before: str, earlier: Sequence[Write], seen: int) -> None:
        """Puts an end to what the writer replaced: what his copy showed, and what he himself had put there before."""
        for past in self.given.get(item, ()):
            if past.number <= seen and (write.settles or past.values[item] == before):
                # With it ends what its own writer had replaced by it.
                self.dead.update((item, each.key) for each in (past, *self.earlier(past)))
        self.dead.update((item, past.key) for past in earlier)

    def state(self) -> State:
        found: State = {}
        for item, writes in self.live.items():
            standing = [write for write in writes if (item, write.key) not in self.dead]
            standing = [write for write in standing if not self._is_answered(item, write)]
            if standing:
                found[item] = _claims(item, standing)
        return found

    def _is_answered(self, item: str, write: Write) -> bool:
        """An old value that came late, when whoever settles had weighed it already: it opens nothing again."""
        return not write.settles and any(
            write.trunk < settled.number and write.at <= settled.at and write.values[item] in rejected
            for settled, rejected in self.answered.get(item, ())
        )


class _History:
    """The states a record went through on the server, as far as some writer had them on his screen."""

    def __init__(self, ordered: Sequence[Write]) -> None:
        self._writes = ordered
        self._numbers: list[int] = [0]
        self._states: dict[int, State] = {0: {}}
        self._run = _Run()
        self._wanted = {min(write.trunk, write.number - 1) for write in ordered}

    def after_all(self) -> State:
        for index, write in enumerate(self._writes):
            if self._run.is_late(write):
                self._run = self._again(self._writes[: index + 1])
            else:
                self._add(self._run, write)
            following = self._writes[index + 1].number if index + 1 < len(self._writes) else write.number + 1
            if any(number in self._wanted for number in range(write.number, following)):
                self._numbers.append(write.number)
                self._states[write.number] = self._run.state()
        return self._run.state()

    def changes(self) -> dict[str, dict[str, tuple[str, str]]]:
        return self._run.changes

    def _add(self, run: _Run, write: Write) -> None:
        place = bisect_right(self._numbers, run.trunk_of(write)) - 1
        run.add(write, self._states[self._numbers[place]])

    def _again(self, writes: Sequence[Write]) -> _Run:
        """Somebody's writes came out of order: all is done anew, each after those its writer had seen."""
        run = _Run()
        by_key = {write.key: write for write in writes}
        branches: dict[str, list[Write]] = {}
        for write in sorted(writes, key=lambda write: (write.step, write.number)):
            if write.branch and not write.after:
                branches.setdefault(write.branch, []).append(write)
        begun: set[str] = set()

        def place(write: Write) -> None:
            if write.key in begun:
                return
            begun.add(write.key)
            for past in branches.get(write.branch, ()):
                if past.step < write.step:
                    place(past)
            for key in write.after:
                if key in by_key:
                    place(by_key[key])
            self._add(run, write)

        for write in writes:
            place(write)
        return run


def _claims(item: str, writes: Iterable[Write]) -> tuple[Claim, ...]:
    """The values of these writes, the latest by the writers' clocks first, by key where the clocks agree."""
    by_value: dict[str, list[Write]] = {}
    for write in sorted(writes, key=lambda write: (write.at, write.key), reverse=True):
        by_value.setdefault(write.values[item], []).append(write)
    return tuple(Claim(value, tuple(standing)) for value, standing in by_value.items())
