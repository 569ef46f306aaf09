"""What a reader sees of tasks, and the board of who has sent what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from district.kernel.people.access import live_duties, scope_of
from district.kernel.places.models import Division

from ..models import Assignment, Piece
from .posts import DOERS, SYSTEM
from .standing import Standing, standing, tally

OPEN_STATES = ("open", "returned")


def assignments_visible_to(account: Any) -> QuerySet[Assignment]:
    """Those a unit of the reader's sent, and those with a piece in the reader's range."""
    scope = scope_of(account, SYSTEM)
    rows = Assignment.objects.select_related("organisation", "form", "register")
    if scope.is_whole:
        return rows
    mine = scope.filter(
        Piece.objects.all(), division_field="division_code", organisation_field="organisation_id"
    )
    return rows.filter(Q(organisation__in=scope.organisation_ids) | Q(pk__in=mine.values("assignment")))


def pieces_visible_to(account: Any) -> QuerySet[Piece]:
    """Pieces of tasks one's unit sent, and those in the reader's range."""
    rows = Piece.objects.select_related("assignment__organisation", "organisation", "parent")
    scope = scope_of(account, SYSTEM)
    if scope.is_whole:
        return rows
    wanted = scope.condition(division_field="division_code", organisation_field="organisation_id")
    return rows.filter(wanted | Q(assignment__organisation__in=scope.organisation_ids))


def my_pieces(account: Any) -> QuerySet[Piece]:
    """What the units have to do in which the reader has a post; those below do their own."""
    units = {duty.organisation_id for duty in live_duties(account) if duty.role in DOERS}
    rows = Piece.objects.select_related("assignment__organisation", "organisation", "parent")
    return rows.filter(organisation__in=units, assignment__ended_at=None)


def prefix_of(account: Any, assignment: Assignment) -> str:
    """The division whose sums the reader sees: everything for who sent the task, else what lies in his range."""
    scope = scope_of(account, SYSTEM)
    if scope.is_whole or assignment.organisation_id in scope.organisation_ids:
        return ""
    return scope.division_prefixes[0] if scope.division_prefixes else "-"


@dataclass(frozen=True)
class Cell:
    """How one division stands with one task: the worst of its pieces, and how many of how many are in."""

    standing: Standing | None
    done: int
    total: int
    piece_id: int | None = None


@dataclass(frozen=True)
class Board:
    """Tasks across, divisions down."""

    assignments: Sequence[Assignment]
    rows: Sequence[tuple[str, str, Sequence[Cell]]]


WORST_FIRST = (
    Standing.MISSING,
    Standing.RETURNED,
    Standing.DUE_SOON,
    Standing.WAITING,
    Standing.LATE,
    Standing.ON_TIME,
)


def board(account: Any, at: datetime, within: str = "", most: int = 8) -> Board:
    """The newest open tasks; the divisions one level below `within` (towns for a district, villages for a town)."""
    tasks = list(assignments_visible_to(account).filter(ended_at=None)[:most])
    digits = 12 if len(within) >= 9 else 9
    pieces = pieces_visible_to(account).filter(assignment__in=tasks, division_code__startswith=within)
    leaves = pieces.annotate(below=Count("children")).filter(below=0)
    found: dict[tuple[str, int], list[Piece]] = {}
    for piece in leaves.order_by("division_code", "pk"):
        found.setdefault((piece.division_code[:digits], piece.assignment_id), []).append(piece)
    codes = sorted({code for code, _task in found})
    names = names_of(codes)
    rows = [
        (code, names.get(code, code), [_cell(found.get((code, task.pk), []), at) for task in tasks])
        for code in codes
    ]
    return Board(tasks, rows)


def names_of(codes: Sequence[str]) -> dict[str, str]:
    return dict(Division.objects.filter(code__in=codes).values_list("code", "name"))


def _cell(pieces: list[Piece], at: datetime) -> Cell:
    if not pieces:
        return Cell(None, 0, 0)
    counted = tally(standing(piece, at) for piece in pieces)
    worst = next(each for each in WORST_FIRST if counted[each])
    only = pieces[0].pk if len(pieces) == 1 else None
    return Cell(worst, counted[Standing.ON_TIME] + counted[Standing.LATE], len(pieces), only)
