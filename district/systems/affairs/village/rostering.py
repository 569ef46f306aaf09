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
    """Who is on duty on each day. `before`: turns so far (all, on days off); `last`: who was on the day before the first.

    On a day off it is the turn of who had the fewest such days, else of who had the fewest days at all; with two people
    or more nobody is on twice running. Raises ValueError without people.
    """
    if not people:
        raise ValueError("nobody to be on duty")
    past = before or {}
    counts = {person: list(past.get(person, (0, 0))) for person in people}
    turns: list[Person] = []
    previous = last
    for day in days:
        is_off = not is_working(day)
        free = [person for person in people if person != previous] or list(people)
        previous = min(free, key=lambda person: (counts[person][1], counts[person][0]) if is_off
                       else (counts[person][0], -counts[person][1]))  # fmt: skip
        counts[previous][0] += 1
        counts[previous][1] += is_off
        turns.append(previous)
    return turns
