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
    `step` orders the writes of a branch. A write that `settles` had every live value on the screen, not only those a
    phone shows, and all it gives counts as changed.
    """

    key: str
    number: int
    at: datetime
    values: Mapping[str, str]
    trunk: int = 0
    branch: str = ""
    step: int = 0
    settles: bool = False


@dataclass(frozen=True)
class Claim:
    """A value and who stands by it, the latest first. Empty text is a value too: somebody cleared the item."""

    value: str
    writes: tuple[Write, ...]


State = dict[str, tuple[Claim, ...]]
"""Item → the values nobody replaced; the first is the one shown, more than one are a conflict."""


def merge(writes: Iterable[Write]) -> State:
    """The state after all these writes, in whatever order they are given. Of two with the same key the first counts."""
    once: dict[str, Write] = {}
    for write in sorted(writes, key=lambda write: write.number):
        once.setdefault(write.key, write)
    ordered = list(once.values())
    return _History(ordered).after_all()


def shown(state: State) -> dict[str, str]:
    """The value of each item that a table or a phone shows."""
    return {item: claims[0].value for item, claims in state.items()}


def conflicts(state: State) -> dict[str, tuple[Claim, ...]]:
    """The items with several values."""
    return {item: claims for item, claims in state.items() if len(claims) > 1}


def changed_by(writes: Sequence[Write]) -> dict[str, dict[str, tuple[str, str]]]:
    """Key of a write → item → what its writer had on the screen and what he gave instead; only what he changed."""
    history = _History(sorted(writes, key=lambda write: write.number))
    history.after_all()
    return history.changes()


@dataclass
class _Run:
    """The effects of some writes, each after those its writer had seen."""

    given: dict[str, list[Write]] = field(default_factory=dict)
    live: dict[str, list[Write]] = field(default_factory=dict)
    dead: set[tuple[str, str]] = field(default_factory=set)
    branches: dict[str, list[Write]] = field(default_factory=dict)
    answered: dict[str, list[tuple[Write, frozenset[str]]]] = field(default_factory=dict)
    changes: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)

    def add(self, write: Write, trunk: State) -> None:
        """`trunk` is the state his copy had."""
        branch = self.branches.setdefault(write.branch, []) if write.branch else []
        earlier = [past for past in branch if past.step < write.step]
        for item, value in write.values.items():
            before = trunk[item][0].value if item in trunk else ""
            mine = next((past.values[item] for past in reversed(earlier) if item in past.values), before)
            if write.settles or value != mine:
                self.changes.setdefault(write.key, {})[item] = (mine, value)
                self._replace(write, item, before, earlier)
                self.live.setdefault(item, []).append(write)
                if write.settles:
                    rejected = frozenset(claim.value for claim in trunk.get(item, ()) if claim.value != value)
                    self.answered.setdefault(item, []).append((write, rejected))
            self.given.setdefault(item, []).append(write)
        branch.append(write)

    def _replace(self, write: Write, item: str, before: str, earlier: Sequence[Write]) -> None:
        """Puts an end to what the writer replaced: what his copy showed, and what he himself had put there before."""
        for past in self.given.get(item, ()):
            if past.number <= write.trunk and (write.settles or past.values[item] == before):
                self._end(past, item)
        self.dead.update((item, past.key) for past in earlier)

    def _end(self, past: Write, item: str) -> None:
        """Ends a value and those its writer had himself replaced by it, come already or not."""
        self.dead.add((item, past.key))
        if past.branch:
            for other in self.branches.get(past.branch, ()):
                if other.step < past.step:
                    self.dead.add((item, other.key))

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
        self._wanted = {self._trunk_of(write) for write in ordered}

    def after_all(self) -> State:
        for index, write in enumerate(self._writes):
            if any(other.step > write.step for other in self._run.branches.get(write.branch, ())):
                self._run = self._again(self._writes[: index + 1])
            else:
                self._run.add(write, self._seen_by(write))
            following = self._writes[index + 1].number if index + 1 < len(self._writes) else write.number + 1
            if any(number in self._wanted for number in range(write.number, following)):
                self._numbers.append(write.number)
                self._states[write.number] = self._run.state()
        return self._run.state()

    def changes(self) -> dict[str, dict[str, tuple[str, str]]]:
        return self._run.changes

    def _again(self, writes: Sequence[Write]) -> _Run:
        """One branch came out of order: all is done anew with its writes in the order of their steps."""
        run = _Run()
        branches: dict[str, list[Write]] = {}
        for write in writes:
            branches.setdefault(write.branch, []).append(write)
        for members in branches.values():
            members.sort(key=lambda write: (write.step, write.number))
        done: set[str] = set()
        for write in writes:
            before = branches[write.branch] if write.branch else [write]
            for member in before:
                if member.step <= write.step and member.key not in done:
                    done.add(member.key)
                    run.add(member, self._seen_by(member))
        return run

    def _seen_by(self, write: Write) -> State:
        return self._states[self._numbers[bisect_right(self._numbers, self._trunk_of(write)) - 1]]

    @staticmethod
    def _trunk_of(write: Write) -> int:
        """Nobody has seen what the server took after his own write, whatever his phone says."""
        return min(write.trunk, write.number - 1)


def _claims(item: str, writes: Iterable[Write]) -> tuple[Claim, ...]:
    """The values of these writes, the latest by the writers' clocks first, by key where the clocks agree."""
    by_value: dict[str, list[Write]] = {}
    for write in sorted(writes, key=lambda write: (write.at, write.key), reverse=True):
        by_value.setdefault(write.values[item], []).append(write)
    return tuple(Claim(value, tuple(standing)) for value, standing in by_value.items())
