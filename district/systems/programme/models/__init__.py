"""Tables of the programme. Money is whole fen; months are their first day."""

from .acceptance import Acceptance, AcceptanceItem, AcceptanceRun, Effect, EffectReport, ManualResult
from .answers import AnswerCheck
from .appraisal import Appraisal, AppraisalYear
from .contracts import Contract
from .courses import Course, Enrolment, Lesson, LessonRead
from .delivery import Participation, ProjectChange, SupervisionReport
from .exams import Certificate, Exam, Question, Sitting
from .gates import GatePassage, ProjectPaper
from .indicators import IndicatorEntry, Recomputation, Snapshot
from .ledger import LedgerAccount, Posting, PostingLine
from .meetings import AgendaItem, Attendance, Decision, Meeting
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
from .security import AssetFiling, ControlEvidence, ControlFinding, ControlRun, SecurityAsset, SecurityRisk
from .security_events import DrillFinding, SecurityDrill, SecurityIncident
from .security_people import ProcessingActivity, StaffNotice, SupplierAccess
from .supervision import SupervisionLetter
from .talents import Talent
from .task_reports import Briefing, MonthlyReport
from .task_work import Deliverable, MilestoneChange, TaskDay, TaskRisk
from .tasks import Milestone, MilestoneLink, PlanTask
from .today import TodayVisit

__all__ = [
    "Acceptance", "AcceptanceItem", "AcceptanceRun", "AgendaItem", "AnswerCheck", "Appraisal", "AppraisalYear",
    "Article", "ArticleDay", "AssetFiling", "Attendance", "Bid", "BidObjection", "Briefing",
    "BudgetChange", "BudgetLine", "Certificate", "Commitment", "Contract", "ControlEvidence",
    "ControlFinding", "ControlRun", "Course", "Decision", "Deliverable", "Draw", "DrawShare",
    "DrillFinding", "Effect", "EffectReport", "Enrolment", "Exam", "Expert", "Firm", "FundYear",
    "GatePassage", "Guarantee", "IndicatorEntry", "Invitation", "LedgerAccount", "Lesson", "LessonRead",
    "Life", "Loan", "LoanMovement", "Maintenance", "ManualResult", "Meeting", "Milestone",
    "MilestoneChange", "MilestoneLink", "MonthlyReport", "Opinion", "Participation", "Payment",
    "PaymentTerm", "PlanTask", "Posting", "PostingLine", "ProcessingActivity", "Procurement", "Project",
    "ProjectChange", "ProjectPaper", "PublicEvent", "PublicityPlan", "PublicityStep", "Question",
    "Receipt", "Recomputation", "Review", "SecurityAsset", "SecurityDrill", "SecurityIncident",
    "SecurityRisk", "ServiceMinute", "ServiceTerms", "Sitting", "Snapshot", "Source", "StaffNotice",
    "Statement", "StatementDispute", "Subsidy", "SupervisionLetter", "SupervisionReport",
    "SupplierAccess", "Talent", "TaskDay", "TaskRisk", "TodayVisit",
]  # fmt: skip
