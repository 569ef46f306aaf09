"""What deliveries tell. Listeners: `@on(RunFailed)` in a `handlers.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from district.kernel.vocabulary import Event


@dataclass(frozen=True)
class RunFinished(Event):
    """A delivery is done; `version_id` is None when nothing in it was new."""

    run_id: int
    source_id: int
    resource_id: int
    version_id: int | None
    rows_taken: int
    rows_refused: int


@dataclass(frozen=True)
class RowsRefused(Event):
    """Rows of a finished delivery wait to be corrected by the department."""

    run_id: int
    source_id: int
    resource_id: int
    rows: int


@dataclass(frozen=True)
class RunFailed(Event):
    """A delivery could not be taken; `code` says why."""

    run_id: int
    source_id: int
    code: str


@dataclass(frozen=True)
class ConnectorFailed(Event):
    """A source that is read by schedule, or a stream, failed several times in a row; told once for the row.

    `organisation_id` is the department that provides it. `text` is Chinese and holds no secret.
    """

    source_id: int
    resource_id: int
    organisation_id: int
    run_id: int
    failures: int
    code: str
    text: str
    failed_at: datetime
