"""How a piece of a task stands at an instant: what is on time, late, missing or sent back, seen at a glance. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from district.kernel.cases.clocks import Kind, Limit, due_at, late_at, warn_at


class Standing(StrEnum):
    """`missing`: past its time and not handed in. `returned` is so until it is past its new time."""

    ON_TIME = "on_time"
    LATE = "late"
    WAITING = "waiting"
    DUE_SOON = "due_soon"
    RETURNED = "returned"
    MISSING = "missing"


class Timed(Protocol):
    """What is asked of a piece."""

    @property
    def state(self) -> str: ...
    @property
    def warn_at(self) -> datetime: ...
    @property
    def late_at(self) -> datetime: ...
    @property
    def handed_in_at(self) -> datetime | None: ...


def standing(piece: Timed, at: datetime) -> Standing:
    """Exactly one of the six, whatever happened before."""
    if piece.state in ("handed_in", "accepted") and piece.handed_in_at is not None:
        return Standing.ON_TIME if piece.handed_in_at < piece.late_at else Standing.LATE
    if at >= piece.late_at:
        return Standing.MISSING
    if piece.state == "returned":
        return Standing.RETURNED
    return Standing.DUE_SOON if at >= piece.warn_at else Standing.WAITING


def due_after(start: datetime, working_days: int) -> datetime:
    """The close of business of the last of so many working days. Raises ValueError below 1."""
    due = due_at(start, Limit(Kind.WORKING_DAYS, working_days))
    if due is None:
        raise ValueError(f"no deadline {working_days} working days after {start}")
    return due


def lights(start: datetime, due: datetime) -> tuple[datetime, datetime]:
    """From when the light is yellow, and from when it is red."""
    return warn_at(start, due), late_at(due)


def tally(standings: Iterable[Standing]) -> dict[Standing, int]:
    """How many stand how; every standing is named."""
    counted = dict.fromkeys(Standing, 0)
    for each in standings:
        counted[each] += 1
    return counted
