"""Tables of the programme. Money is whole fen; months are their first day."""

from .acceptance import Acceptance, AcceptanceItem, AcceptanceRun, Effect, EffectReport, ManualResult
from .contracts import Contract
from .delivery import Participation, ProjectChange, SupervisionReport
from .gates import GatePassage, ProjectPaper
from .meetings import Decision, Meeting
from .procurement import Bid, BidObjection, Procurement
from .projects import Expert, Firm, Project
from .reviews import Draw, DrawShare, Invitation, Opinion, Review
from .tasks import Milestone, PlanTask

__all__ = [
    "Acceptance", "AcceptanceItem", "AcceptanceRun", "Bid", "BidObjection", "Contract", "Decision", "Draw",
    "DrawShare", "Effect", "EffectReport", "Expert", "Firm", "GatePassage", "Invitation", "ManualResult",
    "Meeting", "Milestone", "Opinion", "Participation", "PlanTask", "Procurement", "Project", "ProjectChange",
    "ProjectPaper", "Review", "SupervisionReport",
]  # fmt: skip
