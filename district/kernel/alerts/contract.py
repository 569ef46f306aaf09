"""What the alerts package tells. Listeners: `@on(AlarmRaised)` in a `handlers.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from district.kernel.vocabulary import Event


@dataclass(frozen=True)
class AlarmRaised(Event):
    """An alarm began. `key` says what is wrong with what; `kind` is a kind of rule or a system's own word."""

    alarm_id: int
    key: str
    system: str
    kind: str
    severity: int
    subject: str
    message: str
    device_id: int | None
    series_id: int | None
    item: str
    organisation_id: int | None
    division_code: str
    value: float | None
    limit_value: float | None
    unit: str
    since_at: datetime
    raised_at: datetime


@dataclass(frozen=True)
class AlarmCleared(Event):
    """An alarm ended, by itself or by a person."""

    alarm_id: int
    key: str
    system: str
    kind: str
    cleared_at: datetime
    is_by_person: bool
