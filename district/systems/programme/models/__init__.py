"""Tables of the programme. Money is whole fen; months are their first day."""

from .acceptance import Acceptance, AcceptanceItem, AcceptanceRun, Effect, EffectReport, ManualResult
from .contracts import Contract
from .delivery import Participation, ProjectChange, SupervisionReport
from .gates import GatePassage, ProjectPaper
from .ledger import LedgerAccount, Posting, PostingLine
from .meetings import Decision, Meeting
from .money import (
    BudgetChange,
    BudgetLine,
    Commitment,
    FundYear,
    Guarantee,
    Loan,
    LoanMovement,
    Payment,
    PaymentTerm,
    Receipt,
    Source,
    Subsidy,
)
from .procurement import Bid, BidObjection, Procurement
from .projects import Expert, Firm, Project
from .reviews import Draw, DrawShare, Invitation, Opinion, Review
from .tasks import Milestone, PlanTask

__all__ = [
    "Acceptance", "AcceptanceItem", "AcceptanceRun", "Bid", "BidObjection", "BudgetChange", "BudgetLine",
    "Commitment", "Contract", "Decision", "Draw", "DrawShare", "Effect", "EffectReport", "Expert", "Firm",
    "FundYear", "GatePassage", "Guarantee", "Invitation", "LedgerAccount", "Loan", "LoanMovement",
    "ManualResult", "Meeting", "Milestone", "Opinion", "Participation", "Payment", "PaymentTerm",
    "PlanTask", "Posting", "PostingLine", "Procurement", "Project", "ProjectChange", "ProjectPaper",
    "Receipt", "Review", "Source", "Subsidy", "SupervisionReport",
]  # fmt: skip
