"""Is a target of the plan reached? Pure."""

from __future__ import annotations

from enum import StrEnum

from district.kernel.vocabulary import Kpi

NEAR = 0.1
"""Within a tenth of the target counts as near."""


class Verdict(StrEnum):
    MET = "met"
    NEAR = "near"
    MISSED = "missed"
    UNKNOWN = "unknown"


def verdict(kpi: Kpi, value: float | None) -> Verdict:
    """Judges a measured value; None is not measurable."""
    if value is None:
        return Verdict.UNKNOWN
    short = (kpi.target - value) if kpi.higher_is_better else (value - kpi.target)
    if short <= 0:
        return Verdict.MET
    return Verdict.NEAR if short <= NEAR * abs(kpi.target) else Verdict.MISSED
