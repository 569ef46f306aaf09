"""Tables of the programme. Money is whole fen; months are their first day."""

from .acceptance import Acceptance, AcceptanceItem, AcceptanceRun, Effect, EffectReport, ManualResult
from .contracts import Contract
from .courses import Course, Enrolment, Lesson, LessonRead
from .delivery import Participation, ProjectChange, SupervisionReport
from .exams import Certificate, Exam, Question, Sitting
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
from .operation import Maintenance, ServiceMinute, ServiceTerms, Statement, StatementDispute
from .procurement import Bid, BidObjection, Procurement
from .projects import Expert, Firm, Project
from .publicity import Article, ArticleDay, Life, PublicEvent, PublicityPlan, PublicityStep
from .reviews import Draw, DrawShare, Invitation, Opinion, Review
from .talents import Talent
from .tasks import Milestone, PlanTask

__all__ = [
    "Acceptance", "AcceptanceItem", "AcceptanceRun", "Article", "ArticleDay", "Bid", "BidObjection",
    "BudgetChange", "BudgetLine", "Certificate", "Commitment", "Contract", "Course", "Decision", "Draw",
    "DrawShare", "Effect", "EffectReport", "Enrolment", "Exam", "Expert", "Firm", "FundYear",
    "GatePassage", "Guarantee", "Invitation", "LedgerAccount", "Lesson", "LessonRead", "Life", "Loan",
    "LoanMovement", "Maintenance", "ManualResult", "Meeting", "Milestone", "Opinion", "Participation",
    "Payment", "PaymentTerm", "PlanTask", "Posting", "PostingLine", "Procurement", "Project",
    "ProjectChange", "ProjectPaper", "PublicEvent", "PublicityPlan", "PublicityStep", "Question",
    "Receipt", "Review", "ServiceMinute", "ServiceTerms", "Sitting", "Source", "Statement",
    "StatementDispute", "Subsidy", "SupervisionReport", "Talent",
]  # fmt: skip
