"""What findings and papers together say of a control. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

State = Literal["passed", "partial", "failed", "unknown"]
STATES: tuple[State, ...] = ("passed", "partial", "failed", "unknown")


def judged_state(outcomes: Collection[str], evidence: str, *, is_left: bool) -> State:
    """`outcomes` of the control's probes, `evidence` the outcome of a paper in force ("" none), `is_left` whether the
    probes see only part of it.

    One failure fails it, whatever else is said. It passes when every probe passed and what they cannot see is shown, or
    when there is nothing they contradict and a paper shows it. What is only partly shown is partial; else nobody knows.
    """
    if "failed" in outcomes or evidence == "failed":
        return "failed"
    is_seen = bool(outcomes) and all(each == "passed" for each in outcomes)
    if evidence == "passed" or (is_seen and not is_left):
        return "passed"
    return "partial" if "passed" in outcomes else "unknown"
