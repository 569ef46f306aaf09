"""What the parties package tells. Listeners: `@on(PartiesMerged)` in a `handlers.py`."""

from __future__ import annotations

from dataclasses import dataclass

from district.kernel.vocabulary import Event


@dataclass(frozen=True)
class PartiesMerged(Event):
    """`gone` was found to be `kept`: whoever shows things of `gone` finds them under `kept` now."""

    kept: int
    gone: int


@dataclass(frozen=True)
class PartiesUnmerged(Event):
    """A merge was undone; `gone` stands for itself again."""

    kept: int
    gone: int


@dataclass(frozen=True)
class PartySplit(Event):
    """Records of `party` turned out to be somebody else's, who is `made`."""

    party: int
    made: int


@dataclass(frozen=True)
class ObjectionFiled(Event):
    """Somebody says that what is kept of a party is wrong."""

    objection: int
    party: int
