"""When a body of a village may decide, and when it has: 村民委员会组织法 (2018). Pure.

Article 26: delegates decide with two thirds of them present, by more than half of those present. Article 22: villagers
decide with more than half of those of age, or two thirds of the households by their delegates, present, by more than
half of those present. Committees and party meetings decide with more than half present, by more than half of those
present (the rule of a village may ask for more).
"""

from __future__ import annotations

from fractions import Fraction

TWO_THIRDS = frozenset({"delegates", "households"})
HALF = Fraction(1, 2)


def is_quorate(body: str, expected: int, present: int) -> bool:
    """Whether enough came. Nobody expected is no meeting."""
    if expected <= 0:
        return False
    share = Fraction(present, expected)
    return share >= Fraction(2, 3) if body in TWO_THIRDS else share > HALF


def is_carried(present: int, agreeing: int) -> bool:
    """Whether more than half of those present agree; those who did not vote do not agree."""
    return present > 0 and Fraction(agreeing, present) > HALF
