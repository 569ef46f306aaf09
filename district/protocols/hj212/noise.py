"""Noise levels that contradict each other: LMn ≤ L95 ≤ L90 ≤ L50 ≤ L10 ≤ L5 ≤ LMx, and Leq between LMn and LMx."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from .message import Finding, Message
from .numbers import number_of

RISING = ("LMn", "L95", "L90", "L50", "L10", "L5", "LMx")
MEANS = ("Leq", "Ld", "Ln")
SPANS = ("Rtd", "Data", "DayData", "NightData")


def level_findings(message: Message) -> Iterator[Finding]:
    """value_inconsistent for every pair of neighbouring levels that stands the wrong way round."""
    for span in SPANS:
        known = _levels(message, span)
        chains = [[code for code in RISING if code in known]]
        chains += [[code for code in ("LMn", mean, "LMx") if code in known] for mean in MEANS if mean in known]
        for chain in chains:
            for low, high in pairwise(chain):
                if known[low] > known[high]:
                    detail = f"{low}-{span}={known[low]:g} 大于 {high}-{span}={known[high]:g}"
                    yield Finding("value_inconsistent", detail, low, span, f"{known[low]:g}")


def _levels(message: Message, span: str) -> dict[str, float]:
    found = {}
    for code in (*RISING, *MEANS):
        value = number_of(message.factors.get(code, {}).get(span, ""))
        if value is not None:
            found[code] = value
    return found
