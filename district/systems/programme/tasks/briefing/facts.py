"""What a briefing says, as data: made from the records of a month, frozen, and all that both files are made from. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class TaskLine:
    clause: int
    name: str
    lead: str
    light: str
    done: float | None
    planned: float | None
    why: str


@dataclass(frozen=True)
class Facts:
    """A month up to `on`. Milestones: (task, title, day, unit). `reports`: on time, late, not yet due."""

    month: date
    on: date
    tasks: Sequence[TaskLine]
    done_this_month: Sequence[tuple[str, str, str, str]] = ()
    late: Sequence[tuple[str, str, str, str]] = ()
    next_month: Sequence[tuple[str, str, str, str]] = ()
    late_units: Sequence[tuple[str, int, int]] = ()
    reports: tuple[int, int, int] = (0, 0, 0)
    indicators: Sequence[tuple[str, float | None, float, str]] = ()
    risks: Sequence[tuple[str, str, int]] = ()
    is_simulated: bool = False
    counts: dict[str, int] = field(default_factory=dict)


def as_json(facts: Facts) -> dict[str, Any]:
    """Plain data, the same for the same facts."""
    made: dict[str, Any] = json.loads(json.dumps(asdict(facts), default=str, ensure_ascii=False, sort_keys=True))
    return made


def digest(facts: dict[str, Any]) -> str:
    """SHA-256 over the facts in canonical form."""
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
