"""The clock of reports. Pure.

国家网络安全事件报告管理办法 (in force since 2025-11-01), as the district's standards read it: a government system reports an
incident of grade 较大 or higher within an hour of finding it. The hour runs from the finding, not from the grading: whoever
grades late has less time left.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

WITHIN = timedelta(hours=1)
WARNED_AFTER = timedelta(minutes=30)
REPORTED_GRADES = ("larger", "major", "grave")
GRADES = {"一般": "general", "较大": "larger", "重大": "major", "特别重大": "grave"}

Light = Literal["none", "green", "yellow", "red"]


def report_due_at(grade: str, found_at: datetime) -> datetime | None:
    """None for an incident that need not be reported, or is not graded yet."""
    return found_at + WITHIN if grade in REPORTED_GRADES else None


def report_light(grade: str, found_at: datetime, reported_at: datetime | None, at: datetime) -> Light:
    """Green while there is time or when it was reported in time, yellow in the second half hour (also while the grade is not
    known: it may turn out to be one), red when it is late."""
    due = found_at + WITHIN
    if reported_at is not None:
        return "green" if reported_at <= due else "red"
    if grade and grade not in REPORTED_GRADES:
        return "none"
    if at > due:
        return "red"
    return "yellow" if at > found_at + WARNED_AFTER else "green"
