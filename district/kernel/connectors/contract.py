"""What deliveries tell. Listeners: `@on(RunFailed)` in a `handlers.py`."""

from __future__ import annotations

from dataclasses import dataclass

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
