"""Likelihood times impact, as the district publishes it. Pure.

GB/T 20984-2022 leaves the scale to the organisation: five by five, four levels.
"""

from __future__ import annotations

from typing import Literal

RiskLevel = Literal["low", "middle", "high", "grave"]
LEVELS: tuple[RiskLevel, ...] = ("low", "middle", "high", "grave")
FROM = {"grave": 20, "high": 12, "middle": 6, "low": 1}


def score(likelihood: int, impact: int) -> int:
    """1 to 25. Raises ValueError off the matrix."""
    if not (1 <= likelihood <= 5 and 1 <= impact <= 5):
        raise ValueError(f"off the matrix: {likelihood} × {impact}")
    return likelihood * impact


def level(likelihood: int, impact: int) -> RiskLevel:
    points = score(likelihood, impact)
    return next(each for each in reversed(LEVELS) if points >= FROM[each])


def may_be_accepted(likelihood: int, impact: int) -> bool:
    """A grave risk is not accepted: it is brought down first."""
    return level(likelihood, impact) != "grave"
