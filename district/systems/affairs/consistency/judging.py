"""Whether what several say of one thing contradicts, and what was settled already: pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .comparing import Meaning

ORDERS = ("le", "ge", "lt", "gt")


@dataclass(frozen=True)
class Claim:
    """That somebody says an item of a record has this value. `origin` names who alike each time: a source, a form.

    `reference` leads to the record of it: `write:12` of a register, `submission:7`.
    """

    value: str
    at: datetime
    origin: str
    reference: str
    organisation: int | None = None
    account: int | None = None
    words: str = ""


def latest(claims: Iterable[Claim]) -> list[Claim]:
    """What each origin said last, in order of time; who says the same thing again has not said anything new."""
    last: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda each: (each.at, each.reference)):
        before = last.get(claim.origin)
        if before is None or before.value != claim.value:
            last[claim.origin] = claim
    return sorted(last.values(), key=lambda each: (each.at, each.reference))


def contradicting(
    claims: Iterable[Claim], meaning: Meaning, *, settled: str | None = None, known: Sequence[str] = (),
    within: timedelta | None = None,
) -> list[Claim]:
    """The claims that contradict, oldest first; none when all agree.

    Once a value was `settled`, the values `known` then raise nothing any more, whoever says them; only a new one does.
    Claims further apart than `within` are change in the course of time: the older ones fall away.
    """  # fmt: skip
    stand = [each for each in latest(claims) if each.value != ""]
    if settled is not None:
        return [each for each in stand if not meaning.agree(each.value, settled) and not meaning.knows(each.value, known)]
    if within is not None and stand:
        stand = [each for each in stand if stand[-1].at - each.at <= within]
    return [] if meaning.all_agree(each.value for each in stand) else stand


def out_of_order(left: str, order: str, right: str, meaning: Meaning) -> bool:
    """Whether `left` and `right` are not in the order they must be: `le` left at most right, and so on.

    What cannot be read as its type is no contradiction of order: it has no place in any.
    """
    one, other = meaning.read(left), meaning.read(right)
    if type(one) is not type(other) or isinstance(one, str | bool):
        return False
    if meaning.agree(left, right):
        return order in ("lt", "gt")
    is_less = one < other  # type: ignore[operator]  # both are numbers, or both are days
    return is_less if order in ("ge", "gt") else not is_less
