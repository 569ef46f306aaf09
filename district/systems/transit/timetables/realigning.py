"""Running times after the stops of a pattern have changed: those of stops that stayed are kept. Pure but for the row's shape."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Protocol

HOP_S = 90
"""Assumed for a new last stop until somebody says better."""

Times = list[int | None]


class Timed(Protocol):
    arrivals: Times
    departures: Times
    columns: dict[str, list[str]]


def realigned(profile: Timed, before: list[str], after: list[str]) -> tuple[Times, Times, dict[str, list[str]]]:
    """Arrivals, departures, columns for the new stops. New ones between are open (interpolated by way); the first is 0."""
    came: list[int | None] = [None] * len(after)
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        for number in range(block.size):
            came[block.b + number] = block.a + number
    arrivals: Times = [None if place is None else profile.arrivals[place] for place in came]
    departures: Times = [None if place is None else profile.departures[place] for place in came]
    if departures[0] is None:
        first = next((each for each in arrivals if each is not None), 0) or 0
        arrivals[0] = departures[0] = min(0, first - HOP_S)
    if arrivals[-1] is None:
        known = [each for each in (*arrivals, *departures) if each is not None]
        arrivals[-1] = departures[-1] = max(known) + HOP_S
    start = departures[0] or 0
    columns = {name: ["" if place is None else texts[place] for place in came] for name, texts in profile.columns.items()}
    return ([None if each is None else each - start for each in arrivals],
            [None if each is None else each - start for each in departures], columns)  # fmt: skip
