"""Indicators common to all procedures, as fractions of counted sets. Pure.

Source: GB/T 30428.4 evaluation with the district's table of indicators (standards, city management; hotline 12345).
应处置数 are the cases due in the period, those carried over included: due before its end and not finished before its
start, suspended ones and cancelled ones left out. 按期 means finished by the due moment. The score is
0.6 x 按期处置率 + 0.2 x (1 - 返工率) + 0.2 x (1 - 超期未处置率), times 100; grades from 90, 80, 70, 60.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

GRADES = ((90, "A"), (80, "B"), (70, "C"), (60, "D"))
WEIGHTS = {"on_time": 0.6, "rework": -0.2, "late_open": -0.2}
"""Weights of the score; a negative weight is that of what is missing to 1."""


@dataclass(frozen=True)
class Indicator:
    """`part` of `whole`, both keys of counted sets; an empty `whole` is a plain number. `object` is what is judged."""

    key: str
    zh: str
    en: str
    part: str
    whole: str
    higher_is_better: bool = True


CASE_INDICATORS = (
    Indicator("handled", "处置率", "Handled", "done", "due"),
    Indicator("on_time", "按期处置率", "Handled on time", "on_time", "due"),
    Indicator("late", "超期处置率", "Handled late", "late_done", "due", False),
    Indicator("late_open", "超期未处置数", "Overdue and open", "late_open", "", False),
    Indicator("rework", "返工率", "Rework", "reworked", "done", False),
    Indicator("extension", "延期率", "Extended", "extended", "due", False),
    Indicator("suspension", "挂账率", "Suspended", "suspended", "due_or_suspended", False),
    Indicator("closed", "结案率", "Closed", "closed_of_due", "due"),
    Indicator("first_time", "一次办结率", "Done the first time", "first_time", "closed"),
    Indicator("returned", "退回率", "Returned", "returned", "closed", False),
    Indicator("public_report", "群众举报率", "From the public", "from_public", "opened"),
    Indicator("missed", "漏报率", "Missed by inspectors", "missed", "in_cells", False),
    Indicator("called_back", "回访率", "Called back", "called_back", "closed"),
    Indicator("solved", "解决率", "Solved", "solved", "solved_known"),
    Indicator("satisfied", "满意率", "Satisfied", "satisfied", "satisfied_known"),
)

PUBLIC_CHANNELS = ("hotline", "web", "phone", "app", "citizen", "open311", "visit", "letter", "public")
"""Channels by which the public reports; the others are the district's own."""

INSPECTOR = "grid"
"""The channel of those who walk the cells: what the public tells of a cell, they have missed."""


@dataclass(frozen=True)
class Measured:
    """An indicator's value: a share from 0 to 1, or a number; None when nothing was to be counted."""

    indicator: Indicator
    part: int
    whole: int | None
    value: float | None


def measured(counts: Mapping[str, int], indicators: Iterable[Indicator] = CASE_INDICATORS) -> list[Measured]:
    """Every indicator of these counts."""
    return [_measured(indicator, counts) for indicator in indicators]


def score(counts: Mapping[str, int]) -> float | None:
    """0 to 100; None when nothing was due."""
    due = counts.get("due", 0)
    if not due:
        return None
    done = counts.get("done", 0)
    rework = counts.get("reworked", 0) / done if done else 0.0
    parts = {
        "on_time": counts.get("on_time", 0) / due,
        "rework": rework,
        "late_open": counts.get("late_open", 0) / due,
    }
    return 100 * sum(
        weight * parts[name] if weight > 0 else -weight * (1 - parts[name])
        for name, weight in WEIGHTS.items()
    )


def grade(points: float | None) -> str:
    """A to E; empty without a score."""
    if points is None:
        return ""
    return next((letter for least, letter in GRADES if points >= least), "E")


@dataclass(frozen=True)
class CaseFacts:
    """What the definitions read of one case."""

    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    state: str
    rounds: int = 1
    returns: int = 0
    is_extended: bool = False


def sets_of(case: CaseFacts, start: datetime, until: datetime) -> frozenset[str]:
    """The sets of counted cases that one belongs to, `start` to `until` (exclusive): the definitions in one place."""
    found = set()
    is_counted = case.state not in ("cancelled", "merged")
    carried = (
        case.due_at is not None
        and case.due_at < until
        and (case.closed_at is None or case.closed_at >= start)
    )
    is_due = carried and (case.closed_at is not None or case.state != "suspended") and is_counted
    is_done = case.closed_at is not None and case.closed_at < until
    if case.state == "suspended" and carried:
        found |= {"suspended", "due_or_suspended"}
    if is_due and case.due_at is not None:
        found |= {"due", "due_or_suspended"}
        if is_done and case.closed_at is not None:
            found |= {"done", "closed_of_due", "on_time" if case.closed_at <= case.due_at else "late_done"}
            found |= {"reworked"} if case.rounds > 1 or case.returns else set()
        else:
            found |= {"late_open"}
        found |= {"extended"} if case.is_extended else set()
    if case.state == "closed" and case.closed_at is not None and start <= case.closed_at < until:
        found |= {"closed"} | ({"first_time"} if case.rounds == 1 and not case.returns else set())
        found |= {"returned"} if case.returns else set()
    if start <= case.opened_at < until:
        found.add("opened")
    return frozenset(found)


def _measured(indicator: Indicator, counts: Mapping[str, int]) -> Measured:
    part = counts.get(indicator.part, 0)
    if not indicator.whole:
        return Measured(indicator, part, None, float(part))
    whole = counts.get(indicator.whole, 0)
    return Measured(indicator, part, whole, part / whole if whole else None)


def label(indicator: Indicator, is_english: bool) -> Any:
    return indicator.en if is_english else indicator.zh
