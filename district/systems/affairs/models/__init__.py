"""The tables, one file a noun; only re-exports here."""

from .concerns import Concern, ConcernMove, ConcernParty, Level
from .contradictions import Contradiction, ItemRule
from .matters import AnswerKind, Assignment, Piece, PieceAct, PieceState, PieceStep
from .village import (
    Announcement,
    Attendance,
    Body,
    Errand,
    ErrandState,
    Guide,
    Meeting,
    Member,
    Presence,
    Receipt,
    Shift,
    Swap,
    SwapState,
)
from .visits import Visit
from .votes import Ballot, Count, Proposal, ProposalStep, Roll, Slip, Stage, Voter

__all__ = [
    "Announcement",
    "AnswerKind",
    "Assignment",
    "Attendance",
    "Ballot",
    "Body",
    "Concern",
    "ConcernMove",
    "ConcernParty",
    "Contradiction",
    "Count",
    "Errand",
    "ErrandState",
    "Guide",
    "ItemRule",
    "Level",
    "Meeting",
    "Member",
    "Piece",
    "PieceAct",
    "PieceState",
    "PieceStep",
    "Presence",
    "Proposal",
    "ProposalStep",
    "Receipt",
    "Roll",
    "Shift",
    "Slip",
    "Stage",
    "Swap",
    "SwapState",
    "Visit",
    "Voter",
]
