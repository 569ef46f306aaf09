"""Turns of duty dealt out fairly: everybody as often as the others, on holidays too, nobody on two days running. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

Person = TypeVar("Person")


def fair_turns(
    people: Sequence[Person],
    days: Sequence[date],
    is_working: Callable[[date], bool],
    before: Mapping[Person, tuple[int, int]] | None = None,
    last: Person | None = None,
) -> list[Person]:
    """Who is on duty on each day (one after the other, without gaps).

    `before`: turns so far (all, on days off); `last`: who was on the day before the first. Days off are dealt out
    first, each to who has had the fewest of them; then the working days, each to who has had the fewest turns and is on
    neither the day before nor the day after. With three people or more nobody is on twice running. Raises ValueError
    without people.
    """
    if not people:
        raise ValueError("nobody to be on duty")
    past = before or {}
    turns = {person: past.get(person, (0, 0))[0] for person in people}
    off = {person: past.get(person, (0, 0))[1] for person in people}
    dealt: list[Person | None] = [None] * len(days)

    def deal(at: int, counted: dict[Person, int]) -> None:
        beside = (dealt[at - 1] if at else last, dealt[at + 1] if at + 1 < len(days) else None)
        free = [person for person in people if person not in beside] or list(people)
        chosen = min(free, key=lambda person: (counted[person], turns[person]))
        dealt[at] = chosen
        turns[chosen] += 1

    for at, day in enumerate(days):
        if not is_working(day):
            deal(at, off)
            chosen = dealt[at]
            if chosen is not None:
                off[chosen] += 1
    for at, day in enumerate(days):
        if is_working(day):
            deal(at, turns)
    return [person for person in dealt if person is not None]
