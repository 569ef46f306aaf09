"""Trips strung to blocks that one bus drives in turn: first come, first taken at each terminal. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Leg:
    """A trip by where and when it begins and ends (seconds); places are anything that is equal for one terminal."""

    key: str
    begins_s: int
    ends_s: int
    begins_at: object
    ends_at: object


def strung(legs: Iterable[Leg], layover_s: int = 300) -> dict[str, int]:
    """Trip → number of its block, from 1. A bus goes on with the next trip from where it stands after the layover.

    The fewest buses without empty runs: the bus that has waited longest at the terminal is taken.
    """
    found: dict[str, int] = {}
    standing: dict[object, list[tuple[int, int]]] = {}
    count = 0
    for leg in sorted(legs, key=lambda each: (each.begins_s, each.key)):
        there = standing.get(leg.begins_at, [])
        free = min((each for each in there if each[0] + layover_s <= leg.begins_s), default=None)
        if free is None:
            count += 1
            number = count
        else:
            there.remove(free)
            number = free[1]
        found[leg.key] = number
        standing.setdefault(leg.ends_at, []).append((leg.ends_s, number))
    return found
