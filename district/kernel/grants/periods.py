"""How long an answer may take: 国发〔2016〕51号 (ten working days), in two steps as counties do. Pure."""

from __future__ import annotations

from datetime import datetime

from district.kernel.cases.clocks import Limit, due_at

REVIEW_DAYS = 2
"""合规性审查, by the authority for data."""
REPLY_DAYS = 10
"""提供部门审核, for what is shared on conditions."""
OBJECTION_DAYS = 10


def review_due(start: datetime) -> datetime:
    return _due(start, REVIEW_DAYS)


def reply_due(start: datetime) -> datetime:
    return _due(start, REPLY_DAYS)


def objection_due(start: datetime) -> datetime:
    return _due(start, OBJECTION_DAYS)


def _due(start: datetime, days: int) -> datetime:
    due = due_at(start, Limit("working_days", days))
    assert due is not None  # only a clock that stands still has no end
    return due
