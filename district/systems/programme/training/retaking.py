"""When an exam may be sat again. Pure: times are arguments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Tried:
    """One earlier sitting that is in."""

    submitted_at: datetime
    is_passed: bool


@dataclass(frozen=True)
class Chance:
    """`code` "" when it may be sat now; else why not, and from when it may, if ever."""

    code: str = ""
    from_at: datetime | None = None


def chance(
    tried: Sequence[Tried],
    at: datetime,
    *,
    tries: int,
    wait_hours: int,
    valid_until: datetime | None,
    renew_days: int = 60,
) -> Chance:
    """A certificate in force is renewed only in its last days; failed tries are counted over a year, apart by the wait."""
    if valid_until is not None and at < (opens := valid_until - timedelta(days=renew_days)):
        return Chance("valid", opens)
    failed = sorted(
        each.submitted_at for each in tried if not each.is_passed and each.submitted_at > at - YEAR
    )
    if len(failed) >= tries:
        return Chance("tries", failed[-tries] + YEAR)
    if failed and at < (opens := failed[-1] + timedelta(hours=wait_hours)):
        return Chance("wait", opens)
    return Chance()
