"""What the cases package tells. Listeners: `@on(CaseClosed)` in a `handlers.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from district.kernel.vocabulary import Event


@dataclass(frozen=True)
class CaseOpened(Event):
    """A case began; its first tasks are there."""

    case_id: int
    number: str
    system: str
    procedure: str
    channel: str
    classification: str
    organisation_id: int | None
    division_code: str
    opened_at: datetime


@dataclass(frozen=True)
class TaskReady(Event):
    """A post has something to do. `organisation_id` None: every holder of the role."""

    case_id: int
    task_id: int
    system: str
    procedure: str
    key: str
    role: str
    organisation_id: int | None
    due_at: datetime | None


@dataclass(frozen=True)
class StepAsks(Event):
    """A receive task of a drawing was reached: its case in another department is to be opened."""

    case_id: int
    task_id: int


@dataclass(frozen=True)
class TaskDone(Event):
    """A step was completed."""

    case_id: int
    task_id: int
    system: str
    procedure: str
    key: str
    account_id: int | None
    done_at: datetime


@dataclass(frozen=True)
class CaseStageChanged(Event):
    """The case came into another stage of its procedure."""

    case_id: int
    number: str
    system: str
    procedure: str
    before: str
    after: str


@dataclass(frozen=True)
class CaseClosed(Event):
    """A case ended. `answered_by` is the number of the case that answered for it when it had been merged."""

    case_id: int
    number: str
    system: str
    procedure: str
    outcome: str
    is_on_time: bool
    is_cancelled: bool
    answered_by: str
    closed_at: datetime


@dataclass(frozen=True)
class CaseMerged(Event):
    """`case_id` is answered for by `into_id` from now on."""

    case_id: int
    number: str
    into_id: int
    into_number: str
    system: str


@dataclass(frozen=True)
class CaseUnmerged(Event):
    """The case goes its own way again."""

    case_id: int
    number: str
    from_id: int
    from_number: str
    system: str


@dataclass(frozen=True)
class CaseWarned(Event):
    """A yellow card: time is running out for a case (`task_id` None) or one of its tasks."""

    case_id: int
    number: str
    system: str
    task_id: int | None
    role: str
    organisation_id: int | None
    due_at: datetime


@dataclass(frozen=True)
class CaseOverdue(Event):
    """A red card: the time of a case (`task_id` None) or of one of its tasks has run out."""

    case_id: int
    number: str
    system: str
    task_id: int | None
    role: str
    organisation_id: int | None
    due_at: datetime
