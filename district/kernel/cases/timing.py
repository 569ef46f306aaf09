"""When a case or a task is due, warned of and late, by the clocks and the suspensions of its case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from district.kernel.cases import clocks
from district.kernel.cases.clocks import Limit, Span
from district.kernel.cases.models import Case, Task


@dataclass(frozen=True)
class Times:
    """All empty without a limit, and while a suspension that has not ended stands before the end."""

    due_at: datetime | None = None
    warn_at: datetime | None = None
    late_at: datetime | None = None


def times(
    start: datetime,
    limit: Limit | None,
    spans: Sequence[Span] = (),
    extension: float = 0,
    warn_share: float | None = None,
) -> Times:
    """Of something that began at `start`; `extension` is in the kind of the limit."""
    if limit is None:
        return Times()
    extensions = (Limit(limit.kind, extension),) if extension else ()
    due = clocks.due_at(start, limit, spans, extensions)
    if due is None:
        return Times()
    warn = start + (due - start) * warn_share if warn_share else clocks.warn_at(start, due, limit.kind)
    return Times(due, warn, clocks.late_at(due, limit.kind))


def limit_of_row(row: Case | Task) -> Limit | None:
    if not row.limit_kind or row.limit_amount is None:
        return None
    return Limit(row.limit_kind, row.limit_amount)


def spans_of(case: Case) -> list[Span]:
    """The suspensions of a case."""
    return list(case.suspensions.values_list("from_at", "until_at"))


def set_times(
    row: Case | Task, start: datetime, spans: Sequence[Span], warn_share: float | None = None
) -> None:
    """Sets due, warning and lateness of a row, and takes back the light of a deadline that has moved away."""
    extension = row.extension_amount if isinstance(row, Case) else 0
    found = times(start, limit_of_row(row), spans, extension, warn_share)
    row.due_at, row.warn_at, row.late_at = found.due_at, found.warn_at, found.late_at


def light_at(row: Case | Task, at: datetime) -> str:
    """The light a row should show at an instant."""
    if row.late_at is not None and at >= row.late_at:
        return "red"
    return "yellow" if row.warn_at is not None and at >= row.warn_at else "green"
